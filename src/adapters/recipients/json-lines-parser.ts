/** JSONL: one JSON object a line. The row number is the line number; a line that is broken is one row that cannot go. */
import { ItemRows, shownCharacters } from './item-rows.ts';
import { type ListParser, maxRowBytes } from './list-parser.ts';
import type { RowCollector } from './row-collector.ts';

const newline = 0x0a;

export function openJsonLinesParser(rows: RowCollector): ListParser {
  const items = new ItemRows(rows);
  let line = 1;
  let pieces: Buffer[] = [];
  let bytes = 0;

  function addPiece(piece: Buffer): void {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > maxRowBytes) rows.stop(endlessLine(line));
  }

  function endLine(): void {
    const text = Buffer.concat(pieces, bytes).toString().trim();
    pieces = [];
    bytes = 0;
    const number = line;
    line += 1;
    if (text === '') return;
    const why = items.add(number, text);
    if (why !== null) rows.addRow({ number, cells: [], findings: [brokenLine(number, text, why)] });
  }

  return {
    async write(text) {
      let from = 0;
      for (let end = text.indexOf(newline); end !== -1 && !rows.stopped; end = text.indexOf(newline, from)) {
        addPiece(text.subarray(from, end));
        endLine();
        from = end + 1;
      }
      addPiece(text.subarray(from));
    },
    async end() {
      endLine();
    },
    async breakOff() {
      return line;
    },
  };
}

function brokenLine(row: number, text: string, why: string) {
  return {
    row,
    column: null,
    code: 'LIST_UNREADABLE',
    severity: 'error',
    value: text.slice(0, shownCharacters),
    message: `the line is not valid JSON: ${why}`,
    hint: 'mend the line, or remove it',
  } as const;
}

function endlessLine(row: number) {
  return {
    row,
    column: null,
    code: 'LIST_UNREADABLE',
    severity: 'fatal',
    value: null,
    message: `the line does not end within ${maxRowBytes} bytes`,
    hint: 'a list that is one JSON array is read with --format json',
  } as const;
}
