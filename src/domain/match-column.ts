/** Matching of a name in the campaign with a column of the list. An exact match wins over one that ignores case. */
import type { Finding } from './finding.ts';
import { didYouMean } from './suggest.ts';

export type ColumnMatch =
  | { readonly kind: 'found'; readonly index: number }
  | { readonly kind: 'ambiguous'; readonly columns: readonly string[] }
  | { readonly kind: 'unknown' };

/** A header without what people do not see: byte order mark, outer blanks, case, and how accents are composed. */
export function foldHeader(header: string): string {
  return header
    .replace(/^\uFEFF/, '')
    .trim()
    .normalize('NFC')
    .toLowerCase();
}

/** Finds the column called `name`: as written, or else as the only one equal to it once both are folded. */
export function matchColumn(name: string, columns: readonly string[], fold = foldHeader): ColumnMatch {
  return pick(columns, (column) => column === name) ?? matchFolded(name, columns, fold);
}

function matchFolded(name: string, columns: readonly string[], fold: (header: string) => string): ColumnMatch {
  const folded = fold(name);
  return pick(columns, (column) => fold(column) === folded) ?? { kind: 'unknown' };
}

function pick(columns: readonly string[], matches: (column: string) => boolean): ColumnMatch | null {
  const index = columns.findIndex(matches);
  if (index < 0) return null;
  const all = columns.filter(matches);
  return all.length === 1 ? { kind: 'found', index } : { kind: 'ambiguous', columns: all };
}

/** Says why a name did not lead to one column. `use` is what the campaign wanted it for, such as `the address`. */
export function columnFinding(
  name: string,
  match: Exclude<ColumnMatch, { kind: 'found' }>,
  columns: readonly string[],
  use: string,
): Finding {
  const about = { row: null, column: null, severity: 'fatal', value: name } as const;
  if (match.kind === 'ambiguous') {
    return {
      ...about,
      code: 'COLUMN_AMBIGUOUS',
      message: `"${name}", which is to give ${use}, fits several columns`,
      hint: `write one of them exactly: ${quoteAll(match.columns)}`,
    };
  }
  return {
    ...about,
    code: 'COLUMN_UNKNOWN',
    message: `the list has no column "${name}", which is to give ${use}`,
    hint: joinHints(didYouMean(name, columns), listOfColumns(columns)),
  };
}

/** The columns of the list, for a hint. Very wide lists are cut. */
export function listOfColumns(columns: readonly string[]): string {
  if (columns.length === 0) return 'the list has no columns';
  const shown = columns.slice(0, 20);
  const rest = columns.length - shown.length;
  return `the list has: ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Hints that are there, as one line. */
export function joinHints(...hints: readonly (string | null)[]): string | null {
  const given = hints.filter((hint) => hint !== null);
  return given.length === 0 ? null : given.join(' ');
}

function quoteAll(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
