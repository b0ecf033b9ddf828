/** The edges of the process as values, so that everything inward is handed them. */
import type { Readable, Writable } from 'node:stream';

export interface TextStream extends Writable {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Io {
  /** The words after the program's name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /** Calls back at every Ctrl-C and SIGTERM. The answer stops that. */
  onInterrupt(callback: () => void): () => void;
  /** Leaves at once. */
  exitNow(code: number): never;
}
