/** Messages to one number, kept apart by a run while everybody else goes on. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/domain/message.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { whatsappPairMs } from '../../src/domain/pair-rate.ts';
import { createPairSpacing } from '../../src/run/pair-spacing.ts';
import { createRowFeed } from '../../src/run/row-feed.ts';
import { aMessage } from '../support/a-message.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { accepted, rejected, throttled, unknown, unreachable } from '../support/outcomes.ts';
import { aRun, type Scene, type SceneOptions } from './run-scene.ts';

const pairMs = whatsappPairMs;
const latencyMs = 80;
const ann = '8613900000001';
const bob = '8613900000002';

/** Rows from 2 on; those that are named share an address. */
function listOf(count: number, shared: Readonly<Record<number, string>>): readonly Message[] {
  return Array.from({ length: count }, (_, index) => {
    const row = index + 2;
    const to = shared[row];
    return aMessage(row, to === undefined ? {} : { to });
  });
}

function spaced(options: SceneOptions): Scene {
  return aRun({ pairMs, latencyMs, ...options });
}

/** When each row left, in milliseconds. */
function departures({ requests }: Scene): ReadonlyMap<number, number> {
  return new Map(requests.flatMap(({ rows, at }) => rows.map((row) => [row, at] as const)));
}

describe('messages to one number', () => {
  it('leave 6 s after the answer to the one before, while all others go on in list order at the full rate', async () => {
    const messages = listOf(300, { 2: ann, 3: ann, 150: ann });
    const rate = { count: 100, perMs: 1_000 };
    const scene = spaced({ messages, rate });
    expect(await scene.finish()).toBeNull();
    const at = departures(scene);
    const [first = 0, second = 0, third = 0] = [2, 3, 150].map((row) => at.get(row));
    expect([second - first, third - second].map((gap) => gap - pairMs - latencyMs)).toEqual([
      expect.toSatisfy((late: number) => late >= 0 && late < 50),
      expect.toSatisfy((late: number) => late >= 0 && late < 50),
    ]);
    const others = scene.sentRows().filter((row) => ![2, 3, 150].includes(row));
    expect(others).toEqual(messages.map(({ row }) => row).filter((row) => ![2, 3, 150].includes(row)));
    expect(Math.max(...others.map((row) => at.get(row) ?? 0))).toBeLessThan(3_300);
    expect(await scene.checkpoint.balance()).toMatchObject({ accepted: 300, unsent: 0 });
  });

  it('leave strictly one after the other with one request at a time, everybody else first', async () => {
    const scene = spaced({ messages: listOf(5, { 2: ann, 3: ann, 5: ann }), concurrency: 1 });
    expect(await scene.finish()).toBeNull();
    expect(scene.sentRows()).toEqual([2, 4, 6, 3, 5]);
    expect(Math.max(...scene.requests.map(({ underWay }) => underWay))).toBe(1);
  });

  it('wait without an attempt on record', async () => {
    const scene = spaced({ messages: listOf(4, { 2: ann, 5: ann }) });
    const ended = scene.run.execute();
    await scene.clock.advance(pairMs / 2);
    expect([scene.checkpoint.stateOf(5), scene.checkpoint.attemptsOf(5)]).toEqual(['pending', 0]);
    expect(await scene.checkpoint.balance()).toMatchObject({ accepted: 3, unsent: 1 });
    expect(await scene.clock.outlast(ended)).toBeNull();
    expect(await scene.checkpoint.balance()).toMatchObject({ accepted: 4, unsent: 0 });
  });

  it('make no run wait that is stopped, and stay in line', async () => {
    const scene = spaced({ messages: listOf(4, { 2: ann, 5: ann }), maxDurationMs: 1_000 });
    expect(await scene.finish()).toEqual({ kind: 'duration', afterMs: 1_000 });
    expect(scene.clock.monotonic()).toBe(1_000);
    expect(await scene.checkpoint.balance()).toMatchObject({ accepted: 3, unsent: 1 });
  });

  it('stop the run for the daily cap at once where nothing else is left', async () => {
    const scene = spaced({ messages: listOf(4, { 2: ann, 5: ann }), dailyCap: 3 });
    expect(await scene.finish()).toMatchObject({ kind: 'dailyCap', cap: 3, left: 1 });
    expect(scene.clock.monotonic()).toBeLessThan(1_000);
  });

  it('are waited for where a run goes on that had just handed one over', async () => {
    const messages = listOf(4, { 2: ann, 5: ann });
    const first = spaced({ messages, limit: 2 });
    await first.finish();
    const handedOverAt = first.clock.monotonic();
    await first.clock.advance(2_000);
    const next = spaced({ goesOnFrom: first });
    expect(await next.finish()).toBeNull();
    const at = departures(next);
    expect(at.get(4)).toBeLessThan(handedOverAt + 2_100);
    expect((at.get(5) ?? 0) - (departures(first).get(2) ?? 0)).toBeGreaterThanOrEqual(pairMs + latencyMs);
    expect((at.get(5) ?? 0) - handedOverAt).toBeLessThan(pairMs + 50);
  });

  it('are not waited for once the last of an earlier run is long past', async () => {
    const first = spaced({ messages: listOf(4, { 2: ann, 5: ann }), limit: 3 });
    await first.finish();
    await first.clock.advance(pairMs);
    const resumedAt = first.clock.monotonic();
    const next = spaced({ goesOnFrom: first });
    await next.finish();
    expect((departures(next).get(5) ?? 0) - resumedAt).toBeLessThan(100);
  });

  it('wait for all of the 6 s, and no longer, where the clock was set back after an earlier run', async () => {
    const clock = fakeClock();
    const spacing = createPairSpacing(pairMs, clock);
    spacing.remember(ann, -86_400_000);
    expect(spacing.admit(aMessage(2, { to: ann }))).toBe(false);
    expect(spacing.waitMs()).toBe(pairMs);
  });

  it('need no wait after one that was turned away before it went out', async () => {
    const answer = ({ row }: Message, time: number) => (row === 2 && time === 1 ? throttled(100) : accepted);
    const scene = spaced({ messages: listOf(3, { 2: ann, 3: ann }), answer });
    expect(await scene.finish()).toBeNull();
    expect(scene.sentRows().filter((row) => row !== 4)).toEqual([2, 2, 3]);
    expect(scene.requests.filter(({ rows }) => rows[0] === 2)[1]?.at).toBeLessThan(1_000);
  });

  it('wait for the fallback of one that was refused, which itself goes at once', async () => {
    const { content } = aMessage(2);
    const messages = listOf(2, { 2: ann, 3: ann }).map((each) =>
      each.row === 2 && content.kind === 'template' ? { ...each, fallback: content } : each,
    );
    const scene = spaced({
      messages,
      fallbackOn: ['131047'],
      answer: ({ row }, time) => (row === 2 && time === 1 ? rejected('row', '131047') : accepted),
    });
    expect(await scene.finish()).toBeNull();
    expect(scene.sentRows()).toEqual([2, 2, 3]);
    const [, fallback = 0, other = 0] = scene.requests.map(({ at }) => at);
    expect(fallback).toBeLessThan(1_000);
    expect(other - fallback).toBeGreaterThanOrEqual(pairMs + latencyMs);
  });

  it('wait for one that gets no answer, and leave 6 s after it was given up', async () => {
    const scene = spaced({
      messages: listOf(2, { 2: ann, 3: ann }),
      send: async ([message]) => {
        await new Promise<void>((resolve) => {
          scene.clock.schedule(message?.row === 2 ? 10_000 : latencyMs, resolve);
        });
        return [message?.row === 2 ? unknown : accepted];
      },
    });
    expect(await scene.finish()).toBeNull();
    const at = departures(scene);
    expect((at.get(3) ?? 0) - (at.get(2) ?? 0)).toBeGreaterThanOrEqual(16_000);
    expect(await scene.checkpoint.balance()).toMatchObject({ accepted: 1, unknown: 1 });
  });

  it('never come closer than 6 s, and none is lost, whatever the list and the answers', async () => {
    const answers: readonly Outcome[] = [accepted, rejected(), unknown, throttled(), throttled(700), unreachable];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 30 }),
        fc.array(fc.nat(answers.length - 1), { maxLength: 30 }),
        fc.record({ concurrency: fc.integer({ min: 1, max: 9 }), latencyMs: fc.integer({ min: 1, max: 3_000 }) }),
        async (people, turns, { concurrency, latencyMs: slow }) => {
          const messages = people.map((person, index) => aMessage(index + 2, { to: `861390000000${person}` }));
          const ends: { readonly to: string; readonly at: number; readonly gone: boolean }[] = [];
          let turn = 0;
          const scene: Scene = spaced({
            messages,
            concurrency,
            latencyMs: slow,
            answer({ to }) {
              const outcome = answers[turns[turn] ?? 0] ?? accepted;
              turn += 1;
              const gone = outcome.kind !== 'throttled' && outcome.kind !== 'unreachable';
              ends.push({ to, at: scene.clock.monotonic(), gone });
              return outcome;
            },
          });
          expect(await scene.finish()).toBeNull();
          for (const { rows, at } of scene.requests) {
            const to = messages.find(({ row }) => row === rows[0])?.to;
            const tooClose = ends.filter((end) => end.to === to && end.gone && end.at <= at && at < end.at + pairMs);
            expect(tooClose).toEqual([]);
          }
          const balance = await scene.checkpoint.balance();
          expect([balance.unsent, balance.accepted + balance.rejected + balance.unknown]).toEqual([0, people.length]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('what is held', () => {
  const endless = (to: (row: number) => string) => ({
    pending: async (afterRow: number, limit: number) =>
      Array.from({ length: limit }, (_, index) => aMessage(afterRow + index + 1, { to: to(afterRow + index + 1) })),
  });

  it('is bounded: a list of one number is read no faster than it goes', async () => {
    const clock = fakeClock();
    const spacing = createPairSpacing(pairMs, clock);
    let lastRead = 0;
    const { pending } = endless(() => ann);
    const feed = createRowFeed({
      checkpoint: {
        pending(afterRow, limit) {
          lastRead = afterRow + limit;
          return pending(afterRow, limit);
        },
      },
      channel: 'whatsapp',
      limit: null,
      only: null,
      spacing,
    });
    const rows: number[] = [];
    for (let turn = 0; turn < 20; turn += 1) {
      const message = await feed.next();
      if (message === null) throw new Error('nothing came');
      rows.push(message.row);
      expect(await feed.next()).toBeNull();
      spacing.left(message);
      expect(spacing.waitMs()).toBe(pairMs);
      await clock.advance(pairMs);
    }
    expect(rows).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(lastRead).toBeLessThanOrEqual(6_000);
  });

  it('comes in list order, one a number', async () => {
    const clock = fakeClock();
    const spacing = createPairSpacing(pairMs, clock);
    const numbers = [ann, bob, bob, ann, ann];
    const feed = createRowFeed({
      checkpoint: {
        pending: async (afterRow) => (afterRow > 0 ? [] : numbers.map((to, index) => aMessage(index + 2, { to }))),
      },
      channel: 'whatsapp',
      limit: null,
      only: null,
      spacing,
    });
    async function ready(): Promise<readonly number[]> {
      const rows: number[] = [];
      for (let message = await feed.next(); message !== null; message = await feed.next()) {
        rows.push(message.row);
        spacing.left(message);
      }
      return rows;
    }
    const turns = [await ready()];
    for (let turn = 0; turn < 3; turn += 1) {
      await clock.advance(pairMs);
      turns.push(await ready());
    }
    expect(turns).toEqual([[2, 3], [4, 5], [6], []]);
    expect(spacing.waitMs()).toBeNull();
  });
});
