/** What text messages cost by the operator's own list of prices. Knows no price of its own. */
import type { Parsed } from '../parsed.ts';
import { parsedMistake, parsedValue } from '../parsed.ts';

/** One row of the list, as it was written. */
export interface RateRow {
  /** Counted from 1, the header included. */
  readonly line: number;
  /** A country code, or more digits of a number: `86`, `+1`, `00852`. */
  readonly prefix: string;
  /** Of one segment, in the currency of the list: `0.045`. */
  readonly price: string;
}

/** Prices in millionths of the list's currency, as whole numbers: sums of many rows stay exact. */
export const microsPerUnit = 1_000_000;

export interface Rates {
  /** The price of a segment to a number, by its longest prefix in the list; null where the list has none for it. */
  priceMicros(to: string): number | null;
}

/** The first row that cannot be read is a mistake, and so is a prefix with two prices. */
export function parseRates(rows: readonly RateRow[]): Parsed<Rates> {
  const prices = new Map<string, { readonly micros: number; readonly line: number }>();
  for (const { line, prefix: written, price } of rows) {
    const prefix = parsePrefix(written);
    if (prefix === null) {
      return parsedMistake(`line ${line}: "${written}" is no country prefix`, 'write digits, such as 86 or +852');
    }
    const micros = parseMicros(price);
    if (micros === null) {
      return parsedMistake(
        `line ${line}: "${price}" is no price`,
        'write a number with a point and at most 6 decimals, such as 0.045',
      );
    }
    const known = prices.get(prefix);
    if (known !== undefined && known.micros !== micros) {
      return parsedMistake(
        `line ${line}: the prefix ${prefix} has another price in line ${known.line}`,
        'keep one of them',
      );
    }
    prices.set(prefix, known ?? { micros, line });
  }
  const longest = Math.max(0, ...[...prices.keys()].map((prefix) => prefix.length));
  return parsedValue({
    priceMicros(to) {
      for (let length = Math.min(longest, to.length); length > 0; length -= 1) {
        const found = prices.get(to.slice(0, length));
        if (found !== undefined) return found.micros;
      }
      return null;
    },
  });
}

/** The cost of a message in millionths; null where the list has no price for its number. */
export function costMicros(rates: Rates, to: string, segments: number): number | null {
  const price = rates.priceMicros(to);
  return price === null ? null : price * segments;
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

/** No country code begins with a zero, and the longest number has 15 digits. Source: ITU-T E.164. */
function parsePrefix(written: string): string | null {
  return /^(?:\+|00)?([1-9]\d{0,14})$/.exec(written.trim())?.[1] ?? null;
}

function parseMicros(written: string): number | null {
  const match = /^(\d{1,7})(?:\.(\d{1,6}))?$/.exec(written.trim());
  if (match === null) return null;
  const [, whole = '', decimals = ''] = match;
  return Number(whole) * microsPerUnit + Number(decimals.padEnd(6, '0'));
}
