/** Contract: time. Two clocks, because a wall clock may jump and a duration must not. */
export interface Clock {
  /** Milliseconds since 1970, for what is written down. */
  now(): number;
  /** Milliseconds from an arbitrary start, with fractions, never backwards: for durations and pacing. */
  monotonic(): number;
  /** Calls back once, not before `ms` have passed. The answer cancels it. `ms` <= 0 means the next turn of the event loop. */
  schedule(ms: number, callback: () => void): () => void;
}
