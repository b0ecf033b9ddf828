/**
 * What was accepted, in memory and, where a file is named, as JSON lines. A line is handed to the operating system
 * before its request is answered, so the file is whole whoever dies afterwards, the emulator included. It is not
 * synced to the disk: it is to outlive processes, not the machine.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { EmulatorOptionError } from './emulator-option-error.ts';
import type { AcceptedMessage } from './message-draft.ts';
import { SmsArchive } from './sms/sms-archive.ts';
import type { AcceptedSms } from './sms/sms-message.ts';

/** A line of it: a message of a channel of Chat App Message Service, or a text message. */
export type LogEntry = AcceptedMessage | AcceptedSms;

export class AcceptedLog {
  /** Of both services. */
  readonly #entries: LogEntry[] = [];
  readonly #messages: AcceptedMessage[] = [];
  /** The text messages among them. */
  readonly sms = new SmsArchive();
  readonly #groups = new Map<string, AcceptedMessage[]>();
  readonly #file: number | null;

  /** Appends to `path` where it exists. Throws `EmulatorOptionError` when it cannot be written; null: no file. */
  constructor(path: string | null) {
    this.#file = path === null ? null : openForAppending(path);
  }

  /** In the order of acceptance. */
  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  /** Those of Chat App Message Service. */
  get messages(): readonly AcceptedMessage[] {
    return this.#messages;
  }

  /** What one call sends, in one write. */
  add(entries: readonly LogEntry[]): void {
    if (this.#file !== null) writeSync(this.#file, entries.map(logLine).join(''));
    for (const entry of entries) {
      this.#entries.push(entry);
      if (entry.channel === 'sms') this.sms.add(entry);
      else this.#addMessage(entry);
    }
  }

  /** Those of one call of SendChatappMassMessage; none where there was no such call. */
  ofGroup(groupMessageId: string): readonly AcceptedMessage[] {
    return this.#groups.get(groupMessageId) ?? [];
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
  }

  #addMessage(message: AcceptedMessage): void {
    this.#messages.push(message);
    if (message.groupMessageId !== null) this.#group(message.groupMessageId).push(message);
  }

  #group(groupMessageId: string): AcceptedMessage[] {
    const group = this.#groups.get(groupMessageId) ?? [];
    this.#groups.set(groupMessageId, group);
    return group;
  }
}

export function logLine(entry: LogEntry): string {
  return `${JSON.stringify(entry)}\n`;
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
