import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonReport } from '../../../src/adapters/reports/json.ts';
import { jsonlReport } from '../../../src/adapters/reports/jsonl.ts';
import { emulated } from '../../support/plan-record.ts';
import { chunks, resultRow, sampleReport, textOf } from './sample-report.ts';

const acceptedRow = {
  phone: '+86 138 0000 0000',
  name: '王芳',
  sendoff_row: 2,
  sendoff_to: '8613800000000',
  sendoff_status: 'accepted',
  sendoff_message_id: 'm-1',
  sendoff_code: null,
  sendoff_cause: null,
  sendoff_fix: null,
  sendoff_retry_at: null,
  sendoff_attempts: 1,
  sendoff_accepted_at: '2026-03-01T09:30:00.000Z',
  sendoff_delivery: null,
  sendoff_delivered_at: null,
  sendoff_channel: 'whatsapp',
  sendoff_via: 'template',
};

describe('jsonlReport', () => {
  it('writes one object a line, cells as they are', async () => {
    const lines = (await textOf(jsonlReport(sampleReport()))).split('\n');
    expect(lines).toHaveLength(5);
    expect(lines.at(-1)).toBe('');
    expect(JSON.parse(lines[0] ?? '')).toEqual(acceptedRow);
  });

  it('names the group of a row that was accepted in a mass request, and what was told of it later', async () => {
    const rows = [resultRow({ messageId: null, groupMessageId: 'g-1', delivery: 'failed: 131026' }), resultRow()];
    const lines = (await textOf(jsonlReport(sampleReport({ rows: () => chunks(rows) })))).trimEnd().split('\n');
    const [grouped, single] = lines.map((line) => JSON.parse(line));
    expect(grouped).toMatchObject({
      sendoff_status: 'accepted',
      sendoff_message_id: null,
      sendoff_group_message_id: 'g-1',
      sendoff_delivery: 'failed: 131026',
    });
    expect(single).not.toHaveProperty('sendoff_group_message_id');
  });

  it('gives every cell back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (cell) => {
        const rows = [resultRow({ cells: [cell] })];
        const line = await textOf(jsonlReport(sampleReport({ rows: () => chunks(rows) })));
        expect(line.split('\n')).toHaveLength(2);
        expect(JSON.parse(line).phone).toBe(cell);
      }),
    );
  });
});

describe('jsonReport', () => {
  it('tells how many of the accepted went out as their fallback', async () => {
    const fallback = { name: 'template come_back', template: 'come_back', accepted: 1 };
    expect(JSON.parse(await textOf(jsonReport(sampleReport({ fallback }))))).toMatchObject({ fallback });
  });

  it('holds what was run, the balance, the causes and the rows in one object', async () => {
    const { rows, ...rest } = JSON.parse(await textOf(jsonReport(sampleReport())));
    expect(rows[0]).toEqual(acceptedRow);
    expect(rows.map((row: { sendoff_row: number }) => row.sendoff_row)).toEqual([2, 3, 4, 5]);
    expect(rest.causes.map((cause: { code: string }) => cause.code)).toEqual(['131049', 'ECONNRESET', 'PARAM_MISSING']);
    expect({ ...rest, causes: rest.causes.slice(0, 1) }).toEqual({
      run: {
        id: 'run-1',
        campaign: 'spring-sale',
        emulated: false,
        endpoint: 'cams.ap-southeast-1.aliyuncs.com',
        account: { kind: 'key', keyId: 'LTAI****abcd' },
        from: '8613867404376',
        channel: 'whatsapp',
        template: 'order_shipped',
        messageType: null,
        plannedAt: '2026-03-01T08:00:00.000Z',
        version: '0.1.0',
      },
      balance: { rows: 4, accepted: 1, rejected: 1, unknown: 1, skipped: 0, invalid: 1, unsent: 0 },
      fallback: null,
      causes: [
        {
          status: 'rejected',
          code: '131049',
          channel: 'whatsapp',
          rows: 1,
          firstRows: [3],
          scope: 'row',
          cause: 'Meta withheld a marketing message to protect recipient engagement.',
          fix: 'Wait at least 24 hours before trying this recipient again, or use another channel.',
          retryAt: '2026-03-02T09:30:00.000Z',
        },
      ],
    });
  });

  it('is whole for a run without rows', async () => {
    const report = sampleReport({ rows: () => chunks([]), causes: [] });
    expect(JSON.parse(await textOf(jsonReport(report)))).toMatchObject({ causes: [], rows: [] });
  });

  it('says that an emulated run was emulated', async () => {
    const report = JSON.parse(await textOf(jsonReport(sampleReport({ planChanges: emulated }))));
    expect(report.run.emulated).toBe(true);
    expect(report.rows[0].sendoff_emulated).toBe('yes');
  });
});
