/** What messages cost by the operator's own list of prices. Knows no price of its own. */
import type { Parsed } from './parsed.ts';
import { parsedMistake, parsedValue } from './parsed.ts';

/** One row of the list, as it was written. */
export interface RateRow {
  /** Counted from 1, the header included. */
  readonly line: number;
  /** A country code, or more digits of a number: `86`, `+1`, `00852`. */
  readonly prefix: string;
  /** What the price is of: a category of WhatsApp templates, or a text message where it is `sms` or empty. */
  readonly category: string;
  /** Of one message, or one segment of a text message, in the currency of the list: `0.045`. */
  readonly price: string;
}

/** Prices in millionths of the list's currency, as whole numbers: sums of many rows stay exact. */
export const microsPerUnit = 1_000_000;

/** What WhatsApp files its templates under, and charges them by. */
export const pricedCategories = ['marketing', 'utility', 'authentication'] as const;

type PricedCategory = (typeof pricedCategories)[number];

export interface Rates {
  /** Whether the list has prices of WhatsApp templates; one without says nothing of them. */
  readonly pricesTemplates: boolean;
  /** What a text message of so many segments costs, by the longest prefix of its number; null where there is no price for it. */
  textMicros(to: string, segments: number): number | null;
  /** The same of a message by a WhatsApp template of a category, in the service's word; null also for a category of no price. */
  templateMicros(to: string, category: string | null): number | null;
}

/** The first row that cannot be read is a mistake, and so is a prefix with two prices for the same. */
export function parseRates(rows: readonly RateRow[]): Parsed<Rates> {
  const lists = new Map<string, PriceList>();
  for (const { line, prefix: written, category: subject, price } of rows) {
    const prefix = parsePrefix(written);
    if (prefix === null) {
      return parsedMistake(`line ${line}: "${written}" is no country prefix`, 'write digits, such as 86 or +852');
    }
    const kind = parseKind(subject);
    if (kind === null) {
      return parsedMistake(
        `line ${line}: "${subject}" is no category`,
        `write ${pricedCategories.join(', ')}, or sms for text messages`,
      );
    }
    const micros = parseMicros(price);
    if (micros === null) {
      return parsedMistake(
        `line ${line}: "${price}" is no price`,
        'write a number with a point and at most 6 decimals, such as 0.045',
      );
    }
    const prices: PriceList = lists.get(kind) ?? new Map();
    const known = prices.get(prefix);
    if (known !== undefined && known.micros !== micros) {
      const what = kind === texts ? '' : ` of ${kind}`;
      return parsedMistake(
        `line ${line}: the prefix ${prefix} has another price${what} in line ${known.line}`,
        'keep one of them',
      );
    }
    lists.set(kind, prices.set(prefix, known ?? { micros, line }));
  }
  return parsedValue({
    pricesTemplates: pricedCategories.some((category) => lists.has(category)),
    textMicros(to, segments) {
      const price = priceOf(lists.get(texts), to);
      return price === null ? null : price * segments;
    },
    templateMicros(to, category) {
      const kind = pricedCategories.find((each) => each === category?.toLowerCase());
      return kind === undefined ? null : priceOf(lists.get(kind), to);
    },
  });
}

/** By prefix. */
type PriceList = Map<string, { readonly micros: number; readonly line: number }>;

/** How a list calls the segments of text messages. */
const texts = 'sms';

function parseKind(written: string): PricedCategory | typeof texts | null {
  const word = written.trim().toLowerCase();
  if (word === '' || word === texts) return texts;
  return pricedCategories.find((category) => category === word) ?? null;
}

function priceOf(prices: PriceList | undefined, to: string): number | null {
  if (prices === undefined) return null;
  for (let length = Math.min(longestPrefix, to.length); length > 0; length -= 1) {
    const found = prices.get(to.slice(0, length));
    if (found !== undefined) return found.micros;
  }
  return null;
}

/** An amount as the operator may write it, such as `0.045`, in millionths. */
export function parseAmount(written: string): Parsed<number> {
  const micros = parseMicros(written);
  return micros === null
    ? parsedMistake(`"${written}" is no amount`, 'write a number with a point and at most 6 decimals, such as 250.00')
    : parsedValue(micros);
}

/** With two decimals at least, and no more than it has: `12.50`, `0.045`. */
export function formatMicros(micros: number): string {
  const whole = Math.floor(micros / microsPerUnit);
  const decimals = String(micros % microsPerUnit).padStart(6, '0');
  return `${whole}.${decimals.slice(0, 2)}${decimals.slice(2).replace(/0+$/, '')}`;
}

/** Digits of the longest number. Source: ITU-T E.164. */
const longestPrefix = 15;

/** No country code begins with a zero. Source: ITU-T E.164. */
function parsePrefix(written: string): string | null {
  return /^(?:\+|00)?([1-9]\d{0,14})$/.exec(written.trim())?.[1] ?? null;
}

function parseMicros(written: string): number | null {
  const match = /^(\d{1,7})(?:\.(\d{1,6}))?$/.exec(written.trim());
  if (match === null) return null;
  const [, whole = '', decimals = ''] = match;
  return Number(whole) * microsPerUnit + Number(decimals.padEnd(6, '0'));
}
