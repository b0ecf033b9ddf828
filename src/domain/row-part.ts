/** A part of a template, cut up so that it can be filled and judged for many rows. */
import { countCharacters, hasForm, longestPart, partProblem } from './part-rules.ts';
import { cellOf, type RowContext, type RowVariable } from './row-variable.ts';
import type { Template } from './template.ts';
import { partName, type TemplatePart } from './template-parts.ts';

export interface RowPart {
  readonly part: TemplatePart;
  /** Literal texts, and the indices of the variables between them. */
  readonly pieces: readonly (string | number)[];
  /** Indices of its variables; a variable that stands twice is here twice. */
  readonly holders: readonly number[];
  readonly literalLength: number;
  /** In characters, or null where no limit is known. */
  readonly longest: number | null;
}

/** `indices` gives the place of each variable in the values of a row. */
export function compilePart(part: TemplatePart, indices: ReadonlyMap<string, number>, template: Template): RowPart {
  const pieces = part.text.pieces.map((piece) =>
    piece.kind === 'literal' ? piece.text : (indices.get(piece.name) ?? ''),
  );
  return {
    part,
    pieces,
    holders: pieces.filter((piece) => typeof piece === 'number'),
    literalLength: pieces.reduce((sum: number, piece) => sum + (typeof piece === 'string' ? piece.length : 0), 0),
    longest: longestPart(part.kind, template),
  };
}

/** Judges a part filled with the values of a row, none of which is empty or broken by itself. */
export function checkPart(
  { part, pieces, holders, literalLength, longest }: RowPart,
  values: readonly string[],
  variables: readonly RowVariable[],
  context: RowContext,
  now: number,
): void {
  // UTF-16 units are never fewer than characters, so most texts need neither be joined nor counted.
  const units = holders.reduce((sum, index) => sum + (values[index]?.length ?? 0), literalLength);
  const mayBeTooLong = longest !== null && units > longest;
  if (!mayBeTooLong && !hasForm(part.kind)) return;

  const text = pieces.map((piece) => (typeof piece === 'string' ? piece : (values[piece] ?? ''))).join('');
  const [first] = pieces;
  const problem = partProblem(part.kind, text, typeof first === 'string' ? first : '', now);
  const excess = mayBeTooLong ? countCharacters(text) - longest : 0;
  if (problem === null && excess <= 0) return;

  const culprit = longestOf(holders, values);
  const variable = variables[culprit];
  if (variable === undefined) return;
  const about = { ...cellOf(variable, context, values[culprit] ?? ''), severity: 'error' } as const;
  if (problem !== null) {
    context.findings.push({ ...about, ...problem, message: `${partName(part)} ${problem.message}` });
  }
  if (excess > 0) {
    context.findings.push({
      ...about,
      code: 'PART_TOO_LONG',
      message: `${partName(part)} has ${countCharacters(text)} characters, and ${longest} are allowed`,
      hint: `shorten "${variable.name}" by ${excess}`,
    });
  }
}

function longestOf(holders: readonly number[], values: readonly string[]): number {
  const length = (index: number): number => values[index]?.length ?? 0;
  return holders.reduce((one, other) => (length(other) > length(one) ? other : one));
}
