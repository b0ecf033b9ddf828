/** What can be wrong with a run file. */
import { OperatorError } from '../../../domain/operator-error.ts';

export class RunFileMissingError extends OperatorError {
  override readonly code = 'RUN_FILE_MISSING';
  override readonly kind = 'usage';

  constructor(path: string) {
    super(`there is no run file "${path}"`, { hint: 'sendoff runs lists the run files of a folder' });
  }
}

export class NotARunFileError extends OperatorError {
  override readonly code = 'NOT_A_RUN_FILE';
  override readonly kind = 'usage';

  constructor(path: string, options: ErrorOptions = {}) {
    super(`"${path}" is not a run file`, { ...options, hint: 'a run file is made by sendoff plan or sendoff send' });
  }
}

export class RunFileTooNewError extends OperatorError {
  override readonly code = 'RUN_FILE_TOO_NEW';
  override readonly kind = 'stale';

  constructor(path: string, found: number, known: number) {
    super(`"${path}" has run file version ${found}; this sendoff knows up to ${known}`, {
      hint: 'use the sendoff that made it, or a newer one',
    });
  }
}

export class RunFileExistsError extends OperatorError {
  override readonly code = 'RUN_FILE_EXISTS';
  override readonly kind = 'stale';

  constructor(path: string) {
    super(`the run file "${path}" exists already`, {
      hint: `choose another --run, or go on with it: sendoff resume ${path}`,
    });
  }
}

export class RunLockedError extends OperatorError {
  override readonly code = 'RUN_LOCKED';
  override readonly kind = 'locked';

  constructor(path: string) {
    super(`another process is sending from "${path}"`, { hint: `watch it with: sendoff status ${path}` });
  }
}

export class RunFileUnreadableError extends OperatorError {
  override readonly code = 'RUN_FILE_UNREADABLE';
  override readonly kind = 'usage';

  constructor(path: string, cause: unknown) {
    super(`cannot open the run file "${path}"`, { cause, hint: 'check that it is a file and that you may read it' });
  }
}

/** Without a path it is the temporary file of a plan that is only looked at. */
export class RunFileUnwritableError extends OperatorError {
  override readonly code = 'RUN_FILE_UNWRITABLE';
  override readonly kind = 'usage';

  constructor(path: string | null, cause: unknown) {
    super(path === null ? 'cannot write a temporary file' : `cannot write the run file "${path}"`, {
      cause,
      hint: `check that the folder${path === null ? ' for temporary files' : ''} exists, is writable, and has room`,
    });
  }
}
