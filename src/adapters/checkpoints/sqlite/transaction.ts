/** All of some work in a run file, or nothing of it. */
import type { DatabaseSync } from 'node:sqlite';
import { asWriteError } from './sqlite-errors.ts';

/** What it answers with is on disk. Throws `RunFileUnwritableError` where the disk is the trouble. */
export function inTransaction<T>(db: DatabaseSync, path: string, work: () => T): T {
  try {
    db.exec('BEGIN IMMEDIATE');
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (cause) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw asWriteError(cause, path);
  }
}
