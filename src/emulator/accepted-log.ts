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
  readonly #groups = new Map<string, AcceptedMessage[]>();
  readonly #file: number | null;

  /** Appends to `path` where it exists. Throws `EmulatorOptionError` when it cannot be written; null: no file. */
  constructor(path: string | null) {
    this.#file = path === null ? null : openForAppending(path);
  }

  get messages(): readonly AcceptedMessage[] {
    return this.#messages;
  }

  /** The messages of one call, in one write. */
  add(messages: readonly AcceptedMessage[]): void {
    if (this.#file !== null) writeSync(this.#file, messages.map(logLine).join(''));
    for (const message of messages) {
      this.#messages.push(message);
      if (message.groupMessageId !== null) this.#group(message.groupMessageId).push(message);
    }
  }

  /** Those of one call of SendChatappMassMessage; none where there was no such call. */
  ofGroup(groupMessageId: string): readonly AcceptedMessage[] {
    return this.#groups.get(groupMessageId) ?? [];
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
  }

  #group(groupMessageId: string): AcceptedMessage[] {
    const group = this.#groups.get(groupMessageId) ?? [];
    this.#groups.set(groupMessageId, group);
    return group;
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
