/** The checks of a template message: is the template there and may it be sent, and do the values fit it. */
import type { ChannelType } from './channels.ts';
import { checkTemplateValues } from './check-template-values.ts';
import { languages } from './languages.ts';
import type { Parameters } from './parameters.ts';
import { type Refusal, type RefusalCode, refuse } from './refusals.ts';
import type { StoredTemplate, TemplateName, TemplateStore } from './template-store.ts';

export interface TemplateContent {
  readonly templateCode: string;
  readonly language: string;
  readonly params: Readonly<Record<string, string>>;
}

export type TemplateCheck =
  | { readonly kind: 'fine'; readonly content: TemplateContent }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export function checkTemplate(parameters: Parameters, channel: ChannelType, templates: TemplateStore): TemplateCheck {
  const named = { code: parameters.text('TemplateCode'), name: parameters.text('TemplateName') };
  const language = parameters.text('Language');
  if (named.code === '' && named.name === '') return refused('InvalidParameter.TemplateCodeNotEmpty');
  if (language === '') return refused('InvalidParameter.LanguageNotEmpty');
  if (!languages.has(language)) return refused('InvalidParameter.LanguageNotSupport');
  switch (channel) {
    case 'whatsapp':
      return checkStored(parameters, named, language, templates);
    case 'viber':
      return checkParams(parameters, null, { templateCode: named.code || named.name, language });
    case 'messenger':
    case 'instagram':
      // ListChatappTemplate has the types WHATSAPP and VIBER and no others.
      return refused('TemplateNotFound', 'Templates are for whatsapp and viber.');
  }
}

function checkStored(
  parameters: Parameters,
  named: TemplateName,
  language: string,
  templates: TemplateStore,
): TemplateCheck {
  if (!templates.has(named)) return refused('TemplateNotFound');
  const template = templates.find(named, language);
  if (template === undefined) return refused('132001');
  const refusal = checkState(template);
  if (refusal !== null) return { kind: 'refused', refusal };
  return checkParams(parameters, template, { templateCode: template.wire.TemplateCode, language });
}

/** The emulator has no templates of Viber, so any code goes there, with any values: null is such a template. */
function checkParams(
  parameters: Parameters,
  template: StoredTemplate | null,
  content: Omit<TemplateContent, 'params'>,
): TemplateCheck {
  const params = readTemplateParams(parameters);
  if (params === null) return refused('TemplateParamInvalid');
  const refusal = template === null ? null : checkTemplateValues(template, params);
  return refusal === null ? { kind: 'fine', content: { ...content, params } } : { kind: 'refused', refusal };
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

function refused(code: RefusalCode, detail?: string): TemplateCheck {
  return { kind: 'refused', refusal: refuse(code, detail) };
}
