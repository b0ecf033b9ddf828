/**
 * The service's log of messages: ListChatappMessage, of WhatsApp and Viber. It has no total and no id of ours in it, so it is read page by page and its
 * entries are told apart by what they say.
 */
import { z } from 'zod';
import type { Message } from '../../../domain/message.ts';
import type { LogEntry, LogQuery, LogReading, MessageLog } from '../../../domain/message-log.ts';
import type { CredentialSource } from './credentials.ts';
import type { LookUps } from './look-ups.ts';
import { refusalError } from './refusal-error.ts';
import { type Space, spaceFields } from './space.ts';
import { wireType } from './wire-message.ts';

export interface CamsMessageLogOptions {
  readonly lookUps: LookUps;
  /** Those of the client: asked first, so that trouble with them is told in their own words. */
  readonly credentials: CredentialSource;
  /** The page calls it mandatory; without one the question is asked all the same, and the service decides. */
  readonly custSpaceId: Space;
  /** As in `MessageLog`. */
  readonly beginsAt: number | null;
}

/**
 * Entries a page. A page with fewer is the last one, so this must be below whatever cap the service has, which it does not
 * tell; ten is what its other lists give unless asked. One number seldom has more.
 */
const pageSize = 10;

export function createCamsMessageLog(options: CamsMessageLogOptions): MessageLog {
  const { lookUps, credentials, custSpaceId, beginsAt } = options;

  async function readPage(query: LogQuery, index: number): Promise<Page> {
    const answer = await lookUps.ask('ListChatappMessage', {
      ...fieldsOf(query),
      ...spaceFields(custSpaceId),
      Page: JSON.stringify({ Index: index, Size: pageSize }),
    });
    switch (answer.kind) {
      case 'ok':
        return parsePage(answer.body['Data']);
      case 'rejected':
        throw refusalError(answer, custSpaceId);
      default:
        return { kind: 'broken', code: answer.code, reason: answer.reason };
    }
  }

  return {
    channels: ['whatsapp', 'viber'],
    beginsAt,
    async read(query) {
      await credentials.getCredentials();
      const rows = new Map<string, WireRow>();
      for (let index = 1; ; index += 1) {
        const page = await readPage(query, index);
        if (page.kind === 'broken') return page;
        const known = rows.size;
        for (const row of page.rows) rows.set(row.id, row);
        if (page.rows.length < pageSize) break;
        if (rows.size === known) {
          return { kind: 'broken', code: 'PAGE_REPEATED', reason: 'the log gave the same entries again' };
        }
      }
      const ours = [...rows.values()].filter((row) => isAbout(query.like, row));
      return { kind: 'whole', entries: ours.map(entryOf) };
    },
  };
}

/** The language is not asked for: it may be written in more than one way. */
function fieldsOf({ like, from, until }: LogQuery): Readonly<Record<string, string>> {
  return {
    BusinessNumber: like.from,
    UserNumber: like.to,
    ChannelType: like.channel,
    ...(like.content.kind === 'template' && { TemplateCode: like.content.code }),
    EventAction: 'DOWN',
    StartTime: String(from),
    EndTime: String(until),
  };
}

type Page =
  | { readonly kind: 'page'; readonly rows: readonly WireRow[] }
  | Extract<LogReading, { readonly kind: 'broken' }>;

/** The service leaves out what does not apply, or sends null or an empty text. */
const optionalText = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .transform((value) => value || null);

/** Some of them may yet be objects. */
const words = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value))
  .pipe(optionalText);

const rowSchema = z
  .looseObject({
    MessageId: optionalText,
    UniqueMessageId: optionalText,
    BusinessNumber: optionalText,
    UserNumber: optionalText,
    EventAction: optionalText,
    Type: optionalText,
    TemplateCode: optionalText,
    LanguageCode: optionalText,
    SendTime: optionalText,
    Message: words,
  })
  .transform((row, context) => {
    const id = row.MessageId ?? row.UniqueMessageId;
    if (id !== null) return { ...row, id };
    context.addIssue('an entry without an id');
    return z.NEVER;
  });

type WireRow = z.infer<typeof rowSchema>;

/** An answer without a list is an empty one. A list that cannot be read is no answer: what it hides might be the message. */
function parsePage(data: unknown): Page {
  const parsed = z.array(rowSchema).safeParse(data ?? []);
  if (parsed.success) return { kind: 'page', rows: parsed.data };
  return { kind: 'broken', code: 'UNREADABLE_LOG', reason: 'the log has an entry that sendoff cannot read' };
}

/** What the query asked for, in case a filter was not heeded; whatever an entry does not say speaks for it. */
function isAbout({ from, to, content }: Message, row: WireRow): boolean {
  return (
    row.EventAction?.toUpperCase() !== 'UP' &&
    (row.Type === null || row.Type.toLowerCase() === wireType(content)) &&
    isNumber(row.BusinessNumber, from) &&
    isNumber(row.UserNumber, to)
  );
}

/** A number that is hidden in part may be anybody's. */
function isNumber(found: string | null, wanted: string): boolean {
  const digits = found?.replaceAll(/[+\s-]/g, '');
  return digits === undefined || !/^\d+$/.test(digits) || digits === wanted;
}

function entryOf(row: WireRow): LogEntry {
  const sentAt = row.SendTime === null ? Number.NaN : readTime(row.SendTime);
  return {
    messageId: row.id,
    otherId: row.UniqueMessageId === row.id ? null : row.UniqueMessageId,
    templateCode: row.TemplateCode,
    language: row.LanguageCode,
    sentAt: Number.isNaN(sentAt) ? null : sentAt,
    text: row.Message,
  };
}

/** A time with its zone, or milliseconds; a time without a zone could be any of several and is not read. */
function readTime(text: string): number {
  if (/^\d{13}$/.test(text)) return Number(text);
  return /T.*(Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
}
