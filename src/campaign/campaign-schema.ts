/** The campaign as a schema: every field, how its text is read, and its default. Files and flags both go through it. */
import { getCountries, isSupportedCountry } from 'libphonenumber-js/max';
import { z } from 'zod';
import type {
  Campaign,
  LanguageChoice,
  ListFormat,
  ParamSource,
  StopAfter,
  TemplateCategory,
} from '../domain/campaign.ts';
import type { DailyCap } from '../domain/daily-cap.ts';
import type { Channel } from '../domain/message.ts';
import { parseDelimiter } from '../domain/parse-delimiter.ts';
import { parseDuration } from '../domain/parse-duration.ts';
import { parseEncoding } from '../domain/parse-encoding.ts';
import { parsePhoneDigits } from '../domain/parse-phone-digits.ts';
import { parseRate } from '../domain/parse-rate.ts';
import { parseThreshold, type Threshold } from '../domain/parse-threshold.ts';
import { parseWholeNumber } from '../domain/parse-whole-number.ts';
import { type Parsed, parsedMistake, parsedValue } from '../domain/parsed.ts';
import { didYouMean, nearest } from '../domain/suggest.ts';

/** SendChatappMessage: 250 a second for an account. Source: CAMS API page. */
const defaultRate = { count: 250, perMs: 1000 };
const defaultConcurrency = 128;
/** Stops a campaign that fails for most people early, and lets the usual few wrong numbers pass. */
const defaultFailures: Threshold = { kind: 'share', share: 0.2 };
/** A share of a handful of answers says nothing; a number of failures needs no company. */
const defaultAtLeast = { share: 50, count: 1 };

const channels = ['whatsapp'] as const satisfies readonly Channel[];
const laterChannels = ['viber', 'messenger', 'instagram', 'sms'];
const formats = ['csv', 'tsv', 'json', 'jsonl'] as const satisfies readonly ListFormat[];
const categories = ['MARKETING', 'UTILITY', 'AUTHENTICATION'] as const satisfies readonly TemplateCategory[];

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

const expected = z.strictObject({ category: orNull(text(parseCategory)) });

const send = z.strictObject({
  rate: text(parseRate).default(defaultRate),
  senderRate: orNull(text(parseRate)),
  concurrency: text((written) => parseWholeNumber(written, 1, 10_000)).default(defaultConcurrency),
  stopAfter: stopAfter.prefault({}),
  maxDuration: orNull(text(parseDuration)),
  dailyCap: text(parseDailyCap).default({ kind: 'tier' }),
});

const campaign = z.strictObject({
  name: text(parseName),
  channel: text(parseChannel).default('whatsapp'),
  from: text(parsePhoneDigits),
  custSpaceId: orNull(text(parseCustSpaceId)),
  recipients,
  template,
  expect: expected.prefault({}),
  send: send.prefault({}),
});

/** The pace alone, for a run whose words and list are frozen. */
export const paceSchema = z
  .strictObject({ send: send.prefault({}) })
  .transform(({ send: { maxDuration, ...pace } }): Campaign['send'] => ({ ...pace, maxDurationMs: maxDuration }));

/** From the tree of texts that `parseCampaignText` and the flags give. Paths in it are as the operator wrote them. */
export const campaignSchema = campaign.transform(({ send: { maxDuration, ...pace }, ...rest }): Campaign => {
  return { ...rest, send: { ...pace, maxDurationMs: maxDuration } };
});

/** The fields of each group, for "did you mean". Keys are the group's path, joined by dots; a star is any variable. */
export const knownFields: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(campaign.shape),
  recipients: Object.keys(recipients.shape),
  template: Object.keys(template.shape),
  'template.language': ['column', 'default'],
  'template.params.*': ['text', 'column'],
  expect: Object.keys(expected.shape),
  send: Object.keys(send.shape),
  'send.stopAfter': ['failures', 'atLeast'],
};

function parseFailures(written: string): Parsed<Threshold | 'never'> {
  if (written.trim() === 'never') return parsedValue('never');
  const parsed = parseThreshold(written);
  return parsed.kind === 'value' ? parsed : parsedMistake(parsed.message, `${parsed.hint}, or never`);
}

function parseDailyCap(written: string): Parsed<DailyCap> {
  const word = written.trim().toLowerCase();
  if (word === 'tier' || word === 'none') return parsedValue({ kind: word });
  const parsed = parseWholeNumber(written, 1, 1_000_000_000);
  if (parsed.kind === 'value') return parsedValue({ kind: 'count', count: parsed.value });
  return parsedMistake(parsed.message, 'write a number such as 10000, or tier, or none');
}

function parseCategory(written: string): Parsed<TemplateCategory> {
  const word = written.trim().toUpperCase();
  const category = categories.find((known) => known === word);
  if (category !== undefined) return parsedValue(category);
  return parsedMistake(
    `no category "${written}"`,
    didYouMean(word, categories) ?? `write one of ${categories.join(', ')}`,
  );
}

/** Travels in every request; ids are digits, or begin with `cams-`. */
export function parseCustSpaceId(written: string): Parsed<string> {
  const id = written.trim();
  if (/^[\w-]{1,100}$/.test(id)) return parsedValue(id);
  return parsedMistake(
    `"${written}" is not the id of a space`,
    'write it as the console shows it, such as cams-abc123',
  );
}

/** The name becomes the beginning of a file name. */
function parseName(written: string): Parsed<string> {
  const name = written.trim();
  if (name !== '' && name === fileNamePart(name)) return parsedValue(name);
  return parsedMistake(
    `"${written}" cannot begin the name of a run file`,
    'write up to 100 letters, digits and dashes',
  );
}

/** The text with dashes for what some file system refuses in a name, and without a dot that would hide the file. */
export function fileNamePart(written: string): string {
  return written
    .replace(/[\p{Cc}/\\:*?"<>|]/gu, '-')
    .replace(/^\./, '-')
    .slice(0, 100)
    .trim();
}

function parseChannel(written: string): Parsed<Channel> {
  const word = written.trim().toLowerCase();
  const channel = channels.find((known) => known === word);
  if (channel !== undefined) return parsedValue(channel);
  if (laterChannels.includes(word))
    return parsedMistake(`not yet: this version sends whatsapp, not "${written}"`, 'write whatsapp');
  return parsedMistake(`no channel "${written}"`, didYouMean(word, channels) ?? 'write whatsapp');
}

function parseFormat(written: string): Parsed<ListFormat> {
  const word = written.trim().toLowerCase();
  const format = formats.find((known) => known === word);
  if (format !== undefined) return parsedValue(format);
  if (word === 'xlsx') return parsedMistake('not yet: this version does not read xlsx', 'save the list as CSV UTF-8');
  return parsedMistake(`no format "${written}"`, didYouMean(word, formats) ?? `write one of ${formats.join(', ')}`);
}

function parseCountry(written: string): Parsed<string> {
  const code = written.trim().toUpperCase();
  if (isSupportedCountry(code)) return parsedValue(code);
  const close = countryMeant(written.trim());
  const hint = close === null ? 'write the two letters of ISO 3166, such as CN' : `did you mean "${close}"?`;
  return parsedMistake(`no country "${written}"`, hint);
}

/** By English name, since of two-letter codes any is near any other: `China` is CN, and UK is an old name of GB. */
function countryMeant(written: string): string | null {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  const byName = new Map(getCountries().map((code) => [names.of(code) ?? code, code as string]));
  const name = /^[a-z]{2}$/i.test(written) ? names.of(written.toUpperCase()) : nearest(written, byName.keys());
  return byName.get(name ?? '') ?? null;
}
