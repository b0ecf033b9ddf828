/**
 * What was accepted, in memory and, where a file is named, as JSON lines. A line is handed to the operating system
 * before its request is answered, so the file is whole whoever dies afterwards, the emulator included. It is not
 * synced to the disk: it is to outlive processes, not the machine.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { EmulatorOptionError } from './emulator-option-error.ts';
import type { AcceptedMessage } from './message-draft.ts';

export class AcceptedLog {
  readonly #messages: AcceptedMessage[] = [];
  readonly #file: number | null;

  /** Appends to `path` where it exists. Throws `EmulatorOptionError` when it cannot be written; null: no file. */
  constructor(path: string | null) {
    this.#file = path === null ? null : openForAppending(path);
  }

  get messages(): readonly AcceptedMessage[] {
    return this.#messages;
  }

  add(message: AcceptedMessage): void {
    if (this.#file !== null) writeSync(this.#file, logLine(message));
    this.#messages.push(message);
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
  }
}

export function logLine(message: AcceptedMessage): string {
  return `${JSON.stringify(message)}\n`;
}

/** Addresses and texts stand in it, so nobody else may read it. */
function openForAppending(path: string): number {
  try {
    return openSync(path, 'a', 0o600);
  } catch (cause) {
    throw new EmulatorOptionError(`cannot write the log "${path}"`, {
      cause,
      hint: 'name a file in a folder that exists',
    });
  }
}
