/** Plain aligned columns. */
import { padEnd, padStart, widthOf } from './wide-text.ts';

export interface TableLayout {
  /** By column; what is not named stands left. */
  readonly align?: readonly ('left' | 'right')[];
  /** Blanks before each line. */
  readonly indent?: number;
}

/** One line a row, two blanks between columns, nothing after the last. Cells are one line each. */
export function renderTable(
  rows: readonly (readonly string[])[],
  { align = [], indent = 0 }: TableLayout = {},
): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
  }
  const lines = rows.map((row) => {
    const cells = row.map((cell, column) => {
      const pad = align[column] === 'right' ? padStart : padEnd;
      return pad(cell, widths[column] ?? 0);
    });
    return (' '.repeat(indent) + cells.join('  ')).trimEnd();
  });
  return lines.join('\n');
}
