/** Why a list cannot be opened at all. Trouble inside a list is a finding, never one of these. */
import { OperatorError } from '../../domain/operator-error.ts';

/** No file has that name. */
export class ListNotFoundError extends OperatorError {
  override readonly code = 'LIST_NOT_FOUND';
  override readonly kind = 'usage';

  /** @param nearest the name of a file in the same folder that may have been meant, or null */
  constructor(file: string, nearest: string | null, options: ErrorOptions = {}) {
    super(`no file "${file}"`, { ...options, hint: nearest === null ? undefined : `did you mean "${nearest}"?` });
  }
}

/** The path is a folder. */
export class ListIsFolderError extends OperatorError {
  override readonly code = 'LIST_IS_FOLDER';
  override readonly kind = 'usage';

  constructor(file: string) {
    super(`"${file}" is a folder`, { hint: 'name the list inside it' });
  }
}

/** The file is there, and the system does not let it be read. */
export class ListNotReadableError extends OperatorError {
  override readonly code = 'LIST_NOT_READABLE';
  override readonly kind = 'usage';

  constructor(file: string, cause: Error) {
    super(`cannot read "${file}": ${cause.message}`, { cause, hint: 'check its permissions' });
  }
}

/** Neither the name of the list nor `--format` says how it is written. */
export class ListFormatUnknownError extends OperatorError {
  override readonly code = 'LIST_FORMAT_UNKNOWN';
  override readonly kind = 'usage';

  constructor(file: string) {
    super(file === '-' ? 'standard input has no name to tell its format' : `"${file}" does not tell its format`, {
      hint: 'say it with --format csv, tsv, json or jsonl',
    });
  }
}

/** A workbook, which is not read yet. */
export class ListWorkbookError extends OperatorError {
  override readonly code = 'LIST_WORKBOOK';
  override readonly kind = 'usage';

  constructor(file: string) {
    super(`"${file}" is a workbook, which cannot be read`, {
      hint: 'export the sheet as "CSV UTF-8" and name that file',
    });
  }
}

/** `--delimiter` is no single character, or the format has no delimiter. */
export class ListDelimiterError extends OperatorError {
  override readonly code = 'LIST_DELIMITER_INVALID';
  override readonly kind = 'usage';

  constructor(message: string, hint: string) {
    super(message, { hint });
  }
}

/** `--encoding` names none that can be read. */
export class ListEncodingUnknownError extends OperatorError {
  override readonly code = 'LIST_ENCODING_UNKNOWN';
  override readonly kind = 'usage';

  constructor(encoding: string, known: readonly string[]) {
    super(`no encoding "${encoding}"`, { hint: `it is one of ${known.join(', ')}` });
  }
}
