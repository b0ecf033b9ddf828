/**
 * The service's log of messages: ListChatappMessage, of WhatsApp and Viber. It has no total and no id of ours in it, so it is read page by page and its
 * entries are told apart by what they say.
 */
import { z } from 'zod';
import type { Message } from '../../../domain/message.ts';
import type { GroupLogQuery, LogEntry, LogQuery, LogReading, MessageLog } from '../../../domain/message-log.ts';
import { redact } from '../alibaba-cloud/redact.ts';
import { refusalError } from '../alibaba-cloud/refusal-error.ts';
import type { CamsLookUpOptions } from './look-ups.ts';
import { spaceFields } from './space.ts';
import { wireType } from './wire-message.ts';

/** The page calls the space mandatory; without one the question is asked all the same, and the service decides. */
export interface CamsMessageLogOptions extends CamsLookUpOptions {
  /** As in `MessageLog`. */
  readonly beginsAt: number | null;
}

/**
 * Entries a page. A page with fewer is the last one, so this must be below whatever cap the service has, which it does not
 * tell; ten is what its other lists give unless asked. One number seldom has more.
 */
const pageSize = 10;
/**
 * The same for a group, which has up to a thousand: as many as the samples of the official SDK ask for. Should the service
 * give fewer, nothing is missed, since a group is read until a page brings nothing new.
 */
const groupPageSize = 50;

export function createCamsMessageLog(options: CamsMessageLogOptions): MessageLog {
  const { lookUps, credentials, beginsAt, ...calls } = options;

  async function readPage(filters: Filters, index: number, size: number): Promise<Page> {
    const answer = await lookUps.ask('ListChatappMessage', {
      ...filters,
      ...spaceFields(calls.custSpaceId),
      Page: JSON.stringify({ Index: index, Size: size }),
    });
    switch (answer.kind) {
      case 'ok':
        return parsePage(answer.body['Data']);
      case 'rejected':
        throw refusalError('cams', answer, calls);
      default:
        return { kind: 'broken', code: answer.code, reason: answer.reason };
    }
  }

  /** Page by page until `isLast`, which is told what a page brought and how much of it was new. */
  async function readPages(filters: Filters, size: number, isLast: (rows: number, fresh: number) => boolean) {
    await credentials.getCredentials();
    const rows = new Map<string, WireRow>();
    for (let index = 1; ; index += 1) {
      const page = await readPage(filters, index, size);
      if (page.kind === 'broken') return page;
      const known = rows.size;
      for (const row of page.rows) rows.set(row.id, row);
      const fresh = rows.size - known;
      if (isLast(page.rows.length, fresh)) return { kind: 'page', rows: [...rows.values()] } as const;
      if (fresh === 0)
        return { kind: 'broken', code: 'PAGE_REPEATED', reason: 'the log gave the same entries again' } as const;
    }
  }

  return {
    channels: ['whatsapp', 'viber'],
    beginsAt,
    keepsMs: null,
    tellsIds: true,
    async read(query) {
      const filters = { ...filtersOf(query), UserNumber: query.like.to };
      const found = await readPages(filters, pageSize, (rows) => rows < pageSize);
      if (found.kind === 'broken') return found;
      const ours = found.rows.filter((row) => isFrom(query.like, row) && isNumber(row.UserNumber, query.like.to));
      return { kind: 'whole', entries: ours.map(entryOf) };
    },
    async readGroup(query) {
      const filters = { ...filtersOf(query), GroupMessageId: query.groupMessageId };
      const found = await readPages(filters, groupPageSize, (_rows, fresh) => fresh === 0);
      if (found.kind === 'broken') return found;
      return { kind: 'whole', entries: found.rows.filter((row) => isFrom(query.like, row)).map(entryOf) };
    },
  };
}

type Filters = Readonly<Record<string, string>>;

/** The language is not asked for: it may be written in more than one way. */
function filtersOf({ like, from, until }: LogQuery | GroupLogQuery): Filters {
  return {
    BusinessNumber: like.from,
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
    MessageStatus: optionalText,
    MessageStatusName: optionalText,
    FailReason: optionalText,
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
function isFrom({ from, content }: Message, row: WireRow): boolean {
  return (
    row.EventAction?.toUpperCase() !== 'UP' &&
    (row.Type === null || row.Type.toLowerCase() === wireType(content)) &&
    isNumber(row.BusinessNumber, from)
  );
}

/** A number that is hidden in part may be anybody's. */
function isNumber(found: string | null, wanted: string): boolean {
  const digits = digitsOf(found);
  return digits === null || digits === wanted;
}

/** Null for a number that is not all there. */
function digitsOf(found: string | null): string | null {
  const digits = found?.replaceAll(/[+\s-]/g, '') ?? '';
  return /^\d+$/.test(digits) ? digits : null;
}

function entryOf(row: WireRow): LogEntry {
  const sentAt = row.SendTime === null ? Number.NaN : readTime(row.SendTime);
  return {
    messageId: row.id,
    otherId: row.UniqueMessageId === row.id ? null : row.UniqueMessageId,
    ownRequestId: null,
    to: digitsOf(row.UserNumber),
    templateCode: row.TemplateCode,
    language: row.LanguageCode,
    sentAt: Number.isNaN(sentAt) ? null : sentAt,
    text: row.Message,
    delivery: deliveryOf(row),
  };
}

/** Of the status words only that for success is documented; every other is passed on as it is, with the reason beside it. */
function deliveryOf({ MessageStatus, MessageStatusName, FailReason, UserNumber }: WireRow): string | null {
  const status = MessageStatus?.toLowerCase() === 'success' ? null : (MessageStatusName ?? MessageStatus);
  const words = [status, FailReason].filter((word) => word !== null).join(': ');
  return words === '' ? null : redact(words, UserNumber === null ? [] : [UserNumber]);
}

/** A time with its zone, or milliseconds; a time without a zone could be any of several and is not read. */
function readTime(text: string): number {
  if (/^\d{13}$/.test(text)) return Number(text);
  return /T.*(Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
}
