/**
 * The rows that failed their check, as a list to be mended and given to sendoff again: the same columns, untouched, and
 * one more that says what is wrong. Cells are not defused here: they must come back as they are.
 */
import { stringify } from 'csv-stringify/sync';
import type { Finding } from '../../domain/finding.ts';
import type { InvalidRow } from '../../domain/plan-store.ts';

const problemColumn = 'sendoff_problem';
const byteOrderMark = '\uFEFF';

export async function* rejectedCsv(
  columns: readonly string[],
  rows: AsyncIterable<readonly InvalidRow[]>,
): AsyncGenerator<string> {
  // A list that was mended and fed back has the column already.
  const kept = [...columns.keys()].filter((index) => columns[index]?.trim() !== problemColumn);
  yield byteOrderMark + csvLines([[...kept.map((index) => columns[index] ?? ''), problemColumn]]);
  for await (const chunk of rows) {
    yield csvLines(
      chunk.map(({ cells, findings }) => [
        ...kept.map((index) => cells[index] ?? ''),
        findings
          .filter(({ severity }) => severity === 'error')
          .map(problem)
          .join('; '),
      ]),
    );
  }
}

/** What is wrong and what to do. Cells beyond the last column have no place in this list but here. */
function problem({ code, column, value, message, hint }: Finding): string {
  return [
    column === null ? '' : `${column}: `,
    message,
    code === 'LIST_RAGGED_ROW' && value !== null ? `, left over: "${value}"` : '',
    hint === null ? '' : ` (${hint})`,
  ].join('');
}

function csvLines(lines: string[][]): string {
  return stringify(lines, { record_delimiter: '\r\n' });
}
