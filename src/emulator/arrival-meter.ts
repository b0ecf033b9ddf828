/** Measures arrivals exactly: how many in all, the first, the last, and the most in any sliding second. */
export class ArrivalMeter {
  /** The arrivals of the last second. */
  readonly #asSeen = new TimesOfASecond();
  /** When those may have come at the earliest that have surely come within the last second. */
  readonly #atEarliest = new TimesOfASecond();
  #earliestMs = Number.NEGATIVE_INFINITY;
  #count = 0;
  #worstSecond = 0;
  #worstSecondAtLeast = 0;
  #firstMs: number | null = null;
  #lastMs: number | null = null;

  /** Notes one arrival, and when it may have come at the earliest: not before the one before. Times must not go backwards. */
  add(atMs: number, earliestMs = atMs): void {
    this.#earliestMs = Math.max(this.#earliestMs, earliestMs);
    this.#asSeen.add(atMs, atMs);
    this.#atEarliest.add(this.#earliestMs, atMs);
    this.#count++;
    this.#worstSecond = Math.max(this.#worstSecond, this.#asSeen.held);
    this.#worstSecondAtLeast = Math.max(this.#worstSecondAtLeast, this.#atEarliest.held);
    this.#firstMs ??= atMs;
    this.#lastMs = atMs;
  }

  get count(): number {
    return this.#count;
  }

  /** The most arrivals in any window [t, t + 1 s). */
  get worstSecond(): number {
    return this.#worstSecond;
  }

  /** The same of those only that cannot have come in a longer time, however late they were seen. */
  get worstSecondAtLeast(): number {
    return this.#worstSecondAtLeast;
  }

  get firstMs(): number | null {
    return this.#firstMs;
  }

  get lastMs(): number | null {
    return this.#lastMs;
  }
}

/** Times, oldest first, in a ring that doubles when it is full. */
class TimesOfASecond {
  #ring = new Float64Array(1024);
  #oldest = 0;
  #held = 0;

  /** Drops what is a second before `nowMs`, and takes the time in. */
  add(atMs: number, nowMs: number): void {
    while (this.#held > 0 && nowMs - (this.#ring[this.#oldest] ?? 0) >= 1000) {
      this.#oldest = (this.#oldest + 1) % this.#ring.length;
      this.#held--;
    }
    if (this.#held === this.#ring.length) this.#double();
    this.#ring[(this.#oldest + this.#held) % this.#ring.length] = atMs;
    this.#held++;
  }

  get held(): number {
    return this.#held;
  }

  #double(): void {
    const larger = new Float64Array(this.#ring.length * 2);
    larger.set(this.#ring.subarray(this.#oldest));
    larger.set(this.#ring.subarray(0, this.#oldest), this.#ring.length - this.#oldest);
    this.#ring = larger;
    this.#oldest = 0;
  }
}
