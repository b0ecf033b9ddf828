/** A variable as it is filled from the cells of a row, and the cell to name when something is wrong with it. */
import type { Finding } from './finding.ts';
import { columnsRead, type ParamReader, readParam } from './params.ts';
import type { Row } from './recipient-source.ts';

export interface RowVariable {
  readonly name: string;
  readonly reader: ParamReader;
  /** Where the template has it, in words. */
  readonly places: string;
  /** What is wrong with a value by itself. */
  problems(value: string): readonly VariableProblem[];
}

export type VariableProblem = Pick<Finding, 'code' | 'severity' | 'hint'> & {
  /** Names the variable. */
  readonly message: string;
};

/** The row under check, and where what is found goes. */
export interface RowContext {
  readonly row: Row;
  readonly columns: readonly string[];
  readonly findings: Finding[];
}

/** The value of a variable, empty where there is none. What is wrong with it is added to the findings. */
export function readVariable(variable: RowVariable, context: RowContext): string {
  const { findings } = context;
  let value: string;
  try {
    value = readParam(variable.reader, context.row.cells);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    findings.push({
      ...cellOf(variable, context, null),
      code: 'PARAM_RENDER_FAILED',
      severity: 'error',
      message: `the text for variable "${variable.name}": ${reason}`,
      hint: 'correct the cell, or the text under template.params',
    });
    return '';
  }
  if (value === '') {
    findings.push({
      ...cellOf(variable, context, value),
      code: 'PARAM_MISSING',
      severity: 'error',
      message: `the variable "${variable.name}" is empty, and ${variable.places} needs it`,
      hint: 'fill the cell, or give a default: {{ column | default: "…" }}',
    });
    return '';
  }
  for (const problem of variable.problems(value)) findings.push({ ...cellOf(variable, context, value), ...problem });
  return value;
}

/** The one cell a value comes from. A text over several columns, or over none, has no such cell: its outcome is shown. */
export function cellOf(
  { reader }: RowVariable,
  { row, columns }: RowContext,
  rendered: string | null,
): Pick<Finding, 'row' | 'column' | 'value'> {
  const [index, ...others] = columnsRead(reader);
  return index === undefined || others.length > 0
    ? { row: row.number, column: null, value: rendered }
    : { row: row.number, column: columns[index] ?? null, value: row.cells[index] ?? '' };
}
