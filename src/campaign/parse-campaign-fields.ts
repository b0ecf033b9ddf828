/** How the texts of a campaign's fields are read, each by itself; those of more than one use have files in the domain. */
import { getCountries, isSupportedCountry } from 'libphonenumber-js/max';
import type { ListFormat, SendMode, TemplateCategory } from '../domain/campaign.ts';
import { listedCodes, lookUp } from '../domain/catalogue.ts';
import type { DailyCap } from '../domain/daily-cap.ts';
import type { Channel, ChatChannel } from '../domain/message.ts';
import { parseOneOf } from '../domain/parse-one-of.ts';
import { parsePhoneDigits } from '../domain/parse-phone-digits.ts';
import { parseSenderId } from '../domain/parse-sender-id.ts';
import { parseThreshold, type Threshold } from '../domain/parse-threshold.ts';
import { parseWholeNumber } from '../domain/parse-whole-number.ts';
import { type Parsed, parsedMistake, parsedValue } from '../domain/parsed.ts';
import { didYouMean, nearest } from '../domain/suggest.ts';
import type { TextTree } from '../domain/text-tree.ts';

const chatChannels = ['whatsapp', 'viber', 'messenger', 'instagram'] as const satisfies readonly ChatChannel[];
const modes = ['single', 'mass'] as const satisfies readonly SendMode[];
const formats = ['csv', 'tsv', 'json', 'jsonl'] as const satisfies readonly ListFormat[];
const categories = ['MARKETING', 'UTILITY', 'AUTHENTICATION'] as const satisfies readonly TemplateCategory[];

/** A telephone number, or the id of a sender: the channel decides which of them it has to be. */
export function parseSender(written: string): Parsed<string> {
  const phone = parsePhoneDigits(written);
  const id = parseSenderId(written);
  return phone.kind === 'value' || id.kind === 'mistake' ? phone : id;
}

export function parseFailures(written: string): Parsed<Threshold | 'never'> {
  if (written.trim() === 'never') return parsedValue('never');
  const parsed = parseThreshold(written);
  return parsed.kind === 'value' ? parsed : parsedMistake(parsed.message, `${parsed.hint}, or never`);
}

/** `single` or `mass`. */
export function parseMode(written: string): Parsed<SendMode> {
  return parseOneOf(written.trim().toLowerCase(), modes, 'a mode');
}

export function parseDailyCap(written: string): Parsed<DailyCap> {
  const word = written.trim().toLowerCase();
  if (word === 'tier' || word === 'none') return parsedValue({ kind: word });
  const parsed = parseWholeNumber(written, 1, 1_000_000_000);
  if (parsed.kind === 'value') return parsedValue({ kind: 'count', count: parsed.value });
  return parsedMistake(parsed.message, 'write a number such as 10000, or tier, or none');
}

export function parseCategory(written: string): Parsed<TemplateCategory> {
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
export function parseName(written: string): Parsed<string> {
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

export function parseChatChannel(written: string): Parsed<ChatChannel> {
  const word = channelWord(written);
  const channel = chatChannels.find((known) => known === word);
  if (channel !== undefined) return parsedValue(channel);
  const channels = [...chatChannels, smsChannel];
  return parsedMistake(`no channel "${written}"`, didYouMean(word, channels) ?? `write one of ${channels.join(', ')}`);
}

/** What a refused message of WhatsApp goes out by instead: `only` is the one that the fields beside it are for. */
export function parseFallbackChannel(written: string, only: Channel): Parsed<Channel> {
  if (channelWord(written) === only) return parsedValue(only);
  return parsedMistake(
    `this does not fall back to "${written}"`,
    'write sms, with a sign and a template, for a text message; a template of whatsapp needs no channel',
  );
}

/** Text messages have a service, and fields, of their own. */
export function isSmsChannel(written: TextTree | undefined): boolean {
  return typeof written === 'string' && channelWord(written) === smsChannel;
}

const smsChannel = 'sms';

function channelWord(written: string): string {
  return written.trim().toLowerCase();
}

const switchWords: ReadonlyMap<string, boolean> = new Map([
  ['on', true],
  ['true', true],
  ['yes', true],
  ['off', false],
  ['false', false],
  ['no', false],
]);

export function parseSwitch(written: string): Parsed<boolean> {
  const value = switchWords.get(written.trim().toLowerCase());
  return value === undefined
    ? parsedMistake(`"${written}" is neither on nor off`, 'write on or off')
    : parsedValue(value);
}

export function parseFormat(written: string): Parsed<ListFormat> {
  const word = written.trim().toLowerCase();
  const format = formats.find((known) => known === word);
  if (format !== undefined) return parsedValue(format);
  if (word === 'xlsx') return parsedMistake('not yet: this version does not read xlsx', 'save the list as CSV UTF-8');
  return parsedMistake(`no format "${written}"`, didYouMean(word, formats) ?? `write one of ${formats.join(', ')}`);
}

export function parseCountry(written: string): Parsed<string> {
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

/**
 * A code for which a refused message may go out as its fallback. Codes come without notice, so one that the catalogue lacks
 * is taken, unless it looks like a slip of the pen. Numbers are never near each other.
 */
export function parseFallbackCode(written: string): Parsed<string> {
  const code = written.trim();
  if (code === '') return parsedMistake(`"${written}" is blank`, 'write a value');
  const entry = lookUp(code, 'cams');
  if (entry === null) {
    const ours = listedCodes().filter((listed) => lookUp(listed, 'cams') !== null);
    const meant = /^\d+$/.test(code) ? null : didYouMean(code, ours);
    return meant === null ? parsedValue(code) : parsedMistake(`no code "${code}" is known`, meant);
  }
  const concernsRow = entry.scope === 'row' || entry.scope === 'transient';
  if (concernsRow && entry.throttle !== true && entry.delivered === 'no') return parsedValue(code);
  return parsedMistake(
    `"${code}" does not refuse a message for good, so nothing falls back for it`,
    `remove it; sendoff explain ${code} says what it means`,
  );
}
