/**
 * The line of messages waiting to leave: what came back or was held stands at the front, the rest follows in list order, read
 * in pages.
 */
import type { Checkpoint } from '../domain/checkpoint.ts';
import type { Channel, Message } from '../domain/message.ts';
import type { PairSpacing } from './pair-spacing.ts';

const pageRows = 500;

export interface RowFeed {
  /** The next message that may leave, or null when there is none now (one may still come back, or be held). */
  next(): Promise<Message | null>;
  /** Takes messages back that did not leave or were turned away; they go before everything else, in list order. */
  putBack(messages: readonly Message[]): void;
  /** The limit for who goes on where this one ends, with rows that have counted already; null: there is none. */
  limitLeft(beside: ReadonlySet<number>): RowLimit | null;
}

/** How many rows may go. */
export interface RowLimit {
  /** Different rows; what comes back is not counted again. */
  readonly rows: number;
  /** Rows that may go as well, since they have counted before. */
  readonly beside: ReadonlySet<number>;
}

export interface RowFeedOptions {
  readonly checkpoint: Pick<Checkpoint, 'pending'>;
  /** Only messages of this channel. */
  readonly channel: Channel;
  /** Null: all rows. */
  readonly limit: RowLimit | null;
  /** Only messages to this address; null: to all. */
  readonly only: string | null;
  /** Holds what may not leave yet. Whoever takes a message from the line tells it when that one has left. */
  readonly spacing: PairSpacing;
}

export function createRowFeed({ checkpoint, channel, limit, only, spacing }: RowFeedOptions): RowFeed {
  let back: readonly Message[] = [];
  let backPosition = 0;
  let page: readonly Message[] = [];
  let position = 0;
  let afterRow = 0;
  let atEnd = false;
  let left = limit?.rows ?? Number.POSITIVE_INFINITY;
  const beside = new Set(limit?.beside);

  async function nextOfList(): Promise<Message | null> {
    while (left > 0 || beside.size > 0) {
      if (position === page.length && !atEnd) {
        page = await checkpoint.pending(afterRow, pageRows, only, channel);
        position = 0;
        atEnd = page.length < pageRows;
        afterRow = page.at(-1)?.row ?? afterRow;
      }
      const message = page[position];
      if (message === undefined) return null;
      position += 1;
      if (beside.delete(message.row)) return message;
      if (left === 0) continue;
      left -= 1;
      return message;
    }
    return null;
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
    limitLeft: (more) => (limit === null ? null : { rows: left, beside: new Set([...beside, ...more]) }),
  };
}
