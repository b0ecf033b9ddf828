/** What every `Quota` promises, whoever shares it. Written for a clock that the test moves. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Quota, Rate } from '../../src/domain/quota.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';

export interface OpenedQuota extends AsyncDisposable {
  readonly quota: Quota;
}

const rates: readonly (readonly [string, Rate])[] = [
  ['250/s', { count: 250, perMs: 1_000 }],
  ['7/s', { count: 7, perMs: 1_000 }],
  ['1/s', { count: 1, perMs: 1_000 }],
  ['60/m', { count: 60, perMs: 60_000 }],
];
const never = new AbortController().signal;

export function quotaContract(name: string, open: (limit: Rate, clock: FakeClock) => Promise<OpenedQuota>): void {
  /** A quota with a note of every departure. */
  async function setUp(limit: Rate) {
    const clock = fakeClock();
    const { quota, [Symbol.asyncDispose]: dispose } = await open(limit, clock);
    const departures: number[] = [];
    /** Asks for departures whose requests are answered after `latencyMs`, and for another as each one is answered. */
    const demand = (requests: number, latencyMs: number, again = false) => {
      for (let request = 0; request < requests; request += 1) {
        const start = () => {
          departures.push(clock.monotonic());
          return new Promise<void>((resolve) => clock.schedule(latencyMs, resolve));
        };
        const answered = quota.depart(start, never).then(({ answer }) => answer);
        if (again) answered.then(() => demand(1, latencyMs, true));
      }
    };
    return { clock, quota, departures, demand, [Symbol.asyncDispose]: () => dispose() };
  }

  describe(`${name} as a quota`, () => {
    it.each(rates)('lets no more leave than %s in any sliding window, whatever happens', async (_name, limit) => {
      await fc.assert(
        fc.asyncProperty(fc.array(event(limit), { minLength: 1, maxLength: 12 }), async (events) => {
          await using opened = await setUp(limit);
          const { clock, quota, departures, demand } = opened;
          for (const { kind, amount } of events) {
            if (kind === 'ask') demand(amount, amount % 300);
            if (kind === 'wait') await clock.advance(amount);
            if (kind === 'stall') clock.stall(amount);
            if (kind === 'push back') quota.yield(amount % 2 === 0 ? null : amount);
            if (kind === 'accept') quota.recover();
            if (kind === 'give up') {
              const leaving = AbortSignal.abort();
              await expect(quota.depart(async () => {}, leaving)).rejects.toBe(leaving.reason);
            }
          }
          await clock.advance(2 * limit.perMs);
          expect(crowdedWindows(departures, limit)).toEqual([]);
        }),
        { numRuns: 25 },
      );
    });

    it.each(rates)('uses at least 99 in 100 of %s under steady demand', async (_name, limit) => {
      await using opened = await setUp(limit);
      const { clock, departures, demand } = opened;
      const windows = limit.count > 100 ? 20 : 100;
      demand(Math.max(40, 2 * limit.count * (80 / limit.perMs)), 80, true);
      await clock.advance(windows * limit.perMs);
      expect(crowdedWindows(departures, limit)).toEqual([]);
      expect(departures.length).toBeGreaterThanOrEqual(0.99 * windows * limit.count);
    });

    it('serves first come, first served', async () => {
      await using opened = await setUp({ count: 20, perMs: 1_000 });
      const { clock, quota } = opened;
      const order: number[] = [];
      const asked = Array.from({ length: 60 }, (_, index) => index);
      for (const index of asked) quota.depart(async () => order.push(index), never);
      await clock.advance(4_000);
      expect(order).toEqual(asked);
    });

    it('keeps its order where a request asks for another while it leaves', async () => {
      await using opened = await setUp({ count: 3, perMs: 1_000 });
      const { clock, quota } = opened;
      const left: [string, number][] = [];
      const depart = (request: string, then: () => void = () => {}) => {
        quota.depart(async () => {
          left.push([request, clock.monotonic()]);
          then();
        }, never);
      };
      depart('first', () => {
        for (const next of ['third', 'fourth', 'fifth']) depart(next);
      });
      depart('second');
      await clock.advance(3_000);
      expect(left.map(([request]) => request)).toEqual(['first', 'third', 'fourth', 'fifth', 'second']);
      expect(
        crowdedWindows(
          left.map(([, at]) => at),
          { count: 3, perMs: 1_000 },
        ),
      ).toEqual([]);
    });

    it('tells how long a request that is asked for now would wait', async () => {
      await using opened = await setUp({ count: 1, perMs: 1_000 });
      const { clock, quota, departures, demand } = opened;
      expect(quota.waitMs()).toBe(0);
      demand(1, 10);
      await clock.advance(400);
      const told = clock.monotonic() + quota.waitMs();
      demand(1, 10);
      await clock.advance(2_000);
      expect(departures[1]).toBeCloseTo(told, 6);
      quota.yield(7_000);
      expect(quota.waitMs()).toBeGreaterThanOrEqual(7_000);
    });

    it('resolves at the departure, with the answer still to come', async () => {
      await using opened = await setUp({ count: 1, perMs: 1_000 });
      const { clock, quota } = opened;
      const { promise, resolve } = Promise.withResolvers<string>();
      const { answer } = await clock.outlast(quota.depart(() => promise, never));
      resolve('accepted');
      expect(await answer).toBe('accepted');
    });

    it('does not start what is given up in the queue, and lets the next one have its turn', async () => {
      await using opened = await setUp({ count: 1, perMs: 1_000 });
      const { clock, quota, departures, demand } = opened;
      demand(1, 10);
      const leaving = new AbortController();
      let started = false;
      const given = quota.depart(async () => {
        started = true;
      }, leaving.signal);
      demand(1, 10);
      const reason = new Error('stopped');
      leaving.abort(reason);
      await expect(given).rejects.toBe(reason);
      await clock.advance(1_500);
      expect({ started, departures: departures.length }).toEqual({ started: false, departures: 2 });
      expect(departures[1]).toBeLessThan(1_100);
    });

    it('does not start anything for a signal that has aborted before', async () => {
      await using opened = await setUp({ count: 10, perMs: 1_000 });
      const { clock, quota } = opened;
      const aborted = AbortSignal.abort(new Error('too late'));
      let started = false;
      await expect(
        quota.depart(async () => {
          started = true;
        }, aborted),
      ).rejects.toBe(aborted.reason);
      await clock.advance(2_000);
      expect(started).toBe(false);
    });

    it('leaves a request that has left alone when its signal aborts', async () => {
      await using opened = await setUp({ count: 10, perMs: 1_000 });
      const { clock, quota } = opened;
      const leaving = new AbortController();
      const { promise, resolve } = Promise.withResolvers<string>();
      const { answer } = await clock.outlast(quota.depart(() => promise, leaving.signal));
      leaving.abort();
      resolve('accepted');
      expect(await answer).toBe('accepted');
    });

    it('rejects with what a request function throws, and counts that departure', async () => {
      await using opened = await setUp({ count: 1, perMs: 1_000 });
      const { clock, quota, departures, demand } = opened;
      const mistake = new Error('a bug');
      const refused = quota.depart(() => {
        throw mistake;
      }, never);
      demand(1, 10);
      await expect(refused).rejects.toBe(mistake);
      await clock.advance(1_500);
      expect(departures).toHaveLength(1);
      expect(departures[0]).toBeGreaterThanOrEqual(1_000);
    });

    it('hands on the answer of a request that fails', async () => {
      await using opened = await setUp({ count: 1, perMs: 1_000 });
      const { clock, quota } = opened;
      const { answer } = await clock.outlast(quota.depart(() => Promise.reject(new Error('cut')), never));
      await expect(answer).rejects.toThrow('cut');
    });

    it.each(rates)('goes at half of %s at most after a push-back', async (_name, limit) => {
      await using opened = await setUp(limit);
      const { clock, quota, departures, demand } = opened;
      expect(quota.limit).toEqual(limit);
      expect(quota.currentPerSecond()).toBe((limit.count * 1_000) / limit.perMs);
      quota.yield(null);
      expect(quota.currentPerSecond()).toBeLessThanOrEqual((limit.count * 500) / limit.perMs);
      demand(21 * limit.count, 1);
      await clock.advance(20 * limit.perMs);
      expect(departures.length).toBeLessThanOrEqual(0.5 * 20 * limit.count + Math.max(5, 0.05 * limit.count));
      expect(departures.length).toBeGreaterThanOrEqual(0.9 * 0.5 * 20 * limit.count);
    });

    it.each(rates)('climbs back to %s and not beyond while requests are accepted', async (_name, limit) => {
      await using opened = await setUp(limit);
      const { clock, quota } = opened;
      const full = quota.currentPerSecond();
      quota.yield(null);
      const seen = [quota.currentPerSecond()];
      for (let second = 0; second < 60; second += 1) {
        await clock.advance(1_000);
        quota.recover();
        seen.push(quota.currentPerSecond());
      }
      expect(seen).toEqual(seen.toSorted((one, other) => one - other));
      expect(seen.at(-1)).toBe(full);
    });

    it('never comes to a stop, however often it is pushed back', async () => {
      await using opened = await setUp({ count: 10, perMs: 1_000 });
      const { clock, quota, departures, demand } = opened;
      for (let time = 0; time < 100; time += 1) {
        quota.yield(null);
        await clock.advance(1_000);
      }
      demand(5, 10);
      await clock.advance(60_000);
      expect(departures).toHaveLength(5);
    });

    it('holds everything for as long as the service asks', async () => {
      await using opened = await setUp({ count: 100, perMs: 1_000 });
      const { clock, quota, departures, demand } = opened;
      demand(20, 10);
      await clock.advance(60);
      const before = departures.length;
      quota.yield(30_000);
      quota.yield(5_000);
      demand(20, 10);
      await clock.advance(29_990);
      expect(departures).toHaveLength(before);
      await clock.advance(2_000);
      expect(departures).toHaveLength(40);
    });
  });
}

type QuotaEvent = {
  readonly kind: 'ask' | 'wait' | 'stall' | 'push back' | 'accept' | 'give up';
  readonly amount: number;
};

/** Something that happens to a quota; amounts are requests or milliseconds. */
function event({ count, perMs }: Rate): fc.Arbitrary<QuotaEvent> {
  const kinds = fc.constantFrom<QuotaEvent['kind']>('ask', 'ask', 'wait', 'stall', 'push back', 'accept', 'give up');
  return kinds.chain((kind) => {
    const most = kind === 'ask' ? 1.5 * count + 1 : 1.2 * perMs;
    return fc.record({ kind: fc.constant(kind), amount: fc.integer({ min: 1, max: Math.ceil(most) }) });
  });
}

/** The departures that came sooner than a window after the one `count` places before. */
function crowdedWindows(departures: readonly number[], { count, perMs }: Rate): readonly number[] {
  return departures.filter((at, index) => {
    const before = departures[index - count];
    return before !== undefined && at - before < perMs;
  });
}
