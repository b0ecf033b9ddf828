/** The real clock. */
import type { Clock } from '../domain/clock.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  schedule(ms, callback) {
    if (ms <= 0) {
      const immediate = setImmediate(callback);
      return () => clearImmediate(immediate);
    }
    const due = performance.now() + ms;
    const ring = () => {
      const leftMs = due - performance.now();
      if (leftMs <= finestTimerMs) {
        sleepUntil(due);
        callback();
      } else {
        timer = setTimeout(ring, Math.floor(leftMs));
      }
    };
    let timer = setTimeout(ring, Math.floor(ms));
    return () => clearTimeout(timer);
  },
};

/** Timers count whole milliseconds, from the last whole one. */
const finestTimerMs = 1;
const nobodyWakes = new Int32Array(new SharedArrayBuffer(4));

/** For the part of a millisecond that no timer can wait for: asleep, since a loop would keep a processor busy. */
function sleepUntil(due: number): void {
  for (let leftMs = due - performance.now(); leftMs > 0; leftMs = due - performance.now()) {
    Atomics.wait(nobodyWakes, 0, 0, leftMs);
  }
}
