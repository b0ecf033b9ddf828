/** Durations as operators write them: `90s`, `30m`, `24h`, `2d`. */
import { type Parsed, parsedMistake, parsedValue } from './parsed.ts';

const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const longestMs = 365 * unitMs.d;

/** Milliseconds, above 0 and at most a year. The unit must be there: a bare `30` could mean anything. */
export function parseDuration(text: string): Parsed<number> {
  const [, amount, unit] = /^(\d{1,8})\s*([smhd]?)$/.exec(text.trim()) ?? [];
  if (amount === undefined) {
    return parsedMistake(`"${text}" is not a duration`, 'write seconds, minutes, hours or days: 90s, 30m, 24h or 2d');
  }
  if (unit === '' || unit === undefined) {
    return parsedMistake(`"${text}" has no unit`, `write ${amount}s, ${amount}m, ${amount}h or ${amount}d`);
  }
  // the pattern leaves no other unit
  const ms = Number(amount) * unitMs[unit as keyof typeof unitMs];
  if (ms === 0) return parsedMistake(`"${text}" is no time at all`, 'write a duration above 0, such as 30m');
  if (ms > longestMs) return parsedMistake(`"${text}" is longer than a year`, 'write at most 365d');
  return parsedValue(ms);
}
