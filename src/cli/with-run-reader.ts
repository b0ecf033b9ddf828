/** Opens a run file for reading only, which never disturbs the process that sends from it, and closes it afterwards. */
import type { RunReader } from '../domain/run-reader.ts';
import type { Composition } from './compose.ts';

export async function withRunReader<Result>(
  composition: Composition,
  path: string,
  work: (reader: RunReader) => Promise<Result>,
): Promise<Result> {
  const reader = composition.runReader(path);
  try {
    return await work(reader);
  } finally {
    reader.close();
  }
}
