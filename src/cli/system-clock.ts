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
    // Timers count from the last whole millisecond, so one may fire early by a part of one: the rest is waited for.
    const ring = () => {
      const leftMs = due - performance.now();
      if (leftMs > 0) timer = setTimeout(ring, Math.ceil(leftMs));
      else callback();
    };
    let timer = setTimeout(ring, Math.ceil(ms));
    return () => clearTimeout(timer);
  },
};
