import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvReport } from '../../../src/adapters/reports/csv.ts';
import { formulaSafe } from '../../../src/adapters/reports/formula-safe.ts';
import { emulated } from '../../support/plan-record.ts';
import { chunks, resultRow, sampleReport, textOf } from './sample-report.ts';

/** The way back that `formula-safe.ts` promises. */
function undefused(cell: string): string {
  return cell.replace(/^'(?='*[=+\-@\t\r\n＝＋－＠])/, '');
}

function cellsOf(csv: string): string[][] {
  return parse(csv, { bom: true, record_delimiter: '\r\n' });
}

describe('csvReport', () => {
  it('writes a byte order mark, the header, and a line for each row that ends in CR LF', async () => {
    const lines = (await textOf(csvReport(sampleReport()))).split('\r\n');
    expect(lines.slice(0, 2)).toEqual([
      '\uFEFFphone,name,sendoff_row,sendoff_to,sendoff_status,sendoff_message_id,sendoff_code,sendoff_cause,' +
        'sendoff_fix,sendoff_retry_at,sendoff_attempts,sendoff_accepted_at,sendoff_delivery,sendoff_delivered_at,' +
        'sendoff_channel,sendoff_via',
      "'+86 138 0000 0000,王芳,2,8613800000000,accepted,m-1,,,,,1,2026-03-01T09:30:00.000Z,,,whatsapp,template",
    ]);
    expect(lines).toHaveLength(6);
    expect(lines.at(-1)).toBe('');
  });

  it('writes the header alone for a run without rows', async () => {
    const csv = await textOf(csvReport(sampleReport({ rows: () => chunks() })));
    expect(cellsOf(csv)).toHaveLength(1);
  });

  it('marks every row of an emulated run', async () => {
    const table = cellsOf(await textOf(csvReport(sampleReport({ planChanges: emulated }))));
    expect(table.map((cells) => cells.at(-1))).toEqual(['sendoff_emulated', 'yes', 'yes', 'yes', 'yes']);
  });

  it('gives every cell back through a CSV reader once the apostrophes are undone', async () => {
    const risky = fc.stringMatching(/^['=+\-@\t\r\n＝＋＠"，,;0-9a王]{0,8}$/);
    const cell = fc.oneof(risky, fc.string({ unit: 'grapheme' }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), async (lists) => {
        const rows = lists.map((cells, index) => resultRow({ row: index + 2, cells }));
        const table = cellsOf(await textOf(csvReport(sampleReport({ rows: () => chunks(rows) }))));
        expect(table.slice(1).map((cells) => cells.slice(0, 2).map(undefused))).toEqual(lists);
      }),
    );
  });
});

describe('formulaSafe', () => {
  it.each(['=1+1', '+1-2', '-cmd', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1+1', '-', '+86 138', "'=1"])(
    'puts an apostrophe in front of %j',
    (cell) => expect(formulaSafe(cell)).toBe(`'${cell}`),
  );

  it.each(['', 'Ann', '-5', '+8613800000000', '-0.5', '+1,5', 'a=b', "'quoted'", '1-2', ' =1'])(
    'leaves %j alone',
    (cell) => expect(formulaSafe(cell)).toBe(cell),
  );
});
