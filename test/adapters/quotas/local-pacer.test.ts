import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createPacer } from '../../../src/adapters/quotas/local-pacer.ts';
import { systemClock } from '../../../src/cli/system-clock.ts';
import type { Quota } from '../../../src/domain/quota.ts';
import { quotaContract } from '../../contracts/quota-contract.ts';
import { type FakeClock, fakeClock } from '../../support/fake-clock.ts';

quotaContract('the local pacer', async (limit, clock) => ({
  quota: createPacer({ limit, clock }),
  [Symbol.asyncDispose]: async () => {},
}));

const never = new AbortController().signal;

/** Asks for so many departures and notes when they left; every request is answered after `latencyMs`. */
function depart(quota: Quota, clock: FakeClock, requests: number, latencyMs: number): number[] {
  const departures: number[] = [];
  for (let request = 0; request < requests; request += 1) {
    quota.depart(() => {
      departures.push(clock.monotonic());
      return new Promise<void>((resolve) => clock.schedule(latencyMs, resolve));
    }, never);
  }
  return departures;
}

describe('the local pacer', () => {
  it('spreads departures over the window', async () => {
    const clock = fakeClock();
    const quota = createPacer({ limit: { count: 10, perMs: 1_000 }, clock, guardMs: 0 });
    const departures = depart(quota, clock, 10, 0);
    await clock.advance(1_000);
    expect(departures).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900]);
  });

  it('waits for the guard beyond the window', async () => {
    const clock = fakeClock();
    const quota = createPacer({ limit: { count: 1, perMs: 1_000 }, clock, guardMs: 5 });
    const departures = depart(quota, clock, 3, 0);
    await clock.advance(3_000);
    expect(departures).toEqual([0, 1_005, 2_010]);
  });

  it.each([
    ['makes up for a hold-up by a quicker pace, and never by a burst', { catchUpMs: 500, made: 100 }],
    ['makes up for no more of a hold-up than it is told', { catchUpMs: 30, made: 93 }],
  ])('%s', async (_name, { catchUpMs, made }) => {
    const clock = fakeClock();
    const quota = createPacer({ limit: { count: 100, perMs: 1_000 }, clock, guardMs: 0, catchUpMs });
    const departures = depart(quota, clock, 200, 0);
    await clock.advance(100);
    clock.stall(100);
    await clock.advance(800);
    expect(Math.abs(departures.length - made)).toBeLessThanOrEqual(2);
    const atOnce = departures.filter((at) => departures.filter((other) => other === at).length > 3);
    expect(atOnce).toEqual([]);
  });

  it('leaves the event loop a turn after every four departures', async () => {
    const clock = fakeClock();
    const quota = createPacer({ limit: { count: 10_000, perMs: 1_000 }, clock });
    // A pause long enough for a few to be due together.
    await clock.advance(1_000);
    const departures = depart(quota, clock, 50, 0);
    expect(departures).toHaveLength(4);
    await clock.advance(0);
    expect(departures).toHaveLength(50);
  });

  it('counts a request from its answer when it needs a connection of its own', async () => {
    const clock = fakeClock();
    const quota = createPacer({ limit: { count: 2, perMs: 1_000 }, clock, guardMs: 0 });
    await clock.advance(1_000);
    const departures = depart(quota, clock, 4, 300);
    await clock.advance(3_000);
    expect(departures).toEqual([1_000, 1_000, 2_300, 2_300]);
  });

  it('lets the others be counted from their departure while one waits for its answer', async () => {
    const clock = fakeClock();
    const quota = createPacer({ limit: { count: 4, perMs: 1_000 }, clock, guardMs: 0 });
    // Two connections are open from here on.
    depart(quota, clock, 2, 300);
    await clock.advance(3_000);
    const departures: number[] = [];
    for (const latencyMs of [900, 900, 900, 1, 1, 1, 1, 1]) {
      quota.depart(() => {
        departures.push(clock.monotonic());
        return new Promise<void>((resolve) => clock.schedule(latencyMs, resolve));
      }, never);
    }
    await clock.advance(5_000);
    // The third is answered at 4,150 and counts from then; the fourth, answered at 3,501, makes room before it.
    expect(departures).toEqual([3_000, 3_000, 3_250, 3_500, 4_000, 4_000, 4_501, 5_000]);
  });

  it('counts a request from the end of the turn it was called in, since it may have been held up until then', async () => {
    const clock = fakeClock();
    const quota = createPacer({ limit: { count: 1, perMs: 1_000 }, clock, guardMs: 0 });
    const departures: number[] = [];
    for (const holdUpMs of [0, 30, 0]) {
      quota.depart(async () => {
        departures.push(clock.monotonic());
        await undefined;
        clock.stall(holdUpMs);
      }, never);
    }
    await clock.advance(5_000);
    expect(departures).toEqual([0, 1_000, 2_030]);
  });

  it('counts a request over a used connection from its departure', async () => {
    const clock = fakeClock();
    const quota = createPacer({ limit: { count: 1, perMs: 1_000 }, clock, guardMs: 0 });
    const departures = depart(quota, clock, 4, 300);
    await clock.advance(5_000);
    expect(departures).toEqual([0, 1_300, 2_300, 3_300]);
  });

  it('does not wait longer than a second for the answer of a request over a new connection', async () => {
    const clock = fakeClock();
    const quota = createPacer({ limit: { count: 1, perMs: 1_000 }, clock, guardMs: 0 });
    const departures = depart(quota, clock, 2, 60_000);
    await clock.advance(10_000);
    expect(departures).toEqual([0, 2_000]);
  });

  it('takes every connection to be new again after a long pause', async () => {
    const clock = fakeClock();
    const quota = createPacer({ limit: { count: 1, perMs: 1_000 }, clock, guardMs: 0 });
    depart(quota, clock, 1, 300);
    await clock.advance(60_000);
    const departures = depart(quota, clock, 3, 300);
    await clock.advance(5_000);
    expect(departures).toEqual([60_000, 61_300, 62_300]);
  });

  it('takes the push-backs of one burst for one', async () => {
    const clock = fakeClock();
    const quota = createPacer({ limit: { count: 80, perMs: 1_000 }, clock });
    for (let answer = 0; answer < 20; answer += 1) quota.yield(null);
    expect(quota.currentPerSecond()).toBe(40);
    await clock.advance(1_000);
    quota.yield(null);
    expect(quota.currentPerSecond()).toBe(20);
  });

  it('wins back a tenth of the limit in a second, however many are accepted in it', async () => {
    const clock = fakeClock();
    const quota = createPacer({ limit: { count: 80, perMs: 1_000 }, clock });
    quota.yield(null);
    for (let tenth = 0; tenth < 10; tenth += 1) {
      await clock.advance(100);
      for (let answer = 0; answer < 20; answer += 1) quota.recover();
    }
    expect(quota.currentPerSecond()).toBeCloseTo(48, 6);
  });

  it('holds its limit on the real clock', async () => {
    const limit = { count: 20, perMs: 100 };
    const quota = createPacer({ limit, clock: systemClock });
    const departures: number[] = [];
    await Promise.all(
      Array.from({ length: 60 }, () =>
        quota.depart(async () => {
          departures.push(performance.now());
          await sleep(1);
        }, never),
      ),
    );
    expect(departures).toHaveLength(60);
    for (const [index, at] of departures.entries()) {
      const before = departures[index - limit.count] ?? Number.NEGATIVE_INFINITY;
      expect(at - before).toBeGreaterThanOrEqual(limit.perMs);
    }
  });
});
