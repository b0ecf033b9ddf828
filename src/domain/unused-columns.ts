/** Tells the columns of a list that nothing in the campaign uses. */
import type { Finding } from './finding.ts';
import { nearest } from './suggest.ts';

/** Columns that sendoff itself adds to the lists it gives back, such as `sendoff_problem`. */
const ownPrefix = 'sendoff_';

/** `used` are indices; `wanting` are names without a column, for which one of these may have been meant. */
export function unusedColumns(
  columns: readonly string[],
  used: ReadonlySet<number>,
  wanting: readonly string[],
): readonly Finding[] {
  return columns.flatMap((column, index) => {
    if (used.has(index) || column.trim() === '' || column.startsWith(ownPrefix)) return [];
    const close = nearest(column, wanting);
    return {
      row: null,
      column,
      code: 'COLUMN_UNUSED',
      severity: 'info',
      value: null,
      message: `nothing uses the column "${column}"`,
      hint: close === null ? null : `was it meant for the variable "${close}"?`,
    } as const;
  });
}
