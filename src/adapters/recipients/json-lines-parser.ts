/** JSONL: one JSON object a line. The row number is the line number; a line that is broken is one row that cannot go. */
import { ItemRows, shownCharacters } from './item-rows.ts';
import { type ListParser, maxRowBytes } from './list-parser.ts';
import type { RowCollector } from './row-collector.ts';

const newline = 0x0a;

export function openJsonLinesParser(rows: RowCollector): ListParser {
  const items = new ItemRows(rows);
  let line = 1;
  let unfinished: Buffer[] = [];
  let unfinishedBytes = 0;

  function addLine(end: Buffer): void {
    const text = (unfinished.length === 0 ? end : Buffer.concat([...unfinished, end])).toString().trim();
    unfinished = [];
    unfinishedBytes = 0;
    const number = line;
    line += 1;
    if (text === '') return;
    const why = items.add(number, text);
    if (why !== null) rows.addRow({ number, cells: [], findings: [brokenLine(number, text, why)] });
  }

  function keep(rest: Buffer): void {
    if (rest.length === 0) return;
    unfinished.push(rest);
    unfinishedBytes += rest.length;
    if (unfinishedBytes > maxRowBytes) rows.stop(endlessLine(line));
  }

  return {
    async write(text) {
      let from = 0;
      for (let end = text.indexOf(newline); end !== -1 && !rows.stopped; end = text.indexOf(newline, from)) {
        addLine(text.subarray(from, end));
        from = end + 1;
      }
      keep(text.subarray(from));
    },
    async end() {
      addLine(Buffer.alloc(0));
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
