/** Measures arrivals exactly: how many in all, the first, the last, and the most in any sliding second. */
export class ArrivalMeter {
  /** The arrivals of the last second, oldest first, in a ring that doubles when it is full. */
  #ring = new Float64Array(1024);
  #oldest = 0;
  #held = 0;
  #count = 0;
  #worstSecond = 0;
  #firstMs: number | null = null;
  #lastMs: number | null = null;

  /** Notes one arrival. Times must not go backwards. */
  add(atMs: number): void {
    while (this.#held > 0 && atMs - (this.#ring[this.#oldest] ?? 0) >= 1000) {
      this.#oldest = (this.#oldest + 1) % this.#ring.length;
      this.#held--;
    }
    if (this.#held === this.#ring.length) this.#double();
    this.#ring[(this.#oldest + this.#held) % this.#ring.length] = atMs;
    this.#held++;
    this.#count++;
    this.#worstSecond = Math.max(this.#worstSecond, this.#held);
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

  get firstMs(): number | null {
    return this.#firstMs;
  }

  get lastMs(): number | null {
    return this.#lastMs;
  }

  #double(): void {
    const larger = new Float64Array(this.#ring.length * 2);
    larger.set(this.#ring.subarray(this.#oldest));
    larger.set(this.#ring.subarray(0, this.#oldest), this.#ring.length - this.#oldest);
    this.#ring = larger;
    this.#oldest = 0;
  }
}
