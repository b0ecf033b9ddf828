/** A run whose service refuses requests of many messages for the sake of one, on fakes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBalanced } from '../../src/domain/balance.ts';
import type { Message } from '../../src/domain/message.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { aMessage, aSessionMessage, someMessages } from '../support/a-message.ts';
import { accepted, rejected, throttled, unknown, unreachable } from '../support/outcomes.ts';
import { aRun, type SceneOptions } from './run-scene.ts';

const together = (most: number) => ({ maxMessagesPerRequest: most, fits: () => true, refusesTogether: true });

/** The service has something against these rows and no other. */
function against(...rows: readonly number[]) {
  return ({ row }: Message): Outcome => (rows.includes(row) ? rejected() : accepted);
}

function scene(rows: number, most: number, options: SceneOptions = {}) {
  return aRun({ messages: someMessages(rows), batches: together(most), concurrency: 1, ...options });
}

const span = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('a request that is refused for the sake of one of its messages', () => {
  it('goes again in halves, before everything else and in list order, until whoever is to blame stands alone', async () => {
    const { finish, requests, checkpoint, run } = scene(24, 16, { answer: against(11) });
    expect(await finish()).toBeNull();
    expect(requests.map(({ rows }) => rows)).toEqual([
      span(2, 17),
      span(2, 9),
      span(10, 17),
      span(10, 13),
      span(10, 11),
      [10],
      [11],
      span(12, 13),
      span(14, 17),
      span(18, 25),
    ]);
    expect(run.progress()).toMatchObject({ accepted: 23, rejected: 1, unknown: 0, throttled: 0 });
    expect(await checkpoint.balance()).toMatchObject({ accepted: 23, rejected: 1, unsent: 0 });
  });

  it('leaves every refusal on record', async () => {
    const { finish, checkpoint } = scene(16, 16, { answer: against(11) });
    await finish();
    expect([2, 17, 12, 10, 11].map((row) => checkpoint.attemptsOf(row))).toEqual([2, 3, 4, 5, 5]);
    expect(checkpoint.outcomeOf(11)).toEqual(rejected());
    expect(checkpoint.stateOf(11)).toBe('rejected');
    expect(checkpoint.outcomeOf(12)).toEqual(accepted);
  });

  it.each([2, 3, 7, 100, 1_000])('costs at most two more requests a halving: of %d messages', async (rows) => {
    for (const culprit of new Set([2, rows + 1, 2 + Math.floor(rows / 2), 2 + Math.floor(rows / 3)])) {
      const { finish, requests, run } = scene(rows, rows, { answer: against(culprit), concurrency: 4, latencyMs: 20 });
      await finish();
      expect(requests.length).toBeLessThanOrEqual(1 + 2 * Math.ceil(Math.log2(rows)));
      expect(run.progress()).toMatchObject({ accepted: rows - 1, rejected: 1 });
    }
  });

  it('is no failure of those that are not to blame', async () => {
    const { finish, run } = scene(200, 100, {
      stopAfter: { failures: { kind: 'count', count: 2 }, atLeast: 1 },
      answer: against(60),
    });
    expect(await finish()).toBeNull();
    expect(run.progress()).toMatchObject({ accepted: 199, rejected: 1 });
  });

  it('stops for failures once too many stand alone', async () => {
    const { finish, requests, run } = scene(1_000, 100, {
      stopAfter: { failures: { kind: 'count', count: 5 }, atLeast: 1 },
      answer: () => rejected(),
    });
    expect(await finish()).toEqual({ kind: 'failures', failed: 5, answered: 5 });
    expect(run.progress()).toMatchObject({ rejected: 5 });
    expect(requests.length).toBeLessThan(20);
  });

  it('is taken apart for a reason that may pass as well', async () => {
    const answer = ({ row }: Message) => (row === 3 ? rejected('transient', '131049') : accepted);
    const { finish, run } = scene(8, 8, { answer });
    await finish();
    expect(run.progress()).toMatchObject({ accepted: 7, rejected: 1 });
  });

  it('lets the message that is to blame fall back, and it alone', async () => {
    const windowClosed = rejected('row', 'SessionWindowExpired');
    const said: string[] = [];
    const { finish, run } = scene(8, 8, {
      messages: span(2, 9).map((row) => aSessionMessage(row)),
      fallbackOn: ['SessionWindowExpired'],
      answer: ({ row, content }) => {
        if (content.kind === 'template') said.push(`${row} ${content.kind}`);
        return row === 5 && content.kind === 'session' ? windowClosed : accepted;
      },
    });
    await finish();
    expect(said).toEqual(['5 template']);
    expect(run.progress()).toMatchObject({ accepted: 8, rejected: 0, fellBack: 1 });
  });
});

describe('a request of several messages', () => {
  it('is never taken apart, and never goes again, where it is unknown', async () => {
    const { finish, requests, checkpoint } = scene(20, 10, { answer: ({ row }) => (row === 3 ? unknown : accepted) });
    await finish();
    expect(requests.map(({ rows }) => rows.length)).toEqual([10, 10]);
    expect(await checkpoint.balance()).toMatchObject({ accepted: 10, unknown: 10, unsent: 0 });
  });

  it('goes back whole where it is throttled', async () => {
    const { finish, requests } = scene(10, 10, {
      answer: ({ row }, time) => (row === 3 && time === 1 ? throttled() : accepted),
    });
    await finish();
    expect(requests.map(({ rows }) => rows)).toEqual([span(2, 11), span(2, 11)]);
  });

  it.each(['campaign', 'account'] as const)(
    'is not taken apart for the sake of the %s: the run stops',
    async (scope) => {
      const refusal = rejected(scope, 'InsufficientBalance');
      const { finish, requests, checkpoint } = scene(30, 10, {
        answer: ({ row }) => (row === 14 ? refusal : accepted),
      });
      expect(await finish()).toEqual({ kind: 'refused', refusal, channel: 'whatsapp' });
      expect(requests).toHaveLength(2);
      expect(await checkpoint.balance()).toMatchObject({ accepted: 10, rejected: 0, unsent: 20 });
    },
  );

  it('is not taken apart where every message has an answer of its own', async () => {
    const { finish, requests, run } = scene(10, 10, {
      batches: { ...together(10), refusesTogether: false },
      answer: () => rejected(),
    });
    await finish();
    expect(requests).toHaveLength(1);
    expect(run.progress()).toMatchObject({ rejected: 10 });
  });

  it('is not taken apart where some of it was taken', async () => {
    const answers = [accepted, rejected()];
    const { finish, requests, run } = scene(2, 2, { send: async () => answers });
    await finish();
    expect(requests).toHaveLength(1);
    expect(run.progress()).toMatchObject({ accepted: 1, rejected: 1 });
  });
});

describe('a part of a request', () => {
  it('goes again as it is when it is throttled or finds no connection', async () => {
    const { finish, requests, checkpoint } = scene(12, 8, {
      answer: ({ row }, time) => {
        if (row === 2 && time === 2) return throttled();
        if (row === 2 && time === 3) return unreachable;
        return against(4)(aMessage(row));
      },
    });
    await finish();
    expect(requests.slice(0, 5).map(({ rows }) => rows)).toEqual([
      span(2, 9),
      span(2, 5),
      span(2, 5),
      span(2, 5),
      span(2, 3),
    ]);
    expect(await checkpoint.balance()).toMatchObject({ accepted: 11, rejected: 1 });
  });

  it('is cut to what the daily cap lets go, and the rest stays in line', async () => {
    const { finish, requests, checkpoint } = scene(8, 8, { dailyCap: 6, concurrency: 2, answer: against(3) });
    expect(await finish()).toMatchObject({ kind: 'dailyCap', left: 1 });
    expect(await checkpoint.balance()).toMatchObject({ accepted: 6, rejected: 1, unsent: 1 });
    for (const { rows } of requests) expect(rows.length).toBeLessThanOrEqual(6);
  });

  it('is not counted against the limit again', async () => {
    const { finish, checkpoint } = scene(20, 8, { limit: 10, answer: against(3) });
    expect(await finish()).toBeNull();
    expect(await checkpoint.balance()).toMatchObject({ accepted: 9, rejected: 1, unsent: 10 });
  });

  it('keeps the next message to the same number behind it', async () => {
    const to = '8613900000000';
    const messages = [...span(2, 8).map((row) => aMessage(row)), aMessage(9, { to }), aMessage(10, { to })];
    const { finish, requests } = aRun({
      messages,
      batches: { ...together(8), fits: (batch, next) => batch.every((each) => each.to !== next.to) },
      pairMs: 6_000,
      concurrency: 4,
      answer: against(2),
    });
    expect(await finish()).toBeNull();
    const first = requests.findLast(({ rows }) => rows.includes(9))?.at ?? 0;
    const second = requests.find(({ rows }) => rows.includes(10))?.at ?? 0;
    expect(second - first).toBeGreaterThanOrEqual(6_000);
  });

  it('stays in line when the run is stopped in the middle, and goes in the next one', async () => {
    const options: SceneOptions = { messages: someMessages(20), batches: together(16), concurrency: 1 };
    const first = aRun({
      ...options,
      answer: ({ row }, time) => {
        if (row === 2 && time === 2) first.run.stop({ kind: 'interrupted' }, 5_000);
        return against(5)(aMessage(row));
      },
    });
    expect(await first.finish()).toEqual({ kind: 'interrupted' });
    expect(await first.checkpoint.balance()).toMatchObject({ accepted: 0, rejected: 0, unknown: 0, unsent: 20 });
    const second = aRun({ ...options, goesOnFrom: first, answer: against(5) });
    expect(await second.finish()).toBeNull();
    expect(await second.checkpoint.balance()).toMatchObject({ accepted: 19, rejected: 1, unsent: 0 });
  });
});

describe('whoever is to blame', () => {
  const story = fc.record({
    rows: fc.integer({ min: 1, max: 80 }),
    most: fc.integer({ min: 1, max: 20 }),
    concurrency: fc.integer({ min: 1, max: 8 }),
    latencyMs: fc.integer({ min: 0, max: 300 }),
    diskMs: fc.integer({ min: 0, max: 60 }),
    culprits: fc.uniqueArray(fc.integer({ min: 2, max: 81 }), { maxLength: 12 }),
    /** What requests meet in turn, before anybody is looked at. */
    weather: fc.array(
      fc.constantFrom<Outcome | null>(null, null, null, null, throttled(), unreachable, unknown, rejected('account')),
      { maxLength: 30 },
    ),
    stopsAtMs: fc.array(fc.integer({ min: 0, max: 1_500 }), { maxLength: 4 }),
    graceMs: fc.integer({ min: 0, max: 500 }),
    dailyCap: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
  });

  it('alone ends refused, everybody else gets one message, and nobody is lost', async () => {
    await fc.assert(
      fc.asyncProperty(story, async ({ rows, most, culprits, weather, stopsAtMs, graceMs, dailyCap, ...pace }) => {
        const taken = new Set<number>();
        const again: number[] = [];
        const sizes: number[] = [];
        let asked = 0;
        const options: SceneOptions = {
          ...pace,
          ...(dailyCap === undefined ? {} : { dailyCap }),
          messages: someMessages(rows),
          batches: together(most),
        };
        const openScene = (before?: ReturnType<typeof aRun>): ReturnType<typeof aRun> => {
          const opened = aRun({
            ...options,
            ...(before === undefined ? {} : { goesOnFrom: before }),
            send: async (batch) => {
              await new Promise<void>((resolve) => {
                opened.clock.schedule(pace.latencyMs, resolve);
              });
              sizes.push(batch.length);
              const met = weather[asked] ?? null;
              asked += 1;
              if (met !== null) return batch.map(() => met);
              if (batch.some(({ row }) => culprits.includes(row))) return batch.map(() => rejected());
              for (const { row } of batch) {
                if (taken.has(row)) again.push(row);
                taken.add(row);
              }
              return batch.map(() => accepted);
            },
          });
          return opened;
        };
        let current = openScene();
        const { clock, checkpoint } = current;
        for (let execution = 0; ; execution += 1) {
          const { run } = current;
          const before = await checkpoint.balance();
          const stopAtMs = stopsAtMs[execution];
          if (stopAtMs !== undefined) clock.schedule(stopAtMs, () => run.stop({ kind: 'interrupted' }, graceMs));
          const reason = await clock.outlast(run.execute());
          const balance = await checkpoint.balance();
          expect(isBalanced(balance)).toBe(true);
          expect(run.progress()).toMatchObject({
            accepted: balance.accepted - before.accepted,
            rejected: balance.rejected - before.rejected,
            unknown: balance.unknown - before.unknown,
            inFlight: 0,
          });
          if (reason === null) break;
          if (reason.kind === 'dailyCap') await clock.advance(Math.max(0, reason.goesOnAt - clock.now()) + 1);
          current = openScene(current);
        }
        expect(again).toEqual([]);
        expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(most);
        for (let row = 2; row < rows + 2; row += 1) {
          const state = checkpoint.stateOf(row);
          // Unknown is also what had no answer when a grace ran out, whatever the service made of it.
          if (state !== 'unknown')
            expect([row, state]).toEqual([row, culprits.includes(row) ? 'rejected' : 'accepted']);
          if (state === 'accepted') expect(taken.has(row)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
