/** Writes texts of any size piece by piece: to a file, for its owner's eyes only and never half, or to a stream. */
import { open, rename, rm } from 'node:fs/promises';
import { OperatorError } from '../domain/operator-error.ts';
import type { TextStream } from './io.ts';

export class ReportUnwritableError extends OperatorError {
  override readonly code = 'REPORT_UNWRITABLE';
  override readonly kind = 'usage';

  constructor(path: string, cause: unknown) {
    super(`cannot write "${path}"`, { cause, hint: 'check that the folder exists, is writable, and has room' });
  }
}

/** Mode 0600: what we write holds addresses. */
export async function writeTextFile(path: string, pieces: AsyncIterable<string>): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await rm(partial, { force: true });
    const file = await open(partial, 'wx', 0o600);
    try {
      for await (const piece of pieces) await file.writeFile(piece);
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (cause) {
    await rm(partial, { force: true });
    if (cause instanceof OperatorError) throw cause;
    throw new ReportUnwritableError(path, cause);
  }
}

/** Waits where the reader is slower, and ends early where it has gone, as `head` does. */
export async function writeTextStream(stream: TextStream, pieces: AsyncIterable<string>): Promise<void> {
  for await (const piece of pieces) {
    const failure = await new Promise<Error | null | undefined>((resolve) => stream.write(piece, resolve));
    if (!failure) continue;
    if ('code' in failure && failure.code === 'EPIPE') return;
    throw failure;
  }
}
