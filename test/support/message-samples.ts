/** The samples of messages in words of one's own, and what each of them has to bring about: read without our own code. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import type { JsonObject, JsonValue } from '../../src/domain/json-value.ts';
import type { ChatChannel } from '../../src/domain/message.ts';

export const messageSamples = path.join(import.meta.dirname, '../../samples/messages');

export interface MessageSample {
  /** Without folder and ending. */
  readonly name: string;
  readonly file: string;
  readonly channel: ChatChannel;
  readonly from: string;
  readonly type: string;
  readonly rows: readonly SampleRow[];
}

export interface SampleRow {
  /** As a spreadsheet counts. */
  readonly row: number;
  readonly to: string;
  /** As the service is to get it. */
  readonly content: JsonValue;
}

/** A campaign as a sample writes it. */
interface WrittenSample {
  readonly channel: ChatChannel;
  readonly from: string;
  readonly recipients: { readonly file: string; readonly to: string };
  readonly message: { readonly type: string; readonly content: JsonObject | string };
}

type Cells = Readonly<Record<string, string>>;

export function readMessageSamples(): readonly MessageSample[] {
  const files = readdirSync(messageSamples).filter((file) => file.endsWith('.yaml'));
  return files.map((file) => readSample(path.join(messageSamples, file)));
}

function readSample(file: string): MessageSample {
  // Of the shape above by what these tests are about: a sample of another shape fails them.
  const { channel, from, recipients, message } = parseYaml(readFileSync(file, 'utf8')) as WrittenSample;
  const list: readonly Cells[] = parseCsv(readFileSync(path.join(messageSamples, recipients.file)), { columns: true });
  const rows = list.map((cells, index) => ({
    row: index + 2,
    to: cells[recipients.to] ?? '',
    content: contentFor(cells, message),
  }));
  return { name: path.parse(file).name, file, channel, from, type: message.type, rows };
}

/** The samples use columns and no more of Liquid in their contents. Contacts go as a list. */
function contentFor(cells: Cells, { type, content }: WrittenSample['message']): JsonValue {
  if (typeof content === 'string') return JSON.parse(cells[content] ?? '');
  const filled = JSON.parse(JSON.stringify(content), (_key, value) =>
    typeof value === 'string' ? value.replace(/\{\{ (\w+) \}\}/g, (_all, column) => cells[column] ?? '?') : value,
  );
  return type === 'contacts' ? [filled] : filled;
}
