/** The emulator's time, handed in so that tests can stand it still. */
export interface EmulatorClock {
  /** Milliseconds since 1970: compared with the date a request was signed at, and written to the log. */
  now(): number;
  /** Milliseconds from an arbitrary start, never backwards: arrival times and the quota. */
  monotonic(): number;
  /** Calls back once after `ms`. The answer cancels it. */
  schedule(ms: number, callback: () => void): () => void;
}

export const realClock: EmulatorClock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  schedule(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
