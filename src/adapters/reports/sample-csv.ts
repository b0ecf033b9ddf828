/**
 * A sample list as CSV: UTF-8 with a byte order mark, lines that end in CR LF. What a spreadsheet would turn into a
 * number, a date or a formula is written `="…"`, which every spreadsheet and our own reader take for the text in it.
 */
import { stringify } from 'csv-stringify/sync';
import type { SampleList } from '../../domain/sample-list.ts';

const byteOrderMark = '\uFEFF';

export function sampleCsv({ columns, row }: SampleList): string {
  return byteOrderMark + stringify([[...columns], row.map(keptText)], { record_delimiter: '\r\n' });
}

function keptText(cell: string): string {
  return isTurned(cell) ? `="${cell.replaceAll('"', '""')}"` : cell;
}

const dateWords = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*$|^(?:am|pm|e|年|月|日)$/i;

/** Digits alone, or beside the words and signs of numbers, dates, times and amounts; and what begins like a formula. */
function isTurned(cell: string): boolean {
  if (/^[=+\-@\t＝＋－＠]/.test(cell) || /^(?:true|false)$/i.test(cell)) return true;
  return /\d/.test(cell) && (cell.match(/\p{L}+/gu) ?? []).every((word) => dateWords.test(word));
}
