/** The checks of a free-form message: is there such a type on the channel, and does its content have what it needs. */
import type { ChannelType } from './channels.ts';
import { type ContentForm, type MessageRule, messageRule, messageTypesOf } from './message-types.ts';
import type { Parameters } from './parameters.ts';
import { type Refusal, refuse } from './refusals.ts';

/** Null when the service would take it. */
export function checkContent(parameters: Parameters, channel: ChannelType): Refusal | null {
  const messageType = parameters.text('MessageType');
  if (messageType === '') return refuse('InvalidParameter.MessageTypeNotEmpty');
  const rule = messageRule(channel, messageType);
  if (rule === null) {
    return refuse(
      'InvalidParameter.MessageTypeNotSupport',
      `On ${channel} there are: ${messageTypesOf(channel).join(', ')}.`,
    );
  }
  if (rule.groupsOnly && parameters.text('RecipientType') !== 'group') {
    return refuse('InvalidParameter.MessageTypeNotSupport', `${messageType} is for groups.`);
  }
  if (parameters.text('Content') === '') return refuse('InvalidParameter.ContentNotEmpty');
  const content = readObjects(parameters.json('Content'), rule);
  if (content === null) return refuse('InvalidParameter.ContentError', `Content is no ${wanted(rule)}.`);
  for (const object of content) {
    const refusal = checkKeys(object, rule);
    if (refusal !== null) return refusal;
  }
  return null;
}

type Content = Readonly<Record<string, unknown>>;

function wanted({ form }: MessageRule): string {
  return form === 'list' ? 'JSON object or list of objects' : 'JSON object';
}

/** The objects that the rule is about; null where the content is of another form. */
function readObjects(content: unknown, { form }: MessageRule): readonly Content[] | null {
  if (form === 'list' && Array.isArray(content)) return content.length > 0 && content.every(isObject) ? content : null;
  return isObject(content) ? [content] : null;
}

function isObject(value: unknown): value is Content {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkKeys(content: Content, { required, refused }: MessageRule): Refusal | null {
  for (const [key, form] of Object.entries(required)) {
    const value = Object.hasOwn(content, key) ? content[key] : undefined;
    if (isAbsent(value, form)) return missing(key);
    if (!hasForm(value, form)) {
      return refuse('InvalidParameter.ContentError', `${key} is not ${formWords[form]}.`);
    }
  }
  const surplus = refused.find((key) => Object.hasOwn(content, key));
  if (surplus === undefined) return null;
  return refuse('InvalidParameter.ContentError', `${surplus} is not valid for this message type.`);
}

function isAbsent(value: unknown, form: ContentForm): boolean {
  return value === undefined || value === null || (value === '' && form !== 'emoji');
}

/** Two of the keys have codes of their own. */
function missing(key: string): Refusal {
  if (key === 'text') return refuse('InvalidParameter.TextNotEmpty');
  if (key === 'link') return refuse('InvalidParameter.LinkNotEmpty');
  return refuse('InvalidParameter.ContentError', `${key} must not be empty.`);
}

const formWords: Readonly<Record<ContentForm, string>> = {
  text: 'a text',
  emoji: 'a text',
  link: 'an http or https address',
  number: 'a number above 0',
  longitude: 'a number from -180 to 180',
  latitude: 'a number from -90 to 90',
  object: 'an object',
  name: 'a name',
};

function hasForm(value: unknown, form: ContentForm): boolean {
  switch (form) {
    case 'text':
    case 'emoji':
      return typeof value === 'string';
    case 'link':
      return typeof value === 'string' && /^https?:\/\/\S+$/.test(value);
    case 'number':
      return readNumber(value) > 0;
    case 'longitude':
      return Math.abs(readNumber(value)) <= 180;
    case 'latitude':
      return Math.abs(readNumber(value)) <= 90;
    case 'object':
      return isObject(value);
    case 'name':
      return typeof value === 'string' || isObject(value);
  }
}

/** A number, or a text that is one; NaN, which is neither above nor below anything, for the rest. */
function readNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}
