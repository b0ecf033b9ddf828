/**
 * CSV and TSV. Rows are numbered as a spreadsheet shows them: a line break inside quotes adds none, an empty row is left
 * out and counted. csv-parse is fed by hand and hands rows to a callback, which is faster than its object stream and
 * keeps the rows that stand before a mistake.
 */
import { CsvError, Parser } from 'csv-parse';
import type { Finding } from '../../domain/finding.ts';
import { diagnoseHeader } from './diagnose-header.ts';
import { type ListParser, maxRowBytes } from './list-parser.ts';
import { readPreamble } from './read-preamble.ts';
import type { RowCollector } from './row-collector.ts';

/** @param delimiter null to find it from the header line */
export function openDelimitedParser(rows: RowCollector, delimiter: string | null): ListParser {
  const table = new Table(rows);
  let parser: Parser | null = null;
  let beginning: Buffer = Buffer.alloc(0);

  async function begin(complete: boolean): Promise<void> {
    const preamble = readPreamble(beginning, delimiter, complete || beginning.length > maxRowBytes);
    if (preamble === null) return;
    table.begin(preamble.lines, preamble.delimiter);
    parser = openCsvParser(preamble.delimiter, table);
    await feed(parser, beginning.subarray(preamble.length));
    beginning = Buffer.alloc(0);
  }

  /** A mistake is told as a finding; an error of another kind is a bug and passes. */
  async function feed(to: Parser, text: Buffer | null): Promise<void> {
    try {
      await (text === null ? finish(to) : write(to, text));
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      table.breakAt(error);
    }
  }

  return {
    async write(text) {
      if (text.includes('"')) table.hasQuotes = true;
      if (parser !== null) return feed(parser, text);
      beginning = Buffer.concat([beginning, text]);
      return begin(false);
    },
    async end() {
      if (parser === null) await begin(true);
      if (parser !== null && !rows.stopped) await feed(parser, null);
    },
    async breakOff() {
      if (parser === null) await begin(true);
      // the parser looks a few bytes ahead: these stand for what cannot be read and let it hand over the last whole row
      if (parser !== null) await write(parser, Buffer.from('\uFFFD\uFFFD')).catch(() => undefined);
      return table.nextRow;
    },
  };
}

function openCsvParser(delimiter: string, table: Table): Parser {
  const parser = new Parser({
    delimiter,
    // all three, because a list pasted together from several has several
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: maxRowBytes,
    on_record: (cells: string[]) => {
      table.addCells(cells);
      return null;
    },
  });
  // every error also reaches the callback of the write that met it
  parser.on('error', () => undefined);
  return parser;
}

function write(parser: Parser, text: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

function finish(parser: Parser): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.once('error', reject);
    parser.end(resolve);
  });
}

/** The rows of one list: counts them, takes the first for the header and compares the others with it. */
class Table {
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
    const place = `${message} in the row that begins at line ${this.#line}`;
    this.#rows.stop({ row: this.nextRow, column, code, severity: 'fatal', value: null, message: place, hint });
  }

  #readHeader(cells: readonly string[]): void {
    this.#hasHeader = true;
    this.#rows.columns = cells.map((cell) => cell.replaceAll('\uFEFF', ''));
    this.#rows.columnsComplete = true;
    const findings = diagnoseHeader(this.#row, this.#rows.columns);
    if (findings.length > 0) this.#rows.stop(...findings);
  }

  #addRow(cells: readonly string[]): void {
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
        message: `nothing ends within ${maxRowBytes} bytes`,
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
