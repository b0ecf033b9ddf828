/** Whole numbers as operators write them in a flag or a campaign file. */
import { type Parsed, parsedMistake, parsedValue } from './parsed.ts';

/** `64` between `least` and `most`, both allowed. No sign, no fraction, no exponent. */
export function parseWholeNumber(text: string, least: number, most: number): Parsed<number> {
  const trimmed = text.trim();
  const value = /^\d{1,15}$/.test(trimmed) ? Number(trimmed) : Number.NaN;
  if (value >= least && value <= most) return parsedValue(value);
  return parsedMistake(`"${text}" is not a whole number from ${least} to ${most}`, `write a number such as ${least}`);
}
