/**
 * A report as CSV that Excel opens: UTF-8 with a byte order mark, lines that end in CR LF, cells that would run as
 * formulas defused as `formula-safe.ts` says.
 */
import { stringify } from 'csv-stringify/sync';
import type { ReportWriter } from '../../domain/report.ts';
import { reportTable } from '../../domain/report-table.ts';
import { formulaSafe } from './formula-safe.ts';

const byteOrderMark = '\uFEFF';

export const csvReport: ReportWriter = async function* (report) {
  const table = reportTable(report.plan);
  yield byteOrderMark + csvLines([table.columns.map(formulaSafe)]);
  for await (const rows of report.rows()) {
    yield csvLines(rows.map((row) => table.cells(row).map((cell) => formulaSafe(String(cell ?? '')))));
  }
};

function csvLines(lines: string[][]): string {
  return stringify(lines, { record_delimiter: '\r\n' });
}
