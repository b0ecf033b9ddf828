/** Encodings of lists as operators write them: `UTF8`, `gbk`, `latin1`. */
import { type Parsed, parsedMistake, parsedValue } from './parsed.ts';
import { didYouMean } from './suggest.ts';

/** The encodings a list is read in, each with the other names people know it, or a part of it, by. */
const encodings: Readonly<Record<string, readonly string[]>> = {
  'utf-8': [],
  'utf-16le': [],
  'utf-16be': [],
  gb18030: ['gbk', 'gb2312'],
  'windows-1252': ['latin1', 'iso-8859-1'],
};

const byBareName = new Map(
  Object.entries(encodings).flatMap(([name, others]) => [name, ...others].map((each) => [bare(each), name] as const)),
);

/** Case, blanks, dashes and underscores do not matter: `UTF8` is `utf-8`. */
export function parseEncoding(text: string): Parsed<string> {
  const name = byBareName.get(bare(text));
  if (name !== undefined) return parsedValue(name);
  const names = Object.keys(encodings);
  return parsedMistake(`no encoding "${text}"`, didYouMean(text, names) ?? `write one of ${names.join(', ')}`);
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}
