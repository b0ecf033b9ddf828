/** Thresholds as operators write them: a share of what was answered or read (`5%`), or a number (`20`). */
import type { StopAfter } from './campaign.ts';
import { type Parsed, parsedMistake, parsedValue } from './parsed.ts';

export type Threshold = StopAfter['failures'];

/** Nought is refused in both forms: it would be reached before anything has happened. */
export function parseThreshold(text: string): Parsed<Threshold> {
  const [, amount, percent] = /^(\d{1,9}(?:\.\d{1,6})?)\s*(%?)$/.exec(text.trim()) ?? [];
  const value = amount === undefined ? Number.NaN : Number(amount);
  if (percent === '%' && value > 0 && value <= 100) return parsedValue({ kind: 'share', share: value / 100 });
  if (percent === '' && value > 0 && Number.isInteger(value)) return parsedValue({ kind: 'count', count: value });
  return parsedMistake(
    `"${text}" is neither a share nor a number`,
    'write a share above 0% and up to 100%, such as 5%, or a whole number above 0, such as 20',
  );
}

/** `5%`, `20`. A share is shown to six places of a percent, as far as `parseThreshold` reads it. */
export function formatThreshold(threshold: Threshold): string {
  if (threshold.kind === 'count') return String(threshold.count);
  return `${Number((threshold.share * 100).toFixed(6))}%`;
}
