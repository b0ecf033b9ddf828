/** One of a few words, as a flag takes it. */
import { type Parsed, parsedMistake, parsedValue } from './parsed.ts';

/** `kind` names what the word is, such as `a level`. */
export function parseOneOf<Word extends string>(text: string, words: readonly Word[], kind: string): Parsed<Word> {
  const found = words.find((word) => word === text);
  if (found !== undefined) return parsedValue(found);
  return parsedMistake(`"${text}" is not ${kind}`, `write ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`);
}
