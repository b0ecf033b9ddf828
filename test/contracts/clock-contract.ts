/** What every `Clock` promises. */
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/domain/clock.ts';

export interface OpenedClock {
  readonly clock: Clock;
  /** Lets at least so much time pass, running what becomes due. */
  pass(ms: number): Promise<void>;
}

export function clockContract(name: string, open: () => OpenedClock): void {
  describe(`${name} as a clock`, () => {
    it.each([0.25, 1, 2.5, 7])('calls back once, and not before %d ms have passed', async (ms) => {
      const { clock, pass } = open();
      const early: number[] = [];
      let calls = 0;
      for (let timer = 0; timer < 25; timer += 1) {
        const askedAt = clock.monotonic();
        clock.schedule(ms, () => {
          calls += 1;
          const passed = clock.monotonic() - askedAt;
          if (passed < ms) early.push(passed);
        });
        // So that the timers begin at every part of a millisecond.
        await pass(0.25);
      }
      while (calls < 25) await pass(ms);
      await pass(2 * ms);
      expect({ calls, early }).toEqual({ calls: 25, early: [] });
    });

    it.each([0, -5])('calls back in a later turn when %d ms are asked for', async (ms) => {
      const { clock, pass } = open();
      const seen: string[] = [];
      clock.schedule(ms, () => seen.push('called'));
      seen.push('asked');
      while (seen.length < 2) await pass(0);
      expect(seen).toEqual(['asked', 'called']);
    });

    it.each([0, 3])('does not call back once a wait of %d ms is cancelled', async (ms) => {
      const { clock, pass } = open();
      let calls = 0;
      const cancel = clock.schedule(ms, () => {
        calls += 1;
      });
      cancel();
      cancel();
      await pass(4 * ms + 1);
      expect(calls).toBe(0);
    });

    it('lets a callback ask for the next one', async () => {
      const { clock, pass } = open();
      const startedAt = clock.monotonic();
      let endedAt = 0;
      clock.schedule(2, () =>
        clock.schedule(3, () => {
          endedAt = clock.monotonic();
        }),
      );
      while (endedAt === 0) await pass(1);
      expect(endedAt - startedAt).toBeGreaterThanOrEqual(5);
    });

    it('counts durations without ever going back', async () => {
      const { clock, pass } = open();
      const readings: number[] = [];
      for (let reading = 0; reading < 50; reading += 1) {
        readings.push(clock.monotonic());
        await pass(0.1);
      }
      expect(readings).toEqual(readings.toSorted((one, other) => one - other));
      expect(readings.at(-1)).toBeGreaterThan(readings[0] ?? Number.NaN);
    });

    it('says the time of day in milliseconds since 1970', async () => {
      const { clock, pass } = open();
      const before = clock.now();
      await pass(5);
      expect(before).toBeGreaterThan(Date.UTC(2026, 0, 1));
      expect(clock.now()).toBeGreaterThan(before);
    });
  });
}
