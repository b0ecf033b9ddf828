/**
 * Since when the emulator's own thread may have been held up, by a collection or by another program on the machine. What
 * arrives meanwhile is seen all at once when the thread goes on, closer together than it came; a beat every millisecond shows
 * how far back it may have come.
 */
import type { EmulatorClock } from './emulator-clock.ts';

const beatMs = 1;
/** Nothing beats where nothing arrives. */
const idleMs = 1_000;

export class HoldUps {
  readonly #clock: EmulatorClock;
  #lastArrivalMs = Number.NEGATIVE_INFINITY;
  /** The last two beats: what is seen now may have come since the first of them. Null: nothing beats. */
  #beats: readonly [number, number] | null = null;

  constructor(clock: EmulatorClock) {
    this.#clock = clock;
  }

  /** How long ago something that is seen now may have arrived at most, in milliseconds. */
  mostMs(): number {
    const now = this.#clock.monotonic();
    this.#lastArrivalMs = now;
    if (this.#beats === null) {
      this.#beats = [now, now];
      this.#beatAgain();
    }
    return now - this.#beats[0];
  }

  #beatAgain(): void {
    this.#clock.schedule(beatMs, () => {
      const now = this.#clock.monotonic();
      const last = this.#beats?.[1] ?? now;
      const isIdle = now - this.#lastArrivalMs >= idleMs;
      this.#beats = isIdle ? null : [last, now];
      if (!isIdle) this.#beatAgain();
    });
  }
}
