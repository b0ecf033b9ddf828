/** What errors of SQLite mean for whoever has to act. */
import { NotARunFileError, RunFileUnreadableError, RunFileUnwritableError } from './run-file-errors.ts';

/** Primary result codes. Source: sqlite.org/rescode.html. */
const busy = 5;
const readOnly = 8;
const ioError = 10;
const corrupt = 11;
const full = 13;
const cannotOpen = 14;
const notADatabase = 26;

/** Another connection holds the lock that was wanted. */
export function isBusy(cause: unknown): boolean {
  return resultCode(cause) === busy;
}

/** A process died in the middle of a write, and only a connection that may write can take that back. */
export function isHalfWritten(cause: unknown): boolean {
  return resultCode(cause) === readOnly;
}

/** The operator's error where the file, its folder or the room on its disk is the trouble; else what was thrown. */
export function asWriteError(cause: unknown, path: string | null): unknown {
  const code = resultCode(cause);
  const theirs = code === readOnly || code === ioError || code === full || code === cannotOpen;
  return theirs ? new RunFileUnwritableError(path, cause) : cause;
}

/** The same for a file that is only read. */
export function asReadError(cause: unknown, path: string): unknown {
  const code = resultCode(cause);
  if (code === notADatabase || code === corrupt) return new NotARunFileError(path, { cause });
  return code === cannotOpen || code === ioError || code === readOnly ? new RunFileUnreadableError(path, cause) : cause;
}

/** Null for what SQLite did not throw. Extended codes keep the primary one in their low byte. */
function resultCode(cause: unknown): number | null {
  if (!(cause instanceof Error && 'errcode' in cause && typeof cause.errcode === 'number')) return null;
  return cause.errcode & 0xff;
}
