import { describe, expect, it } from 'vitest';
import { reportTable } from '../../src/domain/report-table.ts';
import { endedAt, resultRow, sampleRows } from '../adapters/reports/sample-report.ts';
import { emulated, planRecord } from '../support/plan-record.ts';

const ownColumns = [
  'sendoff_row',
  'sendoff_to',
  'sendoff_status',
  'sendoff_message_id',
  'sendoff_code',
  'sendoff_cause',
  'sendoff_fix',
  'sendoff_retry_at',
  'sendoff_attempts',
  'sendoff_accepted_at',
  'sendoff_delivery',
  'sendoff_delivered_at',
  'sendoff_channel',
  'sendoff_via',
];

describe('reportTable', () => {
  it('puts the columns of the list first and those of sendoff after them', () => {
    expect(reportTable(planRecord()).columns).toEqual(['phone', 'name', ...ownColumns]);
  });

  it('tells of every row what became of it, why, and what to do', () => {
    const table = reportTable(planRecord());
    expect(sampleRows.map((row) => table.cells(row))).toEqual([
      [
        '+86 138 0000 0000',
        '王芳',
        2,
        '8613800000000',
        'accepted',
        'm-1',
        null,
        null,
        null,
        null,
        1,
        '2026-03-01T09:30:00.000Z',
        null,
        null,
        'whatsapp',
        'template',
      ],
      [
        '+86 138 0000 0000',
        '王芳',
        3,
        '8613800000001',
        'rejected',
        null,
        '131049',
        'Meta withheld a marketing message to protect recipient engagement.',
        'Wait at least 24 hours before trying this recipient again, or use another channel.',
        '2026-03-02T09:30:00.000Z',
        1,
        null,
        null,
        null,
        'whatsapp',
        'template',
      ],
      [
        '+86 138 0000 0000',
        '王芳',
        4,
        '8613800000002',
        'unknown',
        null,
        'ECONNRESET',
        'The connection closed before a full answer arrived; the request may have been accepted.',
        'Reconcile the run, or look the message up, before it goes again.',
        null,
        1,
        null,
        null,
        null,
        'whatsapp',
        'template',
      ],
      [
        '8613800000003',
        '',
        5,
        '8613800000003',
        'invalid',
        null,
        'PARAM_MISSING',
        '"name" is empty',
        'Fill the cell, or give a default: {{ column | default: "…" }}.',
        null,
        0,
        null,
        null,
        null,
        null,
        null,
      ],
    ]);
  });

  it("puts the service's own words beside the cause", () => {
    const table = reportTable(planRecord({ columns: [] }));
    const row = resultRow({ status: 'rejected', code: 'InvalidParameter', detail: 'Label is not valid', endedAt });
    expect(table.cells(row)[5]).toBe('A parameter value is not valid. The service: Label is not valid');
  });

  it('replaces its own columns where a report is fed back as a list, and keeps every other one', () => {
    const fedBack = planRecord({
      columns: ['sendoff_row', 'phone', ' Sendoff_Status', 'sendoff_problem', 'sendoff_emulated'],
    });
    const table = reportTable(fedBack);
    expect(table.columns).toEqual(['phone', 'sendoff_problem', ...ownColumns]);
    const cells = table.cells(resultRow({ cells: ['9', '8613800000000', 'rejected', 'none', 'yes'] }));
    expect(cells.slice(0, 3)).toEqual(['8613800000000', 'none', 2]);
  });

  it('says of every row of an emulated run that it was emulated', () => {
    const table = reportTable(planRecord(emulated));
    expect(table.columns.at(-1)).toBe('sendoff_emulated');
    expect(table.cells(resultRow()).at(-1)).toBe('yes');
  });
});
