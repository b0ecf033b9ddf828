/** A message in the columns of the table `planned`, to and fro. */
import type { SQLOutputValue } from 'node:sqlite';
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

/** The columns that `toMessage` reads; every query for messages selects these from `planned p`. */
export const messageColumns = 'p.row, p.key, p.address, p.language, p.words, p.request, p.fallback';

/** The same once a run has begun, where a row may have fallen back. */
export function runMessageColumns({ fallback }: Campaign): string {
  if (fallback === null) return messageColumns;
  return `${messageColumns}, EXISTS (SELECT 1 FROM attempt f WHERE f.row = p.row AND f.fell_back = 1) AS fell_back`;
}

export function toMessage(record: SqlRow, campaign: Campaign): Message {
  const message = plannedMessage(record, campaign);
  return record['fell_back'] === 1 ? asFallback(message) : message;
}

function plannedMessage(record: SqlRow, campaign: Campaign): Message {
  return {
    row: Number(record['row']),
    key: String(record['key']),
    channel: campaign.channel,
    from: campaign.from,
    to: String(record['address']),
    content: contentOf(record, campaign),
    // Written by the plan writer from these very types; the file is ours. So is what is read below.
    request: typeof record['request'] === 'string' ? (JSON.parse(record['request']) as RequestFields) : noRequestFields,
    fallback: typeof record['fallback'] === 'string' ? (JSON.parse(record['fallback']) as Message['fallback']) : null,
  };
}

function contentOf(record: SqlRow, { channel, content }: Campaign): MessageContent {
  const words: unknown = JSON.parse(String(record['words']));
  if (channel === 'sms') return words as SmsContent;
  if (content.kind === 'session') return { kind: 'session', type: content.type, content: words as JsonObject };
  const params = words as Readonly<Record<string, string>>;
  return { kind: 'template', code: content.code, language: String(record['language']), params };
}
