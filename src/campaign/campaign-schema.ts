/** The campaign as a schema: every field, how its text is read, and its default. Files and flags both go through it. */
import { getCountries, isSupportedCountry } from 'libphonenumber-js/max';
import { z } from 'zod';
import type {
  Campaign,
  CampaignContent,
  ContentSource,
  LanguageChoice,
  ListFormat,
  ParamSource,
  SendMode,
  StopAfter,
  TemplateCategory,
} from '../domain/campaign.ts';
import type { DailyCap } from '../domain/daily-cap.ts';
import type { Channel } from '../domain/message.ts';
import { parseDelimiter } from '../domain/parse-delimiter.ts';
import { parseDuration } from '../domain/parse-duration.ts';
import { parseEncoding } from '../domain/parse-encoding.ts';
import { parseOneOf } from '../domain/parse-one-of.ts';
import { parsePhoneDigits } from '../domain/parse-phone-digits.ts';
import { parseRate } from '../domain/parse-rate.ts';
import { parseSenderId } from '../domain/parse-sender-id.ts';
import { parseThreshold, type Threshold } from '../domain/parse-threshold.ts';
import { parseWholeNumber } from '../domain/parse-whole-number.ts';
import { type Parsed, parsedMistake, parsedValue } from '../domain/parsed.ts';
import { type RequestField, requestFieldChannels, requestFields } from '../domain/request-fields.ts';
import { defaultRates } from '../domain/request-pace.ts';
import { messageTypes } from '../domain/session/check-content.ts';
import { didYouMean, nearest } from '../domain/suggest.ts';
import type { TextTree } from '../domain/text-tree.ts';
import { massMistakes } from './mass-mistakes.ts';

const defaultConcurrency = 128;
/** Stops a campaign that fails for most people early, and lets the usual few wrong numbers pass. */
const defaultFailures: Threshold = { kind: 'share', share: 0.2 };
/** A share of a handful of answers says nothing; a number of failures needs no company. */
const defaultAtLeast = { share: 50, count: 1 };

const channels = ['whatsapp', 'viber', 'messenger', 'instagram'] as const satisfies readonly Channel[];
const laterChannels = ['sms'];
const formats = ['csv', 'tsv', 'json', 'jsonl'] as const satisfies readonly ListFormat[];
const modes = ['single', 'mass'] as const satisfies readonly SendMode[];
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

/** Whatever was written: groups, lists and texts of any depth. What they may be is for the channel's own rules to say. */
const textTree = z.custom<TextTree>((written) => written !== undefined);

const contentColumn = words.transform((column): ContentSource => ({ kind: 'column', column }));
const contentFields = z.record(z.string(), textTree).transform((fields): ContentSource => {
  const { column, ...others } = fields;
  const named = typeof column === 'string' && Object.keys(others).length === 0;
  return named ? { kind: 'column', column } : { kind: 'fields', fields };
});

const message = z.strictObject({
  type: words,
  content: z.union([contentColumn, contentFields]).default({ kind: 'fields', fields: {} }),
});

/** What the service refuses a message with when the recipient's 24 hours are over. Source: API error page; Meta's 131047. */
const windowClosed = ['SessionWindowExpired', '131047'];

const fallback = z.strictObject({
  template,
  on: z.array(words).min(1).default(windowClosed),
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

/** A telephone number, or the id of a sender: the channel decides which of them it has to be. */
function parseSender(written: string): Parsed<string> {
  const phone = parsePhoneDigits(written);
  const id = parseSenderId(written);
  return phone.kind === 'value' || id.kind === 'mistake' ? phone : id;
}

/** What two fields say against each other, each of them being right by itself. */
interface TogetherMistake {
  readonly path: readonly string[];
  readonly message: string;
  readonly hint: string;
}

function togetherMistakes(written: Written): readonly TogetherMistake[] {
  const { channel, from, template: chosen, message: said, fallback: instead, request: fields, send: pace } = written;
  const mistakes: TogetherMistake[] = [];
  const add = (path: readonly string[], words: string, hint: string) => mistakes.push({ path, message: words, hint });
  const phone = parsePhoneDigits(from);
  if (channel === 'whatsapp' && phone.kind === 'mistake') add(['from'], phone.message, phone.hint);
  if (chosen !== null && said !== null) {
    add(['message'], 'a campaign has a template or a message, not both', 'keep one; a template may be the fallback');
  }
  if (said === null && instead !== null) {
    add(['fallback'], 'only a message in words of your own has a fallback', 'write the words under message');
  }
  if (channel !== 'whatsapp' && chosen !== null && said === null) {
    add(['template'], `templates go by whatsapp, not by ${channel}`, 'write the words under message: type and content');
  }
  if (channel !== 'whatsapp' && instead !== null) {
    add(['fallback'], `templates go by whatsapp, so ${channel} has no fallback`, 'remove it');
  }
  const types = messageTypes(channel);
  if (said !== null && !types.includes(said.type)) {
    const hint = didYouMean(said.type, types) ?? `it has: ${types.join(', ')}`;
    add(['message', 'type'], `${channel} has no message type "${said.type}"`, hint);
  }
  for (const field of requestFields) {
    if (fields[field] === undefined || requestFieldChannels[field].includes(channel)) continue;
    const hint = `it is for ${requestFieldChannels[field].join(', ')}: remove it`;
    add(['request', field], `${channel} takes no ${field}`, hint);
  }
  const given = requestFields.filter((field) => fields[field] !== undefined);
  return pace.mode === 'mass' ? [...mistakes, ...massMistakes(said !== null, given)] : mistakes;
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

function parseFailures(written: string): Parsed<Threshold | 'never'> {
  if (written.trim() === 'never') return parsedValue('never');
  const parsed = parseThreshold(written);
  return parsed.kind === 'value' ? parsed : parsedMistake(parsed.message, `${parsed.hint}, or never`);
}

/** `single` or `mass`. */
export function parseMode(written: string): Parsed<SendMode> {
  return parseOneOf(written.trim().toLowerCase(), modes, 'a mode');
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
  const known = `write one of ${channels.join(', ')}`;
  if (laterChannels.includes(word)) return parsedMistake(`not yet: this version does not send "${written}"`, known);
  return parsedMistake(`no channel "${written}"`, didYouMean(word, channels) ?? known);
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
