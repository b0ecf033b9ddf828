/**
 * CSV and TSV. Rows are numbered as a spreadsheet shows them: a line break inside quotes adds none, an empty row is left
 * out and counted. csv-parse is fed by hand and hands rows to a callback, which is faster than its object stream and
 * keeps the rows that stand before a mistake.
 */
import { CsvError, Parser } from 'csv-parse';
import { DelimitedTable } from './delimited-table.ts';
import { type ListParser, maxRowBytes } from './list-parser.ts';
import { readPreamble } from './read-preamble.ts';
import type { RowCollector } from './row-collector.ts';

/** @param delimiter null to find it from the header line */
export function openDelimitedParser(rows: RowCollector, delimiter: string | null): ListParser {
  const table = new DelimitedTable(rows);
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

function openCsvParser(delimiter: string, table: DelimitedTable): Parser {
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
    parser.once('finish', resolve);
    parser.end();
  });
}
