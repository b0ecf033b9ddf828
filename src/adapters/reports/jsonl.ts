/** A report as JSON lines: one object a row, the list's columns as texts, absent values null. Cells are as they are. */
import type { ReportWriter } from '../../domain/report.ts';
import { type ReportTable, reportTable } from '../../domain/report-table.ts';
import type { ResultRow } from '../../domain/result.ts';

export const jsonlReport: ReportWriter = async function* (report) {
  const table = reportTable(report.plan);
  for await (const rows of report.rows()) yield rows.map((row) => `${rowJson(table, row)}\n`).join('');
};

/** One row as a JSON object in one line. */
export function rowJson(table: ReportTable, row: ResultRow): string {
  const cells = table.cells(row);
  // `fromEntries` makes own properties even of a column called __proto__.
  const fields = Object.fromEntries(table.columns.map((column, index) => [column, cells[index] ?? null]));
  return JSON.stringify({ ...fields, ...table.fields(row) });
}
