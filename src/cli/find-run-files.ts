/** Finds run files by their name, newest first. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '../domain/operator-error.ts';

export class NoRunFilesError extends OperatorError {
  override readonly code = 'NO_RUN_FILES';
  override readonly kind = 'usage';

  constructor(folder: string) {
    super(`there is no run file in "${folder}"`, { hint: 'name the run file, or make one with sendoff plan' });
  }
}

/** Paths of the `.run` files of a folder, the last changed first. None where the folder does not exist. */
export function runFilesIn(folder: string): readonly string[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith('.run'))
    .map((name) => join(folder, name))
    .map((path) => ({ path, changedAt: statSync(path).mtimeMs }))
    .sort((one, other) => other.changedAt - one.changedAt)
    .map(({ path }) => path);
}

/** Throws `NoRunFilesError`. */
export function newestRunFile(folder: string): string {
  const [newest] = runFilesIn(folder);
  if (newest === undefined) throw new NoRunFilesError(folder);
  return newest;
}
