/** Plain aligned columns. */
import { padEnd, padStart, widthOf } from './wide-text.ts';

export interface TableLayout {
  /** By column; what is not named stands left. */
  readonly align?: readonly ('left' | 'right')[];
  /** Blanks before each line. */
  readonly indent?: number;
}

type TableRow = readonly string[];

/** One line a row, two blanks between columns, nothing after the last. Cells are one line each. */
export function renderTable(rows: readonly TableRow[], layout: TableLayout = {}): string {
  return renderRows(rows, [], layout);
}

export interface TableWriter {
  add(row: TableRow): void;
  /** Writes what is left. */
  end(): void;
}

/** Rows that are measured together, and so many are held. */
const rowsAtOnce = 500;

/**
 * A table of any length, written in pieces: a column is as wide as its widest cell so far, so that all the lines of most tables
 * align, and where a later piece needs more room, that and those after it have it.
 */
export function openTable(write: (text: string) => void, layout: TableLayout = {}): TableWriter {
  const widths: number[] = [];
  let rows: TableRow[] = [];
  function flush(): void {
    if (rows.length > 0) write(renderRows(rows, widths, layout));
    rows = [];
  }
  return {
    add(row) {
      rows.push(row);
      if (rows.length === rowsAtOnce) flush();
    },
    end: flush,
  };
}

/** `widths` are of what was rendered before, and grow with the rows. */
function renderRows(rows: readonly TableRow[], widths: number[], { align = [], indent = 0 }: TableLayout): string {
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
