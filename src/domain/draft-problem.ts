/** What is wrong with a draft. Values, never exceptions. */

/** `error`: the service or the review would refuse it. `warning`: it mostly does, or a person should look first. */
export interface DraftProblem {
  readonly severity: 'error' | 'warning';
  /** Fields from the top of the draft down to the one it concerns, such as `buttons`, 1, `url`. */
  readonly path: DraftPath;
  /** Lower case, no final period, quotes what the author wrote. */
  readonly message: string;
  readonly hint: string;
}

export type DraftPath = readonly (string | number)[];

export function draftError(path: DraftPath, message: string, hint: string): DraftProblem {
  return { severity: 'error', path, message, hint };
}

export function draftWarning(path: DraftPath, message: string, hint: string): DraftProblem {
  return { severity: 'warning', path, message, hint };
}
