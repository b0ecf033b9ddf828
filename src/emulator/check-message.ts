/** The checks of SendChatappMessage, in the order in which the service's own codes build on each other. */
import { type ChannelType, channelTypes, checkAddresses, isChannelType } from './channels.ts';
import { checkContent } from './check-content.ts';
import { checkFields } from './check-fields.ts';
import { checkTemplate } from './check-template.ts';
import type { MessageDraft } from './message-draft.ts';
import type { Parameters } from './parameters.ts';
import { type Refusal, refuse } from './refusals.ts';
import type { SessionWindows } from './session-windows.ts';
import type { TemplateStore } from './template-store.ts';

export type MessageCheck =
  | { readonly kind: 'fine'; readonly message: MessageDraft }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** What a message is held against. */
export interface Account {
  readonly templates: TemplateStore;
  readonly windows: SessionWindows;
}

export function checkMessage(parameters: Parameters, account: Account): MessageCheck {
  const channel = parameters.text('ChannelType');
  if (channel === '') return refused(refuse('MissingChannelType'));
  if (!isChannelType(channel)) {
    return refused(refuse('InvalidParameter.ChannelTypeNotSupport', `There are: ${channelTypes.join(', ')}.`));
  }
  const type = parameters.text('Type');
  if (type === '') return refused(refuse('MissingType'));
  if (type !== 'template' && type !== 'message') {
    return refused(refuse('InvalidParameter', 'Type is template or message.'));
  }
  const refusal = checkAddresses(parameters, channel) ?? checkFields(parameters);
  if (refusal !== null) return refused(refusal);
  return type === 'template'
    ? checkTemplateMessage(parameters, channel, account)
    : checkFreeForm(parameters, channel, account);
}

function checkTemplateMessage(parameters: Parameters, channel: ChannelType, { templates }: Account): MessageCheck {
  const check = checkTemplate(parameters, channel, templates);
  if (check.kind === 'refused') return check;
  const common = readCommon(parameters, channel);
  return { kind: 'fine', message: { ...common, type: 'template', ...check.content, messageType: null, content: null } };
}

function checkFreeForm(parameters: Parameters, channel: ChannelType, { windows }: Account): MessageCheck {
  const refusal = checkContent(parameters, channel);
  if (refusal !== null) return refused(refusal);
  if (channel === 'whatsapp' && !windows.isOpen(parameters.text('To'))) return refused(refuse('SessionWindowExpired'));
  const none = { templateCode: null, language: null, params: {} };
  const content = { messageType: parameters.text('MessageType'), content: parameters.text('Content') };
  return { kind: 'fine', message: { ...readCommon(parameters, channel), type: 'message', ...none, ...content } };
}

/** What has a place of its own in the log; the rest is kept as it came. */
const ownPlace: ReadonlySet<string> = new Set([
  'ChannelType',
  'Type',
  'From',
  'To',
  'TaskId',
  'TemplateCode',
  'TemplateName',
  'Language',
  'TemplateParams',
  'MessageType',
  'Content',
]);

function readCommon(parameters: Parameters, channel: ChannelType) {
  return {
    channel,
    from: parameters.text('From'),
    to: parameters.text('To'),
    taskId: parameters.text('TaskId') || null,
    fields: Object.fromEntries(parameters.entries().filter(([name]) => !ownPlace.has(name))),
  };
}

function refused(refusal: Refusal): MessageCheck {
  return { kind: 'refused', refusal };
}
