/** Rates as operators write them: `250/s`, `60/m`, `1000/h`, `0.5/s`. */
import { type Parsed, parsedMistake, parsedValue } from './parsed.ts';
import type { Rate } from './quota.ts';

const unitMs = { s: 1000, m: 60_000, h: 3_600_000 } as const;

/** The most a rate may count in its window: the pacer remembers that many departures. */
const mostPerWindow = 1_000_000;

/** A number without a unit is a second's. A fraction becomes whole requests in a longer window: `0.5/s` is 1 in 2 s. */
export function parseRate(text: string): Parsed<Rate> {
  const [, whole, fraction = '', unit = 's'] =
    /^(\d{1,7})(?:\.(\d{1,3}))?(?:\s*\/\s*([smh]))?$/.exec(text.trim()) ?? [];
  if (whole === undefined) {
    return parsedMistake(`"${text}" is not a rate`, 'write a number a second, minute or hour: 250/s, 60/m or 1000/h');
  }
  const scale = 10 ** fraction.length;
  const scaled = Number(whole + fraction);
  if (scaled === 0) return parsedMistake(`"${text}" lets nothing through`, 'write a rate above 0, such as 1/s');
  const divisor = greatestCommonDivisor(scaled, scale);
  const count = scaled / divisor;
  if (count > mostPerWindow) {
    return parsedMistake(`"${text}" is more than sendoff can pace`, `write at most ${mostPerWindow}/s`);
  }
  // the pattern leaves no other unit
  return parsedValue({ count, perMs: unitMs[unit as keyof typeof unitMs] * (scale / divisor) });
}

/** The shortest text that `parseRate` reads back as the same rate, where there is one: `250/s`, `0.5/s`. */
export function formatRate(rate: Rate): string {
  for (const [unit, ms] of Object.entries(unitMs)) {
    const units = rate.perMs / ms;
    if (units === 1 || (1000 % units === 0 && greatestCommonDivisor(rate.count, units) === 1)) {
      return `${rate.count / units}/${unit}`;
    }
  }
  return `${rate.count} in ${rate.perMs} ms`;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
