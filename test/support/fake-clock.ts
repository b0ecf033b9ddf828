/** A clock that stands still until it is moved. Callbacks run in the order they are due. */
import type { Clock } from '../../src/domain/clock.ts';

export interface FakeClock extends Clock {
  /** Moves time on, running what becomes due and letting promises settle in between. */
  advance(ms: number): Promise<void>;
}

/** `startsAt` is milliseconds since 1970. */
export function fakeClock(startsAt = Date.UTC(2026, 10, 21)): FakeClock {
  let elapsed = 0;
  const timers = new Map<symbol, { readonly at: number; readonly callback: () => void }>();

  function nextDue(until: number): symbol | undefined {
    let due: symbol | undefined;
    let earliest = Number.POSITIVE_INFINITY;
    for (const [id, { at }] of timers) {
      if (at <= until && at < earliest) {
        due = id;
        earliest = at;
      }
    }
    return due;
  }

  return {
    now: () => startsAt + elapsed,
    monotonic: () => elapsed,
    schedule(ms, callback) {
      const id = Symbol('timer');
      timers.set(id, { at: elapsed + Math.max(0, ms), callback });
      return () => {
        timers.delete(id);
      };
    },
    async advance(ms) {
      const until = elapsed + ms;
      await settle();
      for (let id = nextDue(until); id !== undefined; id = nextDue(until)) {
        const timer = timers.get(id);
        timers.delete(id);
        if (timer === undefined) break;
        elapsed = Math.max(elapsed, timer.at);
        timer.callback();
        await settle();
      }
      elapsed = until;
    },
  };
}

/** Lets promise chains of any reasonable depth run to their end. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
