/** The rows of a delimited list: numbers them, takes the first for the header and compares the others with it. */
import type { CsvError } from 'csv-parse';
import type { Finding } from '../../domain/finding.ts';
import { diagnoseHeader } from './diagnose-header.ts';
import { maxRowBytes } from './list-parser.ts';
import type { RowCollector } from './row-collector.ts';

export class DelimitedTable {
  /** While the list has no quote there is no cell with a line break in it to look for. */
  hasQuotes = false;
  readonly #rows: RowCollector;
  #delimiter = ',';
  #row = 0;
  #line = 1;
  #hasHeader = false;

  constructor(rows: RowCollector) {
    this.#rows = rows;
  }

  get nextRow(): number {
    return this.#row + 1;
  }

  begin(linesBefore: number, delimiter: string): void {
    this.#line += linesBefore;
    this.#delimiter = delimiter;
  }

  addCells(cells: readonly string[]): void {
    if (this.#rows.stopped) return;
    this.#row += 1;
    this.#line += 1 + (this.hasQuotes ? lineBreaksIn(cells) : 0);
    if (isEmptyRow(cells)) return;
    if (this.#hasHeader) this.#addRow(cells);
    else this.#readHeader(cells);
  }

  breakAt(error: CsvError): void {
    const index: unknown = error['column'];
    const column = typeof index === 'number' ? (this.#rows.columns[index] ?? null) : null;
    const { code, message, hint } = explainBreak(error.code);
    const place = `${message} (the row begins at line ${this.#line})`;
    this.#rows.stop({ row: this.nextRow, column, code, severity: 'fatal', value: null, message: place, hint });
  }

  #readHeader(cells: readonly string[]): void {
    this.#hasHeader = true;
    this.#rows.columns = cells.map((cell) => cell.replaceAll('\uFEFF', ''));
    this.#rows.columnsComplete = true;
    const findings = diagnoseHeader(this.#row, this.#rows.columns);
    if (findings.length > 0) this.#rows.stop(...findings);
  }

  #addRow(written: readonly string[]): void {
    const cells = this.hasQuotes ? written.map(keptText) : written;
    const width = this.#rows.columns.length;
    if (cells.length === width) {
      this.#rows.addRow({ number: this.#row, cells, findings: [] });
      return;
    }
    // spreadsheets end rows with delimiters that mean nothing; cells with text in them mean that a cell was split
    const surplus = cells.slice(width);
    const isRagged = cells.length < width || surplus.some((cell) => cell !== '');
    const findings = isRagged ? [raggedRow(this.#row, cells.length, width, surplus.join(this.#delimiter))] : [];
    this.#rows.addRow({ number: this.#row, cells: cells.slice(0, width), findings });
  }
}

/** `="00123"` is how a CSV keeps a spreadsheet from taking a text for a number; the text is what is between the quotes. */
function keptText(cell: string): string {
  if (!cell.startsWith('="')) return cell;
  const [, text] = /^="((?:[^"]|"")*)"$/.exec(cell) ?? [];
  return text === undefined ? cell : text.replaceAll('""', '"');
}

function raggedRow(row: number, cells: number, expected: number, surplus: string): Finding {
  return {
    row,
    column: null,
    code: 'LIST_RAGGED_ROW',
    severity: 'error',
    value: surplus === '' ? null : surplus,
    message: `the row has ${cells} ${cells === 1 ? 'cell' : 'cells'}, the header has ${expected}`,
    hint:
      cells > expected
        ? 'quote the cell that contains the delimiter'
        : 'add the missing cells, or the missing delimiter',
  };
}

function explainBreak(csvCode: string): Pick<Finding, 'code' | 'message' | 'hint'> {
  switch (csvCode) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return { code: 'LIST_QUOTE', message: 'a quoted cell does not end', hint: 'close the cell with a quote' };
    case 'CSV_INVALID_CLOSING_QUOTE':
      return {
        code: 'LIST_QUOTE',
        message: 'a quoted cell goes on after its closing quote',
        hint: 'double a quote that belongs to the text: ""',
      };
    case 'INVALID_OPENING_QUOTE':
      return {
        code: 'LIST_QUOTE',
        message: 'a cell that is not quoted has a quote inside it',
        hint: 'quote the whole cell and double the quote inside it: ""',
      };
    case 'CSV_MAX_RECORD_SIZE':
      return {
        code: 'LIST_QUOTE',
        message: `the row does not end within ${maxRowBytes} bytes`,
        hint: 'look for a quote that is not closed',
      };
    default:
      return {
        code: 'LIST_UNREADABLE',
        message: `the text cannot be read (${csvCode})`,
        hint: 'export the list again',
      };
  }
}

/** Blank lines and the rows of mere delimiters that spreadsheets write below the last one. */
function isEmptyRow(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

function lineBreaksIn(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) {
    if (cell.includes('\n') || cell.includes('\r')) count += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
  }
  return count;
}
