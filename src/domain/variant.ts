/** One language variant made ready for many rows: its variables by index, its parts by piece, its limits. */
import type { Finding } from './finding.ts';
import type { ListMapping } from './list-mapping.ts';
import { paramProblems } from './param-values.ts';
import { columnsRead, type ParamReader, readParam } from './params.ts';
import { countCharacters, longestPart, partProblem } from './part-rules.ts';
import type { Row } from './recipient-source.ts';
import type { Params } from './render-message.ts';
import type { Template } from './template.ts';
import { partName, type TemplatePart, templateParts } from './template-parts.ts';
import { templateVariables, variablePlaces } from './variables.ts';

export interface Variant {
  readonly language: string;
  /** The final texts of a row by variable. What is wrong with them is added to `findings`. */
  params(row: Row, findings: Finding[]): Params;
}

interface Variable {
  readonly name: string;
  readonly reader: ParamReader;
  /** Where it stands, for the finding that it is empty. */
  readonly places: string;
}

interface Part {
  readonly part: TemplatePart;
  /** Literal texts, and the indices of the variables between them. */
  readonly pieces: readonly (string | number)[];
  readonly variables: readonly number[];
  readonly literalLength: number;
  readonly longest: number | null;
  /** What stands before the first variable. */
  readonly fixed: string;
}

/** `now` in milliseconds since 1970: offers that expire before it are refused. */
export function compileVariant(template: Template, mapping: ListMapping, now: number): Variant {
  const variables = templateVariables(template).map((variable) => ({
    name: variable.name,
    reader: mapping.param(variable.name).reader,
    places: variablePlaces(variable),
  }));
  const indices = new Map(variables.map(({ name }, index) => [name, index]));
  const parts = templateParts(template)
    .map((part) => compilePart(part, indices, template))
    .filter((part) => part.variables.length > 0);

  return {
    language: template.language,
    params(row, findings) {
      const before = findings.length;
      const values: string[] = [];
      const params: Record<string, string> = {};
      for (const variable of variables) {
        const value = readValue(variable, row, mapping.columns, findings);
        values.push(value);
        params[variable.name] = value;
      }
      // A part is judged once its values are right: an empty or broken value would only be told a second time.
      if (findings.length === before) {
        for (const part of parts) checkPart(part, values, variables, row, mapping.columns, now, findings);
      }
      return params;
    },
  };
}

function compilePart(part: TemplatePart, indices: ReadonlyMap<string, number>, template: Template): Part {
  const pieces = part.text.pieces.map((piece) =>
    piece.kind === 'literal' ? piece.text : (indices.get(piece.name) ?? ''),
  );
  const literals = pieces.filter((piece) => typeof piece === 'string');
  const [first] = pieces;
  return {
    part,
    pieces,
    variables: pieces.filter((piece) => typeof piece === 'number'),
    literalLength: literals.reduce((sum, literal) => sum + literal.length, 0),
    longest: longestPart(part.kind, template),
    fixed: typeof first === 'string' ? first : '',
  };
}

function readValue(variable: Variable, row: Row, columns: readonly string[], findings: Finding[]): string {
  let value: string;
  try {
    value = readParam(variable.reader, row.cells);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    findings.push({
      ...blame(variable, row, columns, null),
      code: 'PARAM_RENDER_FAILED',
      severity: 'error',
      message: `the text for variable "${variable.name}": ${reason}`,
      hint: 'correct the cell, or the text under template.params',
    });
    return '';
  }
  if (value === '') {
    findings.push({
      ...blame(variable, row, columns, value),
      code: 'PARAM_MISSING',
      severity: 'error',
      message: `the variable "${variable.name}" is empty, and ${variable.places} needs it`,
      hint: 'fill the cell, or give a default: {{ column | default: "…" }}',
    });
    return '';
  }
  for (const { code, message, hint } of paramProblems(value)) {
    findings.push({
      ...blame(variable, row, columns, value),
      code,
      severity: 'error',
      message: `the variable "${variable.name}" ${message}`,
      hint,
    });
  }
  return value;
}

function checkPart(
  { part, pieces, variables: holders, literalLength, longest, fixed }: Part,
  values: readonly string[],
  variables: readonly Variable[],
  row: Row,
  columns: readonly string[],
  now: number,
  findings: Finding[],
): void {
  // UTF-16 units are never fewer than characters, so that most parts need no counting and no joining.
  const units = holders.reduce((sum, index) => sum + (values[index]?.length ?? 0), literalLength);
  const isPlainText =
    part.kind === 'body' || part.kind === 'cardBody' || part.kind === 'headerText' || part.kind === 'offerText';
  if (isPlainText && longest !== null && units <= longest) return;

  const text = pieces.map((piece) => (typeof piece === 'string' ? piece : (values[piece] ?? ''))).join('');
  const culprit = holders.reduce((one, other) =>
    (values[other]?.length ?? 0) > (values[one]?.length ?? 0) ? other : one,
  );
  const about = (): Pick<Finding, 'row' | 'column' | 'value'> => {
    const variable = variables[culprit];
    return variable === undefined
      ? { row: row.number, column: null, value: text }
      : blame(variable, row, columns, values[culprit] ?? '');
  };
  const problem = partProblem(part.kind, text, fixed, now);
  if (problem !== null) {
    findings.push({ ...about(), ...problem, severity: 'error', message: `${partName(part)} ${problem.message}` });
  }
  const length = longest === null || units <= longest ? null : countCharacters(text);
  if (length !== null && longest !== null && length > longest) {
    findings.push({
      ...about(),
      code: 'PART_TOO_LONG',
      severity: 'error',
      message: `${partName(part)} has ${length} characters, and ${longest} are allowed`,
      hint: `shorten "${variables[culprit]?.name}" by ${length - longest}`,
    });
  }
}

/** The one cell a value comes from. A text over several columns, or none, has no cell to blame: its outcome is shown. */
function blame(
  variable: Variable,
  row: Row,
  columns: readonly string[],
  rendered: string | null,
): Pick<Finding, 'row' | 'column' | 'value'> {
  const [index, ...others] = columnsRead(variable.reader);
  return index === undefined || others.length > 0
    ? { row: row.number, column: null, value: rendered }
    : { row: row.number, column: columns[index] ?? null, value: row.cells[index] ?? '' };
}
