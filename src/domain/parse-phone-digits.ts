/** Telephone numbers in flags and campaign files, as the service wants them: digits with the country code, no plus. */
import { type Parsed, parsedMistake, parsedValue } from './parsed.ts';

/**
 * Reads `8613800000000`, `+86 138-0000-0000` and `008613800000000`. It knows no national forms: rows of a list are
 * read by country, a number in the campaign is not. Length: E.164 allows 15 digits; none in use has fewer than 7.
 */
export function parsePhoneDigits(text: string): Parsed<string> {
  const digits = text
    .trim()
    .replace(/^(\+|00)/, '')
    .replace(/[\s().-]/g, '');
  if (/^[1-9]\d{6,14}$/.test(digits)) return parsedValue(digits);
  return parsedMistake(
    `"${text}" is not a telephone number`,
    'write 7 to 15 digits with the country code, such as 8613800000000',
  );
}
