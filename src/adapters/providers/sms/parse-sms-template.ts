/** Turns what GetSmsTemplate says into the template model. Lenient: a field it does not know does no harm. */
import { z } from 'zod';
import { canonicalJson } from '../../../domain/canonical-json.ts';
import { ownValue } from '../../../domain/own-value.ts';
import type { SmsTemplateKind } from '../../../domain/sms/sms-template.ts';
import { parseSmsText } from '../../../domain/sms/sms-text.ts';
import type { Template } from '../../../domain/template.ts';
import { reviewStatus } from './review-status.ts';
import { optionalText } from './wire-fields.ts';

export const smsTemplateSchema = z.looseObject({
  TemplateCode: z.string(),
  TemplateName: optionalText,
  TemplateContent: z.string(),
  TemplateStatus: optionalText,
  TemplateType: optionalText,
  VariableAttribute: z.unknown().optional(),
  RelatedSignName: optionalText,
  SignList: z
    .looseObject({ SignList: z.array(z.string()).nullish() })
    .nullish()
    .catch(null),
  AuditInfo: z.looseObject({ RejectInfo: optionalText }).nullish(),
});

export type SmsTemplateDetail = z.infer<typeof smsTemplateSchema>;

/** The numbering of GetSmsTemplate; the list has it as OuterTemplateType, and another beside it. Source: their pages. */
const kinds: Readonly<Record<string, SmsTemplateKind>> = {
  '0': 'verification',
  '1': 'notice',
  '2': 'promotion',
  '3': 'international',
};

/** Null where the number is none that is known. */
export function smsTemplateKind(written: string | null): SmsTemplateKind | null {
  return ownValue(kinds, written ?? '') ?? null;
}

export function parseSmsTemplate(detail: SmsTemplateDetail): Template {
  const type = detail.TemplateType ?? '';
  const kind = smsTemplateKind(type);
  const status = reviewStatus(detail.TemplateStatus);
  return {
    code: detail.TemplateCode,
    name: detail.TemplateName ?? detail.TemplateCode,
    // A template of the service is what it is written in; it has no variants.
    language: '',
    status,
    statusWord: status === 'unknown' ? (detail.TemplateStatus ?? '') : status,
    reason: detail.AuditInfo?.RejectInfo ?? null,
    category: null,
    quality: null,
    header: null,
    body: parseSmsText(detail.TemplateContent),
    footer: null,
    offer: null,
    buttons: [],
    cards: [],
    examples: {},
    unsupported: kind === null ? [`TemplateType ${type || 'unknown'}`] : [],
    sms: { kind: kind ?? 'notice', attributes: attributesOf(detail.VariableAttribute), signs: signsOf(detail) },
  };
}

/** What decides which words go out, and whether they may: the part of a detail that a plan freezes. */
export function frozenSmsDetail({
  TemplateCode,
  TemplateContent,
  TemplateStatus,
  TemplateType,
  VariableAttribute,
  RelatedSignName,
  SignList,
}: SmsTemplateDetail): string {
  return canonicalJson({
    TemplateCode,
    TemplateContent,
    TemplateStatus,
    TemplateType,
    VariableAttribute: attributesOf(VariableAttribute),
    RelatedSignName,
    // The order says nothing, and no page promises that it stays.
    SignList: { SignList: (SignList?.SignList ?? []).toSorted() },
  });
}

/** The service writes an object as JSON text; what cannot be read says nothing of any variable. */
function attributesOf(written: unknown): Readonly<Record<string, string>> {
  const value = typeof written === 'string' ? parsedJson(written) : written;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, attribute]) => (typeof attribute === 'string' ? [[name, attribute]] : [])),
  );
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function signsOf({ RelatedSignName, SignList }: SmsTemplateDetail): readonly string[] {
  const listed = SignList?.SignList ?? [];
  return [...new Set(RelatedSignName === null ? listed : [RelatedSignName, ...listed])];
}
