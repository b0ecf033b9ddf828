/**
 * The 24 hours after a person's last message in which anything may be sent to them, not templates alone. Source: the Type row of
 * the SendChatappMessage page. The emulator's people never wrote, so their windows are open unless it is told otherwise; one window
 * a person stands for all senders.
 */
import { chance } from './chance.ts';
import type { EmulatorClock } from './emulator-clock.ts';

/** How long a message of theirs keeps it open. */
export const windowMs = 24 * 3_600_000;

export class SessionWindows {
  readonly #closedShare: number;
  readonly #seed: number;
  readonly #clock: EmulatorClock;
  /** By address: until when it is open, in milliseconds since 1970; those that are not here are as the share says. */
  readonly #openUntil = new Map<string, number>();

  /** `closedShare` of all people have not written for longer than that; the same seed, the same people. */
  constructor(closedShare: number, seed: number, clock: EmulatorClock) {
    this.#closedShare = closedShare;
    this.#seed = seed;
    this.#clock = clock;
  }

  isOpen(to: string): boolean {
    const until = this.#openUntil.get(to);
    if (until !== undefined) return this.#clock.now() < until;
    return chance(this.#seed, `window ${to}`) >= this.#closedShare;
  }

  /** The person writes: open for 24 hours from now. Answers until when, in milliseconds since 1970. */
  hear(from: string): number {
    const until = this.#clock.now() + windowMs;
    this.#openUntil.set(from, until);
    return until;
  }

  /** Opens it for good, or closes it until the person writes. */
  set(to: string, open: boolean): void {
    this.#openUntil.set(to, open ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY);
  }
}
