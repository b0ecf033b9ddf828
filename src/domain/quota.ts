/** Contract: the pace at which requests may leave. The engine does not know whether others share it. */

/** `count` requests in any sliding window of `perMs` milliseconds. `250/s` is {250, 1000}; `60/m` is {60, 60000}. */
export interface Rate {
  readonly count: number;
  readonly perMs: number;
}

/** A request that has left. Its answer is wrapped, so that waiting for the departure does not wait for the answer. */
export interface Departure<T> {
  readonly answer: Promise<T>;
}

export interface Quota {
  readonly limit: Rate;
  /**
   * Calls `start` when the next request may leave, and resolves as soon as it has returned. First come, first served; the
   * moment `start` returns is the departure that is counted. Rejects with the signal's reason, without calling
   * `start`, when the signal aborts first. A `start` that throws rejects, and its departure still counts.
   */
  depart<T>(start: () => Promise<T>, signal: AbortSignal): Promise<Departure<T>>;
  /** The service pushed back: go slower, and hold everything for `retryAfterMs` when it named a time. */
  yield(retryAfterMs: number | null): void;
  /**
   * Milliseconds until a request could leave that is asked for now with nobody waiting before it; 0: at once. An estimate,
   * for those who prepare a request just before it leaves; only `depart` decides.
   */
  waitMs(): number;
  /** The service took a request, whatever it said of it: climb back towards the limit. */
  recover(): void;
  /** Requests per second allowed right now, at most the limit. */
  currentPerSecond(): number;
}
