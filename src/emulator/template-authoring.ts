/** CreateChatappTemplate, ModifyChatappTemplate and DeleteChatappTemplate. Source: their API pages. */
import { z } from 'zod';
import { type Answer, okAnswer, refusalAnswer } from './answer.ts';
import { languages } from './languages.ts';
import type { Parameters } from './parameters.ts';
import { type Refusal, type RefusalCode, refuse } from './refusals.ts';
import { judgeComponents, readComponents } from './template-authoring-rules.ts';
import type { ReviewBoard } from './template-review.ts';
import type { TemplateStore } from './template-store.ts';
import type { WireTemplate } from './wire-template.ts';

export interface TemplateDesk {
  readonly templates: TemplateStore;
  readonly reviews: ReviewBoard;
}

/** What a caller may write: everything but the code, the name and what the review decides. */
type Authored = Pick<WireTemplate, 'Language' | 'Category' | 'Components' | 'Example' | 'MessageSendTtlSeconds'>;

type Reading<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export function createTemplate(parameters: Parameters, { templates, reviews }: TemplateDesk): Answer {
  const Name = parameters.text('Name');
  if (!/^[a-z0-9_]{1,512}$/.test(Name)) {
    return refusal('InvalidParameter.CreateError', 'Name has small letters, digits and underscores.');
  }
  const authored = readAuthored(parameters, parameters.text('Category'));
  if (authored.kind === 'refused') return refusalAnswer(authored.refusal);
  const { Language } = authored.value;
  if (templates.find({ code: '', name: Name }, Language) !== undefined) {
    return refusal('InvalidParameter.TemplateNameExist');
  }
  const TemplateCode = templates.codeOf(Name) ?? newCode(templates);
  return submit({ ...authored.value, TemplateCode, Name }, { templates, reviews });
}

export function modifyTemplate(parameters: Parameters, desk: TemplateDesk): Answer {
  const named = { code: parameters.text('TemplateCode'), name: parameters.text('TemplateName') };
  if (named.code === '' && named.name === '') return refusal('InvalidParameter.TemplateCodeNotEmpty');
  const stored = desk.templates.find(named, parameters.text('Language'));
  if (stored === undefined) return refusal('DetailError.TemplateNotExist');
  const { TemplateCode, Name, AuditStatus, Category } = stored.wire;
  if (AuditStatus !== 'unaudit' && AuditStatus !== 'fail') {
    return refusal(
      'InvalidParameter.CreateError',
      'Only templates that are not reviewed or were refused can be modified.',
    );
  }
  const authored = readAuthored(parameters, parameters.text('Category') || Category);
  if (authored.kind === 'refused') return refusalAnswer(authored.refusal);
  return submit({ ...authored.value, TemplateCode, Name }, desk);
}

export function deleteTemplate(parameters: Parameters, { templates }: TemplateDesk): Answer {
  const named = { code: parameters.text('TemplateCode'), name: parameters.text('TemplateName') };
  const language = parameters.text('Language');
  if (named.code === '' && named.name === '') return refusal('InvalidParameter.TemplateCodeNotEmpty');
  if (language !== '' && parameters.text('TemplateType') !== 'WHATSAPP') {
    return refusal('InvalidParameter.TemplateTypeNotSupport', 'TemplateType is needed to delete one language.');
  }
  return templates.remove(named, language === '' ? null : language) === 0
    ? refusal('DelError.TemplateNotExist')
    : okAnswer({});
}

function submit(authored: Authored & Pick<WireTemplate, 'TemplateCode' | 'Name'>, desk: TemplateDesk): Answer {
  const { TemplateCode, Name: TemplateName } = authored;
  desk.templates.put({
    ...authored,
    TemplateType: 'WHATSAPP',
    AuditStatus: 'auditing',
    Reason: '',
    QualityScore: 'UNKNOWN',
  });
  desk.reviews.begin(authored);
  return okAnswer({ Data: { TemplateCode, TemplateName } });
}

const categorySchema = z.enum(['UTILITY', 'MARKETING', 'AUTHENTICATION']);
const exampleSchema = z.record(z.string(), z.string());

function readAuthored(parameters: Parameters, category: string): Reading<Authored> {
  const Language = parameters.text('Language');
  if (Language === '') return refused('InvalidParameter.LanguageNotEmpty');
  if (!languages.has(Language)) return refused('InvalidParameter.LanguageNotSupport');
  if (parameters.text('TemplateType') !== 'WHATSAPP') {
    return refused('InvalidParameter.TemplateTypeNotSupport', 'The emulator speaks whatsapp only.');
  }
  const Category = categorySchema.safeParse(category);
  if (!Category.success) return refused('InvalidParameter.CreateError', 'Category is not one that WhatsApp has.');
  const Components = readComponents(parameters.json('Components'));
  if (Components.kind === 'refused') return Components;
  const asked = parameters.json('Example');
  const Example = exampleSchema.safeParse(asked === undefined ? {} : asked);
  if (!Example.success) return refused('InvalidParameter.CreateError', 'Example is not a map of texts.');
  const ttl = parameters.text('MessageSendTtlSeconds');
  if (!/^(?:[1-9]\d{0,8})?$/.test(ttl)) {
    return refused('InvalidParameter.CreateError', 'MessageSendTtlSeconds is no whole number.');
  }
  const judged = judgeComponents(Components.value, Category.data, Example.data);
  if (judged.kind === 'refused') return judged;
  return {
    kind: 'read',
    value: {
      Language,
      Category: Category.data,
      Components: judged.value,
      Example: Example.data,
      ...(ttl === '' ? {} : { MessageSendTtlSeconds: Number(ttl) }),
    },
  };
}

/** Codes of the service are long numbers that say nothing. */
function newCode(templates: TemplateStore): string {
  let code = 7_000_000_000_000 + templates.all().length;
  while (templates.has({ code: String(code), name: '' })) code += 1;
  return String(code);
}

function refused(code: RefusalCode, detail?: string): { kind: 'refused'; refusal: Refusal } {
  return { kind: 'refused', refusal: refuse(code, detail) };
}

function refusal(code: RefusalCode, detail?: string): Answer {
  return refusalAnswer(refuse(code, detail));
}
