/** A message in the columns of the table `planned`, to and fro. */
import type { SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { Campaign } from '../../../domain/campaign.ts';
import type { JsonObject } from '../../../domain/json-value.ts';
import type { Message, MessageContent, SmsContent } from '../../../domain/message.ts';
import { asFallback, languageOf } from '../../../domain/message.ts';
import { noRequestFields, type RequestFields } from '../../../domain/request-fields.ts';

export type SqlRow = Record<string, SQLOutputValue>;

interface WordColumns {
  readonly language: string;
  readonly words: string;
  readonly request: string | null;
  readonly fallback: string | null;
}

export function wordColumns({ content, request, fallback }: Message): WordColumns {
  return {
    language: languageOf(content),
    words: JSON.stringify(wordsOf(content)),
    request: request === noRequestFields ? null : JSON.stringify(request),
    fallback: fallback === null ? null : JSON.stringify(fallback),
  };
}

/** All of a content that the campaign and the other columns do not say. */
function wordsOf(content: MessageContent): object {
  switch (content.kind) {
    case 'template':
      return content.params;
    case 'session':
      return content.content;
    case 'sms':
      return content;
  }
}

const plannedNames = ['row', 'key', 'address', 'language', 'words', 'request', 'fallback'] as const;
const columnNames = [...plannedNames, 'fell_back'] as const;

/** The columns that a message is read from; every query for messages selects these from `planned p`. */
export const messageColumns = plannedNames.map((name) => `p.${name}`).join(', ');

/** The same once a run has begun, where a row may have fallen back. */
export function runMessageColumns({ fallback }: Campaign): string {
  if (fallback === null) return messageColumns;
  return `${messageColumns}, EXISTS (SELECT 1 FROM attempt f WHERE f.row = p.row AND f.fell_back = 1) AS fell_back`;
}

export function toMessage(record: SqlRow, campaign: Campaign): Message {
  return messageOf(
    columnNames.map((name) => record[name]),
    campaign,
    parseWords,
  );
}

/**
 * All records of a statement that selects the message columns and nothing else. They come as arrays, which takes half the time
 * of records by name; a list that says the same to everybody gets one content.
 */
export function readMessages(
  statement: StatementSync,
  parameters: readonly SQLInputValue[],
  campaign: Campaign,
): readonly Message[] {
  statement.setReturnArrays(true);
  // What the types do not know of: arrays, as was just asked for.
  const records = statement.all(...parameters) as unknown as readonly ColumnValues[];
  let parsed = { text: '', words: parseWords('{}') };
  const parse = (text: string) => {
    if (text !== parsed.text) parsed = { text, words: parseWords(text) };
    return parsed.words;
  };
  return records.map((values) => messageOf(values, campaign, parse));
}

type ColumnValues = readonly (SQLOutputValue | undefined)[];

function messageOf(values: ColumnValues, campaign: Campaign, parse: (text: string) => unknown): Message {
  const [row, key, address, language, words, request, fallback, fellBack] = values;
  const message: Message = {
    row: Number(row),
    key: String(key),
    channel: campaign.channel,
    from: campaign.from,
    to: String(address),
    content: contentOf(parse(String(words)), String(language), campaign),
    // Written by the plan writer from these very types; the file is ours. So is what is read below.
    request: typeof request === 'string' ? (JSON.parse(request) as RequestFields) : noRequestFields,
    fallback: typeof fallback === 'string' ? (JSON.parse(fallback) as Message['fallback']) : null,
  };
  return fellBack === 1 ? asFallback(message) : message;
}

function parseWords(text: string): unknown {
  return JSON.parse(text);
}

function contentOf(words: unknown, language: string, { channel, content }: Campaign): MessageContent {
  if (channel === 'sms') return words as SmsContent;
  if (content.kind === 'session') return { kind: 'session', type: content.type, content: words as JsonObject };
  return { kind: 'template', code: content.code, language, params: words as Readonly<Record<string, string>> };
}
