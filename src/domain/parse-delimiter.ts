/** Delimiters as operators write them: the character itself, or its name where a shell or YAML makes it awkward. */
import { type Parsed, parsedMistake, parsedValue } from './parsed.ts';

const named = new Map([
  ['comma', ','],
  ['semicolon', ';'],
  ['tab', '\t'],
  ['\\t', '\t'],
  ['pipe', '|'],
]);

/** One character that can stand between two cells: not a letter, a digit, a quote or a line break. */
export function parseDelimiter(text: string): Parsed<string> {
  const delimiter = named.get(text.trim().toLowerCase());
  if (delimiter !== undefined) return parsedValue(delimiter);
  if (/^[^\p{L}\p{N}"'\r\n]$/u.test(text)) return parsedValue(text);
  return parsedMistake(`"${text}" cannot separate cells`, 'write one character, or comma, semicolon, tab or pipe');
}
