/**
 * Keeps messages to one number apart: one whose number has just got another is held back, and everybody else goes on.
 * Time counts from the answer to the message before, which the service has seen by then, so that no delay on the way
 * brings two of them closer together there.
 *
 * It remembers the numbers of the last interval, and of the list at most `mostHeld` messages.
 */
import type { Clock } from '../domain/clock.ts';
import type { Message } from '../domain/message.ts';

export interface PairSpacing {
  /** Whether the message may leave. Then its number is taken until `left` or `giveBack`; otherwise the message is held. */
  admit(message: Message): boolean;
  /** An admitted message was handed over, or may have been: the next to its number waits. */
  left(message: Message): void;
  /** An admitted message was not handed over: its number is free again, and what is held for it waits for that message still. */
  giveBack(message: Message): void;
  /** A message to the number was handed over before this execution, so many milliseconds ago. To be told the oldest first. */
  remember(to: string, agoMs: number): void;
  /** Takes out the held messages whose time has come, at most one a number; they are to be admitted like any other. */
  released(): readonly Message[];
  /** So many are held that the list must wait for them. */
  isFull(): boolean;
  /** Milliseconds until time alone releases a held message; null where none is held, or only behind one that is under way. */
  waitMs(): number | null;
}

/**
 * A list that hardly has other numbers would be held as a whole; it takes its 6 seconds a message in any case, so it
 * loses nothing by being read no faster.
 */
const mostHeld = 5_000;

export function createPairSpacing(intervalMs: number, clock: Clock): PairSpacing {
  /** Numbers of messages that are under way. */
  const taken = new Set<string>();
  /** When a number is free again, on the monotonic clock; the soonest first. */
  const freeAt = new Map<string, number>();
  /** Held messages by number, in list order. */
  const held = new Map<string, Message[]>();
  let heldMessages = 0;

  function hold(message: Message): void {
    const queue = held.get(message.to) ?? [];
    queue.splice(queue.findLastIndex(({ row }) => row < message.row) + 1, 0, message);
    held.set(message.to, queue);
    heldMessages += 1;
  }

  /** The first held message to the number, taken out. */
  function unhold(to: string): readonly Message[] {
    const queue = held.get(to);
    const first = queue?.shift();
    if (first === undefined) return [];
    if (queue?.length === 0) held.delete(to);
    heldMessages -= 1;
    return [first];
  }

  function isBefore(queue: readonly Message[] | undefined, { row }: Message): boolean {
    return queue?.[0] !== undefined && queue[0].row < row;
  }

  function block(to: string, forMs: number): void {
    freeAt.delete(to);
    freeAt.set(to, clock.monotonic() + forMs);
  }

  return {
    admit(message) {
      const { to } = message;
      const free = (freeAt.get(to) ?? 0) <= clock.monotonic();
      if (taken.has(to) || !free || isBefore(held.get(to), message)) {
        hold(message);
        return false;
      }
      taken.add(to);
      return true;
    },
    left({ to }) {
      taken.delete(to);
      block(to, intervalMs);
    },
    giveBack({ to }) {
      taken.delete(to);
    },
    remember(to, agoMs) {
      // A clock that was set back in between tells of the future: then all of the interval is waited.
      const leftMs = intervalMs - Math.max(0, agoMs);
      if (leftMs > 0) block(to, leftMs);
    },
    released() {
      const now = clock.monotonic();
      const messages: Message[] = [];
      for (const [to, at] of freeAt) {
        if (at > now) break;
        freeAt.delete(to);
        messages.push(...unhold(to));
      }
      return messages;
    },
    isFull: () => heldMessages >= mostHeld,
    waitMs() {
      if (heldMessages === 0) return null;
      for (const [to, at] of freeAt) {
        if (held.has(to)) return Math.max(0, at - clock.monotonic());
      }
      return null;
    },
  };
}

/** For channels without such a limit, and where nothing leaves. */
export const unspaced: PairSpacing = {
  admit: () => true,
  left: () => {},
  giveBack: () => {},
  remember: () => {},
  released: () => [],
  isFull: () => false,
  waitMs: () => null,
};
