/** The errors a person can act on. Anything else that is thrown is a bug in sendoff and keeps its stack trace. */

/**
 * What kind of trouble it is, which decides the exit code (one table, in `cli/exit-code.ts`):
 * - `usage`: a flag or the campaign file is wrong
 * - `invalid`: the list or the template cannot be sent as it is
 * - `access`: no credential, a wrong one, or a right that is missing
 * - `blocked`: the service definitely refuses the account, the sender or the template
 * - `unreachable`: the service gave no answer; nothing is wrong with the request
 * - `stale`: the run file holds something else, or what it froze has changed or expired
 * - `locked`: another process holds the run
 * - `early`: it may go, but not at this hour
 */
export type OperatorErrorKind =
  | 'usage'
  | 'invalid'
  | 'access'
  | 'blocked'
  | 'unreachable'
  | 'stale'
  | 'locked'
  | 'early';

export abstract class OperatorError extends Error {
  /** Stable, in capitals, and known to `sendoff explain`. */
  abstract readonly code: string;
  abstract readonly kind: OperatorErrorKind;
  /** What to do about it, one line, or undefined when the message says it all. */
  readonly hint: string | undefined;

  constructor(message: string, options: ErrorOptions & { hint?: string | undefined } = {}) {
    super(message, options);
    this.name = new.target.name;
    this.hint = options.hint;
  }
}
