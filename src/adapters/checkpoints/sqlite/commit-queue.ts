/**
 * Group commit: work handed in within the same few milliseconds becomes durable in one transaction, since an fsync
 * costs the same for one record as for fifty.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../../domain/clock.ts';
import { inTransaction } from './transaction.ts';

export interface CommitQueue {
  /** Runs `write` in the next transaction and resolves when that is on disk. `withinMs` 0 asks for the next turn. */
  add(write: () => void, withinMs: number): Promise<void>;
  /** Commits what is waiting, now. */
  flush(): void;
}

interface Waiting {
  readonly write: () => void;
  readonly resolve: () => void;
  readonly reject: (cause: unknown) => void;
}

export function createCommitQueue(db: DatabaseSync, path: string, clock: Clock): CommitQueue {
  let waiting: Waiting[] = [];
  let due = Number.POSITIVE_INFINITY;
  let cancel: (() => void) | undefined;

  function flush(): void {
    cancel?.();
    cancel = undefined;
    due = Number.POSITIVE_INFINITY;
    const group = waiting;
    waiting = [];
    if (group.length === 0) return;
    try {
      inTransaction(db, path, () => {
        for (const { write } of group) write();
      });
    } catch (cause) {
      for (const { reject } of group) reject(cause);
      return;
    }
    for (const { resolve } of group) resolve();
  }

  return {
    add(write, withinMs) {
      return new Promise((resolve, reject) => {
        waiting.push({ write, resolve, reject });
        const wanted = clock.monotonic() + withinMs;
        if (wanted >= due) return;
        cancel?.();
        due = wanted;
        cancel = clock.schedule(withinMs, flush);
      });
    },
    flush,
  };
}
