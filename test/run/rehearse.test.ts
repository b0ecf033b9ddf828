import { expect, it } from 'vitest';
import type { Message } from '../../src/domain/message.ts';
import { createRun } from '../../src/run/execute-run.ts';
import { rehearsedCheckpoint, rehearsedProvider, rehearsedQuota } from '../../src/run/rehearse.ts';
import { someMessages } from '../support/a-message.ts';
import { fakeCheckpoint } from '../support/fake-checkpoint.ts';
import { fakeClock } from '../support/fake-clock.ts';

it('goes through the whole list without a request, a record, or waiting for the quota', async () => {
  const clock = fakeClock();
  const checkpoint = fakeCheckpoint(someMessages(1_200), { clock, latencyMs: 1 });
  const touched: string[] = [];
  const run = createRun({
    checkpoint: rehearsedCheckpoint(checkpoint),
    lanes: [
      {
        channel: 'whatsapp',
        provider: rehearsedProvider({
          name: 'fake',
          maxMessagesPerRequest: 1,
          refusesTogether: false,
          fits: () => false,
          async send(batch: readonly Message[]) {
            touched.push(`sent row ${batch[0]?.row}`);
            return [];
          },
        }),
        quota: rehearsedQuota({
          limit: { count: 1, perMs: 1_000 },
          async depart() {
            touched.push('asked the quota');
            throw new Error('nothing leaves in a dry run');
          },
          waitMs: () => 0,
          yield: () => touched.push('pushed the quota back'),
          recover: () => {},
          currentPerSecond: () => 1,
        }),
        messagesPerRequest: 1,
        concurrency: 4,
        fallbackOn: [],
        hours: () => ({ kind: 'open', closing: null }),
        dailyCap: null,
        pairMs: null,
      },
    ],
    clock,
    stopAfter: null,
    maxDurationMs: null,
    limit: null,
    only: null,
    attemptPrefix: 'test',
  });
  expect(await clock.outlast(run.execute())).toBeNull();
  expect(run.progress()).toMatchObject({ accepted: 1_200, rejected: 0, unknown: 0, throttled: 0, inFlight: 0 });
  expect(touched).toEqual([]);
  expect(await checkpoint.balance()).toMatchObject({ rows: 1_200, unsent: 1_200 });
  expect(clock.monotonic()).toBeLessThan(1_000);
});
