import { expect, it } from 'vitest';
import { type RefreshOptions, refreshDeliveries } from '../../src/campaign/refresh-deliveries.ts';
import type { DeliveryFinding, UndeliveredRow } from '../../src/domain/checkpoint.ts';
import type { DetailsQuery, SendDetail } from '../../src/domain/sms/send-details.ts';
import { anSms } from '../support/an-sms.ts';

const dayMs = 24 * 3_600_000;
const at = Date.UTC(2026, 10, 21, 4);

function row(number: number, messageId: string): UndeliveredRow {
  const message = anSms(number, {}, { to: `861380010000${number}` });
  return { message, messageId, startedAt: at, endedAt: at + 100 };
}

function detail(changes: Partial<SendDetail>): SendDetail {
  return {
    status: 'delivered',
    carrierCode: 'DELIVERED',
    text: null,
    templateCode: null,
    outId: 'run-1-2',
    sentAt: at,
    receivedAt: at + 3_000,
    ...changes,
  };
}

/** Rows in memory, and a service that shows these details of a number. */
async function refresh(rows: readonly UndeliveredRow[], show: (query: DetailsQuery) => readonly SendDetail[]) {
  const recorded: DeliveryFinding[] = [];
  const checkpoint: RefreshOptions['checkpoint'] = {
    undeliveredRows: async (afterRow, limit) => rows.filter(({ message }) => message.row > afterRow).slice(0, limit),
    recordDeliveries: async (findings) => {
      recorded.push(...findings);
    },
  };
  const details = {
    keepsMs: 28 * dayMs,
    read: async (query: DetailsQuery) => ({ kind: 'whole', details: show(query) }) as const,
  };
  const counts = await refreshDeliveries({
    checkpoint,
    details,
    now: at + dayMs,
    signal: new AbortController().signal,
  });
  return { counts, recorded };
}

it('asks by the id of the request, and tells how each message ended', async () => {
  const ends: Readonly<Record<string, readonly SendDetail[]>> = {
    'biz-2': [detail({})],
    'biz-3': [detail({ status: 'failed', carrierCode: 'MOBILE_NOT_ON_SERVICE' })],
    'biz-4': [detail({ status: 'waiting', carrierCode: null, receivedAt: null })],
    'biz-5': [],
    'biz-6': [detail({ status: 'failed', carrierCode: 'NOBODY_KNOWS' })],
  };
  const rows = [2, 3, 4, 5, 6].map((number) => row(number, `biz-${number}`));
  const { counts, recorded } = await refresh(rows, ({ bizId }) => ends[bizId ?? ''] ?? []);
  expect(counts).toEqual({ delivered: 1, failed: 2, waiting: 1, untold: 1 });
  expect(recorded).toEqual([
    { row: 2, delivery: 'delivered', deliveredAt: at + 3_000 },
    { row: 3, delivery: expect.stringMatching(/^failed: MOBILE_NOT_ON_SERVICE: \S/), deliveredAt: null },
    { row: 4, delivery: 'waiting', deliveredAt: null },
    { row: 6, delivery: 'failed: NOBODY_KNOWS', deliveredAt: null },
  ]);
});

it('tells nothing of a message that may be one of two with different ends', async () => {
  const both = [detail({}), detail({ status: 'waiting', carrierCode: null, receivedAt: null })];
  const { counts, recorded } = await refresh([row(2, 'biz-2')], () => both);
  expect([counts.untold, recorded]).toEqual([1, []]);
});

it('finds a message again that reconcile had found, among all of its number', async () => {
  const queries: DetailsQuery[] = [];
  const found = row(2, `run-1-2@8613800100002@${at}`);
  const { recorded } = await refresh([found], (query) => {
    queries.push(query);
    return [detail({ outId: 'run-1-9', status: 'failed' }), detail({})];
  });
  expect(queries).toEqual([{ to: '8613800100002', from: at, until: at + 100, bizId: null }]);
  expect(recorded).toEqual([{ row: 2, delivery: 'delivered', deliveredAt: at + 3_000 }]);
});

it('does not ask about what the service no longer tells of', async () => {
  const old = { ...row(2, 'b-1'), startedAt: at - 27 * dayMs - 1, endedAt: at - 27 * dayMs };
  const asked: string[] = [];
  const { counts, recorded } = await refresh([old, row(3, 'b-2')], ({ to }) => {
    asked.push(to);
    return [detail({})];
  });
  expect(counts).toEqual({ delivered: 1, failed: 0, waiting: 0, untold: 1 });
  expect([recorded.map((each) => each.row), asked]).toEqual([[3], ['8613800100003']]);
});
