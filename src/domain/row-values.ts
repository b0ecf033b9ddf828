/** A tree of texts filled for rows, with what goes wrong told at the cell it comes from. */
import type { Finding } from './finding.ts';
import type { JsonValue } from './json-value.ts';
import type { Row } from './recipient-source.ts';
import type { CompiledTree } from './text-tree.ts';
import { TreeFillError } from './text-tree.ts';

/** The value for a row, or `undefined` with a finding. */
export function fillForRow(
  tree: CompiledTree,
  row: Row,
  columns: readonly string[],
  findings: Finding[],
): JsonValue | undefined {
  try {
    return tree.fill(row.cells);
  } catch (error) {
    if (!(error instanceof TreeFillError)) throw error;
    findings.push({
      ...placeInRow(tree, error.path, row, columns, null),
      code: 'PARAM_RENDER_FAILED',
      severity: 'error',
      message: `the text of ${error.path}: ${error.message}`,
      hint: 'correct the cell, or the text in the campaign',
    });
    return undefined;
  }
}

/** The one cell that the value at a path comes from. Where there is no such cell, the value itself is shown. */
export function placeInRow(
  tree: CompiledTree,
  path: string,
  row: Row,
  columns: readonly string[],
  value: string | null,
): Pick<Finding, 'row' | 'column' | 'value'> {
  const [index, ...others] = tree.columnsAt(path);
  return index === undefined || others.length > 0
    ? { row: row.number, column: null, value }
    : { row: row.number, column: columns[index] ?? null, value: row.cells[index] ?? '' };
}
