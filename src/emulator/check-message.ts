/** The checks of SendChatappMessage, in the order in which the service's own codes build on each other. */
import { checkFreeForm } from './check-free-form.ts';
import { checkTemplateValues } from './check-template-values.ts';
import { languages } from './languages.ts';
import type { MessageDraft } from './message-draft.ts';
import type { Parameters } from './parameters.ts';
import { type Refusal, type RefusalCode, refuse } from './refusals.ts';
import type { StoredTemplate, TemplateStore } from './template-store.ts';

export type MessageCheck =
  | { readonly kind: 'fine'; readonly message: MessageDraft }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export function checkMessage(parameters: Parameters, templates: TemplateStore): MessageCheck {
  const refusal = checkAddressing(parameters);
  if (refusal !== null) return { kind: 'refused', refusal };
  return parameters.text('Type') === 'template'
    ? checkTemplate(parameters, templates)
    : checkMessageContent(parameters);
}

function checkAddressing(parameters: Parameters): Refusal | null {
  const channelType = parameters.text('ChannelType');
  if (channelType === '') return refuse('MissingChannelType');
  if (channelType !== 'whatsapp') {
    return refuse('InvalidParameter.ChannelTypeNotSupport', 'The emulator speaks whatsapp only.');
  }
  const type = parameters.text('Type');
  if (type === '') return refuse('MissingType');
  if (type !== 'template' && type !== 'message') return refuse('InvalidParameter', 'Type is template or message.');
  const from = parameters.text('From');
  if (from === '') return refuse('MissingFrom');
  if (!/^\d+$/.test(from)) return refuse('InvalidParameter.FromOnlyNumeric');
  const to = parameters.text('To');
  if (to === '') return refuse('MissingTo');
  return isPhoneNumber(to) ? null : refuse('InvalidParameter.PhoneNumberError');
}

/** Digits only, with a country code. Source: ITU-T E.164, at most 15 digits and none of them a leading zero. */
function isPhoneNumber(to: string): boolean {
  return /^[1-9]\d{6,14}$/.test(to);
}

function checkTemplate(parameters: Parameters, templates: TemplateStore): MessageCheck {
  const named = { code: parameters.text('TemplateCode'), name: parameters.text('TemplateName') };
  const language = parameters.text('Language');
  if (named.code === '' && named.name === '') return refused('InvalidParameter.TemplateCodeNotEmpty');
  if (language === '') return refused('InvalidParameter.LanguageNotEmpty');
  if (!languages.has(language)) return refused('InvalidParameter.LanguageNotSupport');
  if (!templates.has(named)) return refused('TemplateNotFound');
  const template = templates.find(named, language);
  if (template === undefined) return refused('132001');
  const refusal = checkState(template);
  if (refusal !== null) return { kind: 'refused', refusal };
  const params = readTemplateParams(parameters);
  if (params === null) return refused('TemplateParamInvalid');
  const valueRefusal = checkTemplateValues(template, params);
  if (valueRefusal !== null) return { kind: 'refused', refusal: valueRefusal };
  const content = { templateCode: template.wire.TemplateCode, language, params, content: null };
  return { kind: 'fine', message: { type: 'template', ...readAddressing(parameters), ...content } };
}

function checkState({ wire }: StoredTemplate): Refusal | null {
  switch (wire.AuditStatus) {
    case 'pass':
      return null;
    case 'paused':
      return refuse('132015');
    case 'disabled':
      return refuse('132016');
    case 'fail':
    case 'auditing':
    case 'unaudit':
      return refuse('132001');
  }
}

/** A map of texts; null when it is anything else. */
function readTemplateParams(parameters: Parameters): Record<string, string> | null {
  const value = parameters.json('TemplateParams');
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const params: Record<string, string> = Object.create(null);
  for (const [name, text] of Object.entries(value)) {
    if (typeof text !== 'string') return null;
    params[name] = text;
  }
  return params;
}

/** The window of 24 hours after a user's last message is not emulated: a free-form message counts as inside it. */
function checkMessageContent(parameters: Parameters): MessageCheck {
  const refusal = checkFreeForm(parameters);
  if (refusal !== null) return { kind: 'refused', refusal };
  const content = { templateCode: null, language: null, params: {}, content: parameters.text('Content') };
  return { kind: 'fine', message: { type: 'message', ...readAddressing(parameters), ...content } };
}

function readAddressing(parameters: Parameters): Pick<MessageDraft, 'from' | 'to' | 'taskId'> {
  return { from: parameters.text('From'), to: parameters.text('To'), taskId: parameters.text('TaskId') || null };
}

function refused(code: RefusalCode): MessageCheck {
  return { kind: 'refused', refusal: refuse(code) };
}
