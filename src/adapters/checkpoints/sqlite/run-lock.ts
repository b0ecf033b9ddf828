/**
 * The lock of a run file: one process at a time may write it. It is an exclusive SQLite lock on a file of its own
 * beside the run file (`x.run.lock`), so the operating system drops it with the process, whatever kills that, and
 * readers of the run file are never kept out. Node has no advisory file lock of its own; SQLite's works everywhere.
 */
import { closeSync, existsSync, openSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { RunFileUnwritableError, RunLockedError } from './run-file-errors.ts';
import { asReadError, isBusy } from './sqlite-errors.ts';

export interface RunLock {
  release(): void;
}

/** How long taking the lock waits for somebody who only looks at it, in milliseconds. */
const lookTimeoutMs = 100;

/** Takes the lock, or throws `RunLockedError` where another process holds it. */
export function acquireRunLock(runFile: string): RunLock {
  const path = `${runFile}.lock`;
  // A holder that is just leaving removes the file: a lock taken on what it removed is worth nothing, so look again.
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const before = identityOf(path, runFile);
    const db = openExclusively(path, runFile);
    if (identityOf(path, runFile) === before) {
      return {
        release() {
          // Removed while still held, so that nobody can take a lock on a file that is about to go.
          rmSync(path, { force: true });
          db.close();
        },
      };
    }
    db.close();
  }
  throw new RunLockedError(runFile);
}

/** Whether another process holds the lock now. Only looks, so that it never keeps anybody from taking it. */
export function isRunHeld(runFile: string): boolean {
  const path = `${runFile}.lock`;
  if (!existsSync(path)) return false;
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(path, { readOnly: true, timeout: 0 });
    db.exec('SELECT count(*) FROM sqlite_schema');
    return false;
  } catch (cause) {
    if (isBusy(cause)) return true;
    // Its holder has just left and taken the file along.
    if (!existsSync(path)) return false;
    throw asReadError(cause, path);
  } finally {
    db?.close();
  }
}

function openExclusively(path: string, runFile: string): DatabaseSync {
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(path, { timeout: lookTimeoutMs });
    db.exec('PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return db;
  } catch (cause) {
    db?.close();
    if (isBusy(cause)) throw new RunLockedError(runFile);
    throw new RunFileUnwritableError(runFile, cause);
  }
}

/**
 * Which file has the name now, made first where there is none. By stat alone: opening and closing the file would drop
 * a lock that this very process holds on it.
 */
function identityOf(path: string, runFile: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found !== undefined) return found.ino;
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (cause) {
    // Another process made it between the look and this: just as good.
    if (!existsSync(path)) throw new RunFileUnwritableError(runFile, cause);
  }
  return statSync(path).ino;
}
