/** A report of four rows, one for each way to end that needs telling apart. */
import { causeGroups, type Report } from '../../../src/domain/report.ts';
import type { ResultRow } from '../../../src/domain/result.ts';
import type { CauseCount } from '../../../src/domain/run-reader.ts';
import type { PlanRecord } from '../../../src/domain/run-record.ts';
import { planRecord } from '../../support/plan-record.ts';

export const endedAt = Date.UTC(2026, 2, 1, 9, 30);

export function resultRow(changes: Partial<ResultRow> = {}): ResultRow {
  return {
    row: 2,
    cells: ['+86 138 0000 0000', '王芳'],
    to: '8613800000000',
    status: 'accepted',
    messageId: 'm-1',
    groupMessageId: null,
    delivery: null,
    deliveredAt: null,
    via: 'template',
    channel: 'whatsapp',
    code: null,
    detail: null,
    attempts: 1,
    endedAt,
    acceptedAt: endedAt,
    ...changes,
  };
}

const notAccepted = { messageId: null, acceptedAt: null } as const;

export const sampleRows: readonly ResultRow[] = [
  resultRow(),
  resultRow({ ...notAccepted, row: 3, to: '8613800000001', status: 'rejected', code: '131049' }),
  resultRow({ ...notAccepted, row: 4, to: '8613800000002', status: 'unknown', code: 'ECONNRESET' }),
  resultRow({
    ...notAccepted,
    row: 5,
    cells: ['8613800000003'],
    to: '8613800000003',
    status: 'invalid',
    code: 'PARAM_MISSING',
    detail: '"name" is empty',
    attempts: 0,
    via: null,
    channel: null,
    endedAt: null,
  }),
];

const sampleCauses: readonly CauseCount[] = [
  {
    status: 'rejected',
    code: '131049',
    channel: 'whatsapp',
    rows: 1,
    firstRows: [3],
    lastEnds: [{ reason: null, endedAt }],
  },
  {
    status: 'unknown',
    code: 'ECONNRESET',
    channel: 'whatsapp',
    rows: 1,
    firstRows: [4],
    lastEnds: [{ reason: null, endedAt }],
  },
  { status: 'invalid', code: 'PARAM_MISSING', channel: null, rows: 1, firstRows: [5], lastEnds: [] },
];

export function sampleReport(changes: Partial<Report> & { planChanges?: Partial<PlanRecord> } = {}): Report {
  const { planChanges, ...rest } = changes;
  return {
    plan: planRecord(planChanges),
    balance: { rows: 4, accepted: 1, rejected: 1, unknown: 1, skipped: 0, invalid: 1, unsent: 0 },
    fallback: null,
    causes: causeGroups(sampleCauses),
    rows: () => chunks(sampleRows.slice(0, 2), [], sampleRows.slice(2)),
    ...rest,
  };
}

export async function* chunks(...lists: readonly (readonly ResultRow[])[]): AsyncIterable<readonly ResultRow[]> {
  yield* lists;
}

export async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}
