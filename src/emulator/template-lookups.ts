/** GetChatappTemplateDetail and ListChatappTemplate. Source: their API pages. */
import { z } from 'zod';
import { type Answer, okAnswer, refusalAnswer } from './answer.ts';
import { languages } from './languages.ts';
import type { Parameters } from './parameters.ts';
import { refuse } from './refusals.ts';
import type { TemplateStore } from './template-store.ts';
import type { WireTemplate } from './wire-template.ts';

export function getTemplateDetail(parameters: Parameters, templates: TemplateStore): Answer {
  const named = { code: parameters.text('TemplateCode'), name: parameters.text('TemplateName') };
  const language = parameters.text('Language');
  if (named.code === '' && named.name === '') return refusalAnswer(refuse('InvalidParameter.TemplateCodeNotEmpty'));
  if (language === '') return refusalAnswer(refuse('InvalidParameter.LanguageNotEmpty'));
  if (!languages.has(language)) return refusalAnswer(refuse('InvalidParameter.LanguageNotSupport'));
  const template = templates.find(named, language);
  if (template === undefined) return refusalAnswer(refuse('DetailError.TemplateNotExist'));
  return okAnswer({ Data: template.wire });
}

/** What may be asked for; the page names no other words. */
const auditStatuses = ['', 'pass', 'fail', 'auditing', 'unaudit'];
const templateTypes = ['', 'WHATSAPP', 'VIBER'];

const pageSchema = z.object({ Index: z.int().min(1).default(1), Size: z.int().min(1).default(10) });

export function listTemplates(parameters: Parameters, templates: TemplateStore): Answer {
  const auditStatus = parameters.text('AuditStatus');
  const templateType = parameters.text('TemplateType');
  if (!auditStatuses.includes(auditStatus)) return refusalAnswer(refuse('InvalidParameter.AuditStatusNotSupport'));
  if (!templateTypes.includes(templateType)) return refusalAnswer(refuse('InvalidParameter.TemplateTypeNotSupport'));
  const asked = parameters.json('Page');
  const page = pageSchema.safeParse(asked === undefined ? {} : asked);
  if (!page.success) return refusalAnswer(refuse('InvalidParameter.PageInvalid'));

  const filters: readonly (readonly [keyof WireTemplate, string])[] = [
    ['AuditStatus', auditStatus],
    ['TemplateType', templateType],
    ['Language', parameters.text('Language')],
    ['Category', parameters.text('Category')],
    ['TemplateCode', parameters.text('Code')],
  ];
  const name = parameters.text('Name');
  const found = templates
    .all()
    .filter((template) => filters.every(([field, wanted]) => wanted === '' || template[field] === wanted))
    .filter((template) => template.Name.includes(name));
  const { Index, Size } = page.data;
  return okAnswer({ Total: found.length, ListTemplate: found.slice((Index - 1) * Size, Index * Size).map(listEntry) });
}

function listEntry(template: WireTemplate) {
  const { TemplateCode, Name, Language, AuditStatus, Category, Reason, TemplateType } = template;
  return { TemplateCode, TemplateName: Name, Language, AuditStatus, Category, Reason, TemplateType };
}
