/** The bytes of a list from a file or a stream, with its troubles told as what an operator can act on. */
import { accessSync, constants, createReadStream, readdirSync, statSync } from 'node:fs';
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

export function readFileBytes(file: string): AsyncIterable<Buffer> {
  return readStreamBytes(file, createReadStream(file));
}

/** Stopping early destroys the stream, and with it closes the file. */
export async function* readStreamBytes(name: string, stream: Readable): AsyncGenerator<Buffer, void, undefined> {
  let offset = 0;
  try {
    for await (const chunk of stream) {
      // a stream that was given an encoding yields strings
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
      offset += bytes.length;
      yield bytes;
    }
  } catch (error) {
    if (offset === 0) throw toOpenError(name, error);
    throw new ListBreak(
      'LIST_UNREADABLE',
      `reading stopped at byte offset ${offset}: ${messageOf(error)}`,
      'try again',
      {
        cause: error,
      },
    );
  }
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
