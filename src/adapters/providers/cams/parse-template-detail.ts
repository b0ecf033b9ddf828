/**
 * Turns what GetChatappTemplateDetail says of one language variant into the template model. Lenient: a field it does not
 * know does no harm, and a part that the model has no place for is named in `unsupported`, never dropped in silence.
 */
import { z } from 'zod';
import { ownValue } from '../../../domain/own-value.ts';
import type {
  MediaFormat,
  Template,
  TemplateButton,
  TemplateCard,
  TemplateHeader,
  TemplateOffer,
  TemplateStatus,
  TemplateText,
} from '../../../domain/template.ts';
import { parseTemplateText } from '../../../domain/template-text.ts';

/** The service leaves out what does not apply, or sends null or an empty text. */
const optionalText = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .transform((value) => value || null);

const buttonSchema = z.looseObject({
  Type: z.string(),
  Text: optionalText,
  Url: optionalText,
  PhoneNumber: optionalText,
  CouponCode: optionalText,
});

const partSchema = z.looseObject({
  Type: z.string(),
  Format: optionalText,
  Text: optionalText,
  Url: optionalText,
  FileName: optionalText,
  OfferExpirationTimeMs: optionalText,
  Buttons: z.array(buttonSchema).nullish(),
});

const componentSchema = partSchema.extend({
  Cards: z.array(z.looseObject({ CardComponents: z.array(partSchema).nullish() })).nullish(),
});

export const templateDetailSchema = z.looseObject({
  TemplateCode: z.string(),
  Name: optionalText,
  Language: z.string(),
  AuditStatus: optionalText,
  AllowSend: z.boolean().nullish(),
  Reason: optionalText,
  Category: optionalText,
  QualityScore: optionalText,
  Example: z.record(z.string(), z.unknown()).nullish(),
  Components: z.array(componentSchema).nullish(),
});

export type TemplateDetail = z.infer<typeof templateDetailSchema>;
type Part = z.infer<typeof partSchema>;
type Component = z.infer<typeof componentSchema>;
type Button = z.infer<typeof buttonSchema>;

export function parseTemplateDetail(detail: TemplateDetail): Template {
  const components = detail.Components ?? [];
  const only = (type: string) => components.find((component) => component.Type === type);
  const parts = {
    header: headerOf(only('HEADER')),
    body: textOf(only('BODY')),
    footer: only('FOOTER')?.Text ?? null,
    offer: offerOf(only('LIMITED_TIME_OFFER')),
    buttons: components.filter(({ Type }) => Type === 'BUTTONS').flatMap(buttonsOf),
    cards: components.filter(({ Type }) => Type === 'CAROUSEL').flatMap(cardsOf),
  };
  return {
    code: detail.TemplateCode,
    name: detail.Name ?? detail.TemplateCode,
    language: detail.Language,
    ...statusOf(detail),
    reason: detail.Reason,
    category: detail.Category,
    quality: detail.QualityScore,
    ...parts,
    examples: examplesOf(detail),
    unsupported: [
      ...unplacedTypes(components),
      ...unplacedVariables(components, parts),
      ...(isNamelessCode(detail, parts) ? ['AUTHENTICATION without a named variable'] : []),
    ],
    sms: null,
  };
}

/** An example is a text, or a number that JSON did not quote; anything else shows nobody what the variable is like. */
function examplesOf({ Example }: TemplateDetail): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(Example ?? {}).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, `${value}`]] : [],
    ),
  );
}

const statuses: Readonly<Record<string, TemplateStatus>> = {
  pass: 'approved',
  fail: 'rejected',
  auditing: 'pending',
  unaudit: 'pending',
  // Not on the page of the operation; WhatsApp's own states, in the spellings that receipts and tenses allow.
  pause: 'paused',
  paused: 'paused',
  disable: 'disabled',
  disabled: 'disabled',
};

/** `AllowSend` false means that somebody switched the template off, whatever its review says. */
function statusOf({ AuditStatus, AllowSend }: TemplateDetail): Pick<Template, 'status' | 'statusWord'> {
  const statusWord = AuditStatus ?? '';
  const status = ownValue(statuses, statusWord.toLowerCase()) ?? 'unknown';
  if (AllowSend === false && status === 'approved') return { status: 'disabled', statusWord: 'AllowSend=false' };
  return { status, statusWord };
}

function headerOf(part: Part | undefined): TemplateHeader | null {
  if (part === undefined) return null;
  const format = ownValue(mediaFormats, part.Format ?? '');
  if (format !== undefined && part.Url !== null) {
    return { kind: 'media', format, url: parseTemplateText(part.Url), fileName: part.FileName };
  }
  const isText = part.Format === null || part.Format === 'TEXT';
  return isText && part.Text !== null ? { kind: 'text', text: parseTemplateText(part.Text) } : null;
}

const mediaFormats: Readonly<Record<string, MediaFormat>> = { IMAGE: 'image', VIDEO: 'video', DOCUMENT: 'document' };

function textOf(part: Part | undefined): TemplateText | null {
  return part === undefined || part.Text === null ? null : parseTemplateText(part.Text);
}

function offerOf(part: Part | undefined): TemplateOffer | null {
  if (part === undefined) return null;
  const expiry = part.OfferExpirationTimeMs;
  return {
    text: parseTemplateText(part.Text ?? ''),
    expirationTimeMs: expiry === null ? null : parseTemplateText(expiry),
  };
}

function buttonsOf(part: Part | undefined): TemplateButton[] {
  return (part?.Buttons ?? []).map(buttonOf);
}

function buttonOf({ Type, Text, Url, PhoneNumber, CouponCode }: Button): TemplateButton {
  const label = Text ?? '';
  if (Type === 'QUICK_REPLY') return { kind: 'quickReply', label };
  if (Type === 'PHONE_NUMBER') return { kind: 'call', label, phoneNumber: PhoneNumber ?? '' };
  if (Type === 'URL' && Url !== null) return { kind: 'url', label, url: parseTemplateText(Url) };
  // The COPY_CODE button of an authentication template has no coupon: it copies the code in the body.
  if (Type === 'COPY_CODE' && CouponCode !== null) {
    return { kind: 'copyCode', label, coupon: parseTemplateText(CouponCode) };
  }
  return { kind: 'other', type: Type, label };
}

function cardsOf({ Cards }: Component): TemplateCard[] {
  return (Cards ?? []).map(({ CardComponents }) => {
    const only = (type: string) => CardComponents?.find((part) => part.Type === type);
    return { header: headerOf(only('HEADER')), body: textOf(only('BODY')), buttons: buttonsOf(only('BUTTONS')) };
  });
}

const messageTypes: readonly string[] = ['HEADER', 'BODY', 'FOOTER', 'BUTTONS', 'CAROUSEL', 'LIMITED_TIME_OFFER'];
const cardTypes: readonly string[] = ['HEADER', 'BODY', 'BUTTONS'];

/** Parts by their type, and headers by their format, such as `HEADER LOCATION`. */
function unplacedTypes(components: readonly Component[]): string[] {
  const cardParts = components.flatMap(({ Cards }) => Cards ?? []).flatMap((card) => card.CardComponents ?? []);
  return [
    ...components.flatMap((part) => unplacedType(part, messageTypes, '')),
    ...new Set(cardParts.flatMap((part) => unplacedType(part, cardTypes, 'CAROUSEL '))),
  ];
}

function unplacedType(part: Part, known: readonly string[], within: string): string[] {
  if (!known.includes(part.Type)) return [`${within}${part.Type}`];
  if (part.Type === 'HEADER' && headerOf(part) === null) return [`${within}HEADER ${part.Format ?? 'TEXT'}`];
  return [];
}

/** Variables in fields where the model expects none, such as a caption: nothing would fill them. */
function unplacedVariables(components: readonly Component[], parts: unknown): string[] {
  const placed = new Set(variablesOf(parts));
  const written = stringsIn(components).flatMap((text) => variablesOf(parseTemplateText(text)));
  return [...new Set(written)].filter((name) => !placed.has(name)).map((name) => `$(${name})`);
}

/** The service writes the text of an authentication template; without a variable in it, nobody knows the code's name. */
function isNamelessCode({ Category }: TemplateDetail, parts: unknown): boolean {
  return Category === 'AUTHENTICATION' && variablesOf(parts).length === 0;
}

/** Names of the variables anywhere in a part of the model. */
function variablesOf(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  if ('kind' in part && part.kind === 'variable' && 'name' in part) return [String(part.name)];
  return Object.values(part).flatMap(variablesOf);
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
