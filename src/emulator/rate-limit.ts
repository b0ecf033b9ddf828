/** The service's flow control for one operation: so many requests in every sliding window, and no burst beside it. */
export class RateLimit {
  readonly #windowMs: number;
  /** Arrival times of the last requests let through; the next slot holds the oldest of them. */
  readonly #admitted: Float64Array;
  #next = 0;

  constructor(count: number, windowMs: number) {
    this.#windowMs = windowMs;
    this.#admitted = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  }

  /** Whether a request that arrived at `atMs` is let through. Times must not go backwards. Refused ones do not count. */
  take(atMs: number): boolean {
    const oldest = this.#admitted[this.#next] ?? Number.NEGATIVE_INFINITY;
    if (atMs - oldest < this.#windowMs) return false;
    this.#admitted[this.#next] = atMs;
    this.#next = (this.#next + 1) % this.#admitted.length;
    return true;
  }
}
