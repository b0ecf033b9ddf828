/** A clock that stands still until it is moved. Callbacks run in the order they are due. */
import type { Clock } from '../../src/domain/clock.ts';

export interface FakeClock extends Clock {
  /** Moves time on, running what becomes due and letting promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Time passes while this process stands still: what becomes due runs late, with the next move. */
  stall(ms: number): void;
  /** Moves time on from one due callback to the next until the promise settles. Throws where nothing is left to wait for. */
  outlast<T>(promise: Promise<T>): Promise<T>;
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

  /** Whether anything was due. */
  async function runNext(until: number): Promise<boolean> {
    const id = nextDue(until);
    const timer = id === undefined ? undefined : timers.get(id);
    if (id === undefined || timer === undefined) return false;
    timers.delete(id);
    elapsed = Math.max(elapsed, timer.at);
    timer.callback();
    await settle();
    return true;
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
      while (await runNext(until)) {
        // Each pass runs one callback.
      }
      elapsed = Math.max(elapsed, until);
    },
    stall(ms) {
      elapsed += ms;
    },
    async outlast(promise) {
      let settled = false;
      const note = () => {
        settled = true;
      };
      promise.then(note, note);
      await settle();
      while (!settled) {
        if (!(await runNext(Number.MAX_VALUE))) throw new Error('the promise waits for something that never comes');
      }
      return promise;
    },
  };
}

/** Lets promise chains of any reasonable depth run to their end. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
