/** The campaign as a schema: every field, how its text is read, and its default. Files and flags both go through it. */
import { z } from 'zod';
import type {
  Campaign,
  CampaignContent,
  ContentSource,
  LanguageChoice,
  ParamSource,
  StopAfter,
} from '../domain/campaign.ts';
import { parseDelimiter } from '../domain/parse-delimiter.ts';
import { parseDuration } from '../domain/parse-duration.ts';
import { parseEncoding } from '../domain/parse-encoding.ts';
import { parseRate } from '../domain/parse-rate.ts';
import type { Threshold } from '../domain/parse-threshold.ts';
import { parseWholeNumber } from '../domain/parse-whole-number.ts';
import { type Parsed, parsedMistake, parsedValue } from '../domain/parsed.ts';
import { type RequestField, requestFields } from '../domain/request-fields.ts';
import { defaultRates } from '../domain/request-pace.ts';
import type { TextTree } from '../domain/text-tree.ts';
import {
  parseCategory,
  parseChannel,
  parseCountry,
  parseCustSpaceId,
  parseDailyCap,
  parseFailures,
  parseFallbackCode,
  parseFormat,
  parseMode,
  parseName,
  parseSender,
} from './parse-campaign-fields.ts';
import { togetherMistakes } from './together-mistakes.ts';

const defaultConcurrency = 128;
/** Stops a campaign that fails for most people early, and lets the usual few wrong numbers pass. */
const defaultFailures: Threshold = { kind: 'share', share: 0.2 };
/** A share of a handful of answers says nothing; a number of failures needs no company. */
const defaultAtLeast = { share: 50, count: 1 };

/** A field that is one text, read by `parse`. The hint of a mistake travels in the issue's params. */
function text<T>(parse: (text: string) => Parsed<T>) {
  return z.string().transform((written, context) => {
    const parsed = parse(written);
    if (parsed.kind === 'value') return parsed.value;
    context.addIssue({ code: 'custom', message: parsed.message, params: { hint: parsed.hint } });
    return z.NEVER;
  });
}

function orNull<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().transform((value): z.output<Schema> | null => value ?? null);
}

const words = text((written) =>
  written.trim() === '' ? parsedMistake(`"${written}" is blank`, 'write a value') : parsedValue(written),
);

const fixedLanguage = words.transform((language): LanguageChoice => ({ kind: 'fixed', language }));
const languageColumn = z
  .strictObject({ column: words, default: orNull(words) })
  .transform((choice): LanguageChoice => ({ kind: 'column', column: choice.column, fallback: choice.default }));

const shortParam = words.transform(
  (written): ParamSource =>
    /\{[{%]/.test(written) ? { kind: 'text', text: written } : { kind: 'column', column: written },
);
const longParam = z
  .strictObject({ text: z.string().optional(), column: words.optional() })
  .transform((param, context): ParamSource => {
    if (param.text !== undefined && param.column === undefined) return { kind: 'text', text: param.text };
    if (param.column !== undefined && param.text === undefined) return { kind: 'column', column: param.column };
    const message = 'a param has either a text or a column';
    context.addIssue({ code: 'custom', message, params: { hint: 'write { text: "…" } or { column: … }' } });
    return z.NEVER;
  });

const stopAfter = z
  .strictObject({
    failures: text(parseFailures).optional(),
    atLeast: text((written) => parseWholeNumber(written, 1, 1_000_000_000)).optional(),
  })
  .transform(({ failures = defaultFailures, atLeast }, context): StopAfter | null => {
    if (failures !== 'never') return { failures, atLeast: atLeast ?? defaultAtLeast[failures.kind] };
    if (atLeast === undefined) return null;
    const message = 'stopAfter is never, so this number bounds nothing';
    context.addIssue({
      code: 'custom',
      path: ['atLeast'],
      message,
      params: { hint: 'remove it, or name the failures' },
    });
    return z.NEVER;
  });

const recipients = z
  .strictObject({
    file: words,
    to: words,
    country: orNull(text(parseCountry)),
    format: orNull(text(parseFormat)),
    delimiter: orNull(text(parseDelimiter)),
    encoding: orNull(text(parseEncoding)),
    suppress: orNull(words),
  })
  .superRefine(({ file, format }, context) => {
    if (file !== '-' || format !== null) return;
    const message = 'standard input has no name that tells its format';
    context.addIssue({
      code: 'custom',
      path: ['format'],
      message,
      params: { hint: 'name it: csv, tsv, json or jsonl' },
    });
  });

const template = z.strictObject({
  code: words,
  language: z.union([fixedLanguage, languageColumn]),
  params: z.record(z.string(), z.union([shortParam, longParam])).prefault({}),
});

/** Whatever was written: groups, lists and texts of any depth. What they may be is for the channel's own rules to say. */
const textTree = z.custom<TextTree>((written) => written !== undefined);

const contentColumn = words.transform((column): ContentSource => ({ kind: 'column', column }));
const contentFields = z.record(z.string(), textTree).transform((fields, context): ContentSource => {
  const { column, ...others } = fields;
  if (typeof column !== 'string' || Object.keys(others).length > 0) return { kind: 'fields', fields };
  if (column.trim() !== '') return { kind: 'column', column };
  const message = `"${column}" is blank`;
  context.addIssue({ code: 'custom', path: ['column'], message, params: { hint: 'name the column with the content' } });
  return z.NEVER;
});

const message = z.strictObject({
  type: words,
  content: z.union([contentColumn, contentFields]).default({ kind: 'fields', fields: {} }),
});

/** What the service refuses a message with when the recipient's 24 hours are over. Source: API error page; Meta's 131047. */
const windowClosed = ['SessionWindowExpired', '131047'];

const fallbackCode = text(parseFallbackCode);
const fallbackCodes = z.array(fallbackCode).transform((codes, context) => {
  if (codes.length > 0) return codes;
  context.addIssue({ code: 'custom', message: 'no code is named', params: { hint: 'remove the line, or name one' } });
  return z.NEVER;
});

const fallback = z.strictObject({
  template,
  on: z.union([fallbackCode.transform((code) => [code]), fallbackCodes]).default(windowClosed),
});

const request = z.strictObject(
  // the keys are those of the record
  Object.fromEntries(requestFields.map((field) => [field, textTree.optional()])) as Record<
    RequestField,
    z.ZodOptional<typeof textTree>
  >,
);

const expected = z.strictObject({ category: orNull(text(parseCategory)) });

const send = z.strictObject({
  mode: text(parseMode).default('single'),
  rate: text(parseRate).optional(),
  senderRate: orNull(text(parseRate)),
  concurrency: text((written) => parseWholeNumber(written, 1, 10_000)).default(defaultConcurrency),
  stopAfter: stopAfter.prefault({}),
  maxDuration: orNull(text(parseDuration)),
  dailyCap: text(parseDailyCap).default({ kind: 'tier' }),
});

const campaign = z.strictObject({
  name: text(parseName),
  channel: text(parseChannel).default('whatsapp'),
  from: text(parseSender),
  custSpaceId: orNull(text(parseCustSpaceId)),
  recipients,
  template: orNull(template),
  message: orNull(message),
  fallback: orNull(fallback),
  request: request.prefault({}),
  expect: expected.prefault({}),
  send: send.prefault({}),
});

/** The pace alone, for a run whose words and list are frozen. */
export const paceSchema = z
  .strictObject({ send: send.prefault({}) })
  .transform(({ send: written }): Campaign['send'] => paceOf(written));

/** From the tree of texts that `parseCampaignText` and the flags give. Paths in it are as the operator wrote them. */
export const campaignSchema = campaign.transform((written, context): Campaign => {
  const { template: chosen, message: said, request: fields, send: pace, ...rest } = written;
  const mistakes = togetherMistakes(written);
  for (const { path, message: words, hint } of mistakes) {
    context.addIssue({ code: 'custom', path: [...path], message: words, params: { hint } });
  }
  const content = contentOf(chosen, said);
  if (mistakes.length > 0 || content === null) return z.NEVER;
  return {
    ...rest,
    content,
    request: Object.fromEntries(Object.entries(fields).filter(([, tree]) => tree !== undefined)),
    send: paceOf(pace),
  };
});

/** The usual rate is that of the mode. */
function paceOf({ maxDuration, rate, ...pace }: z.output<typeof send>): Campaign['send'] {
  return { ...pace, rate: rate ?? defaultRates[pace.mode], maxDurationMs: maxDuration };
}

type Written = z.output<typeof campaign>;

function contentOf(chosen: Written['template'], said: Written['message']): CampaignContent | null {
  if (said !== null) return { kind: 'session', ...said };
  return chosen === null ? null : { kind: 'template', ...chosen };
}

/** The fields of each group, for "did you mean". Keys are the group's path, joined by dots; a star is any variable. */
export const knownFields: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(campaign.shape),
  recipients: Object.keys(recipients.shape),
  template: Object.keys(template.shape),
  'template.language': ['column', 'default'],
  'template.params.*': ['text', 'column'],
  message: Object.keys(message.shape),
  fallback: Object.keys(fallback.shape),
  'fallback.template': Object.keys(template.shape),
  'fallback.template.language': ['column', 'default'],
  'fallback.template.params.*': ['text', 'column'],
  request: requestFields,
  expect: Object.keys(expected.shape),
  send: Object.keys(send.shape),
  'send.stopAfter': ['failures', 'atLeast'],
};
