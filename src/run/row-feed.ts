/**
 * The line of messages waiting to leave: what came back or was held stands at the front, the rest follows in list order, read
 * in pages.
 */
import type { Checkpoint } from '../domain/checkpoint.ts';
import type { Message } from '../domain/message.ts';
import type { PairSpacing } from './pair-spacing.ts';

const pageRows = 500;

export interface RowFeed {
  /** The next message that may leave, or null when there is none now (one may still come back, or be held). */
  next(): Promise<Message | null>;
  /** Takes messages back that did not leave or were turned away; they go before everything else, in list order. */
  putBack(messages: readonly Message[]): void;
}

export interface RowFeedOptions {
  readonly checkpoint: Pick<Checkpoint, 'pending'>;
  /** Hand out at most this many different messages; null: all. What comes back is not counted again. */
  readonly limit: number | null;
  /** Only messages to this address; null: to all. */
  readonly only: string | null;
  /** Holds what may not leave yet. Whoever takes a message from the line tells it when that one has left. */
  readonly spacing: PairSpacing;
}

export function createRowFeed({ checkpoint, limit, only, spacing }: RowFeedOptions): RowFeed {
  let back: readonly Message[] = [];
  let backPosition = 0;
  let page: readonly Message[] = [];
  let position = 0;
  let afterRow = 0;
  let atEnd = false;
  let left = limit ?? Number.POSITIVE_INFINITY;

  async function nextOfList(): Promise<Message | null> {
    if (left === 0) return null;
    if (position === page.length && !atEnd) {
      page = await checkpoint.pending(afterRow, pageRows, only);
      position = 0;
      atEnd = page.length < pageRows;
      afterRow = page.at(-1)?.row ?? afterRow;
    }
    const message = page[position];
    if (message === undefined) return null;
    position += 1;
    left -= 1;
    return message;
  }

  function comeBack(messages: readonly Message[]): void {
    if (messages.length === 0) return;
    back = [...back.slice(backPosition), ...messages].sort((one, other) => one.row - other.row);
    backPosition = 0;
  }

  function nextOfBack(): Message | undefined {
    const message = back[backPosition];
    if (message !== undefined) backPosition += 1;
    return message;
  }

  return {
    async next() {
      for (;;) {
        comeBack(spacing.released());
        const message = nextOfBack() ?? (spacing.isFull() ? null : await nextOfList());
        if (message === null || spacing.admit(message)) return message;
      }
    },
    putBack(messages) {
      messages.forEach(spacing.giveBack);
      comeBack(messages);
    },
  };
}
