import { expect, it } from 'vitest';
import { detailsOfRun } from '../../src/campaign/sms-details.ts';
import { collect } from '../../src/domain/collect.ts';
import type { ResultRow } from '../../src/domain/result.ts';
import type { DetailsQuery, SendDetail } from '../../src/domain/sms/send-details.ts';

const dayMs = 24 * 3_600_000;
const at = Date.UTC(2026, 2, 2, 9);
const to = '8613800138000';

function result(row: number, messageId: string | null, changes: Partial<ResultRow> = {}): ResultRow {
  return {
    row,
    cells: [],
    to,
    status: 'accepted',
    channel: 'sms',
    messageId,
    groupMessageId: null,
    delivery: null,
    deliveredAt: null,
    via: 'template',
    code: null,
    detail: null,
    attempts: 1,
    endedAt: at,
    acceptedAt: at,
    ...changes,
  };
}

function detail(outId: string): SendDetail {
  const times = { sentAt: at, receivedAt: null };
  return { status: 'waiting', carrierCode: null, text: null, templateCode: 'SMS_1', outId, ...times };
}

it('finds a message by its request, and one that was itself found by its details by those', async () => {
  const asked: DetailsQuery[] = [];
  const service = {
    keepsMs: 28 * dayMs,
    async read(query: DetailsQuery) {
      asked.push(query);
      const all = [detail('r-2'), detail('r-3')];
      return { kind: 'whole', details: query.bizId === null ? all : all.slice(0, 1) } as const;
    },
  };
  const reader = {
    async *results() {
      yield [
        result(2, '9001^0'),
        result(3, `r-3@${to}@${at}`),
        result(4, `r-9@${to}@${at}`),
        result(5, null, { status: 'unknown', acceptedAt: null }),
        result(6, '9002^0', { acceptedAt: at + dayMs }),
      ];
    },
  };
  const told = await collect(detailsOfRun(service, reader, '20260302', at + dayMs));
  expect(told.map(({ row, detail: found }) => [row, found?.outId])).toEqual([
    [2, 'r-2'],
    [3, 'r-3'],
    [4, undefined],
  ]);
  expect(asked.map(({ bizId }) => bizId)).toEqual(['9001^0', null, null]);
  // What the service has forgotten it is not asked about, which it would refuse.
  const late = await collect(detailsOfRun(service, reader, '20260302', at + 28 * dayMs + 1));
  expect([late.map(({ detail: found }) => found), asked.length]).toEqual([[null, null, null], 3]);
});
