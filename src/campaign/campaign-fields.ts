/** The parts of a campaign's schema that every channel has. */
import { z } from 'zod';
import type { LanguageChoice, ParamSource, StopAfter } from '../domain/campaign.ts';
import { parseDelimiter } from '../domain/parse-delimiter.ts';
import { parseDuration } from '../domain/parse-duration.ts';
import { parseEncoding } from '../domain/parse-encoding.ts';
import { parseRate } from '../domain/parse-rate.ts';
import type { Threshold } from '../domain/parse-threshold.ts';
import { parseWholeNumber } from '../domain/parse-whole-number.ts';
import { type Parsed, parsedMistake, parsedValue } from '../domain/parsed.ts';
import { parseCategory, parseCountry, parseDailyCap, parseFailures, parseFormat } from './parse-campaign-fields.ts';

const defaultConcurrency = 128;
/** Stops a campaign that fails for most people early, and lets the usual few wrong numbers pass. */
const defaultFailures: Threshold = { kind: 'share', share: 0.2 };
/** A share of a handful of answers says nothing; a number of failures needs no company. */
const defaultAtLeast = { share: 50, count: 1 };

/** A field that is one text, read by `parse`. The hint of a mistake travels in the issue's params. */
export function text<T>(parse: (text: string) => Parsed<T>) {
  return z.string().transform((written, context) => {
    const parsed = parse(written);
    if (parsed.kind === 'value') return parsed.value;
    context.addIssue({ code: 'custom', message: parsed.message, params: { hint: parsed.hint } });
    return z.NEVER;
  });
}

export function orNull<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().transform((value): z.output<Schema> | null => value ?? null);
}

export const words = text((written) =>
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

export const recipients = z
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

export const params = z.record(z.string(), z.union([shortParam, longParam])).prefault({});

export const template = z.strictObject({
  code: words,
  language: z.union([fixedLanguage, languageColumn]),
  params,
});

export const expected = z.strictObject({ category: orNull(text(parseCategory)) });

/** What every channel has. */
export const pace = z.strictObject({
  rate: text(parseRate).optional(),
  concurrency: text((written) => parseWholeNumber(written, 1, 10_000)).default(defaultConcurrency),
  stopAfter: stopAfter.prefault({}),
  maxDuration: orNull(text(parseDuration)),
  dailyCap: text(parseDailyCap).optional(),
});
