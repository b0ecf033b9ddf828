/** The bytes of a list from a file or a stream, with its troubles told as what an operator can act on. */
import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { closest, distance } from 'fastest-levenshtein';
import { ListBreak } from './list-break.ts';
import { ListIsFolderError, ListNotFoundError, ListNotReadableError } from './list-errors.ts';

/** @throws ListNotFoundError, ListIsFolderError, ListNotReadableError */
export function assertListFile(file: string): void {
  let isFolder: boolean;
  try {
    accessSync(file, constants.R_OK);
    isFolder = statSync(file).isDirectory();
  } catch (error) {
    throw toOpenError(file, error);
  }
  if (isFolder) throw new ListIsFolderError(file);
}

/** Every read waits for another thread, so it fetches many pieces; the rows of one piece are in memory at once. */
const readBytes = 256 * 1024;
const pieceBytes = 16 * 1024;

/** Leaving early closes the file before the reader goes on. */
export async function* readFileBytes(file: string): AsyncGenerator<Buffer, void, undefined> {
  const handle = await open(file).catch((error: unknown) => {
    throw toOpenError(file, error);
  });
  let offset = 0;
  try {
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(readBytes), 0, readBytes);
      if (bytesRead === 0) return;
      offset += bytesRead;
      for (let at = 0; at < bytesRead; at += pieceBytes) {
        yield buffer.subarray(at, Math.min(at + pieceBytes, bytesRead));
      }
    }
  } catch (error) {
    throw toReadBreak(offset, error);
  } finally {
    await handle.close();
  }
}

/** Leaving early destroys the stream. */
export async function* readStreamBytes(stream: Readable): AsyncGenerator<Buffer, void, undefined> {
  let offset = 0;
  try {
    for await (const chunk of stream) {
      // a stream that was given an encoding yields strings
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
      offset += bytes.length;
      yield bytes;
    }
  } catch (error) {
    throw toReadBreak(offset, error);
  }
}

function toReadBreak(offset: number, error: unknown): ListBreak {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `reading stopped at byte offset ${offset}: ${reason}`;
  return new ListBreak(
    'LIST_UNREADABLE',
    message,
    'check the disk or the program that writes the list, and try again',
    {
      cause: error,
    },
  );
}

function toOpenError(file: string, error: unknown): Error {
  if (!(error instanceof Error)) return new Error(`cannot read "${file}"`, { cause: error });
  if ('code' in error && error.code === 'ENOENT')
    return new ListNotFoundError(file, nearestSibling(file), { cause: error });
  return new ListNotReadableError(file, error);
}

/** The file of the same folder whose name differs by a slip or two, or null. */
function nearestSibling(file: string): string | null {
  const name = basename(file);
  const siblings = listFolder(dirname(file));
  if (siblings.length === 0) return null;
  const nearest = closest(name, siblings);
  return distance(name, nearest) <= Math.max(2, name.length / 4) ? nearest : null;
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
