/**
 * The message log of text messages: what the service tells of a number's messages, day by day. It does not tell the id that
 * it gave a request, and finds by it where it is asked; so an entry goes by our own id of the request, the number and the
 * time.
 */
import type { LogEntry, LogQuery, MessageLog } from '../../../domain/message-log.ts';
import { bizIdOf, foundMessageIds, type SendDetail, type SendDetails } from '../../../domain/sms/send-details.ts';

export interface SmsMessageLogOptions {
  readonly details: SendDetails;
  /** As in `MessageLog`. */
  readonly beginsAt: number | null;
}

export function createSmsMessageLog({ details, beginsAt }: SmsMessageLogOptions): MessageLog {
  return {
    channels: ['sms'],
    beginsAt,
    keepsMs: details.keepsMs,
    tellsIds: false,
    async read(query) {
      const { like, from, until, messageId = null } = query;
      // An id of ours was made of an entry, which is found among all of them.
      const bizId = messageId === null ? null : bizIdOf(messageId);
      const reading = await details.read({ to: like.to, from, until, bizId });
      if (reading.kind === 'broken') return reading;
      const own = reading.details.filter((detail) => isWithin(detail, query));
      const ids = foundMessageIds(own, like.to);
      const entries = own.map((detail, index) => entryOf(detail, ids[index] ?? '', like.to, bizId));
      return { kind: 'whole', entries };
    },
    async readGroup() {
      throw new Error('the service names no groups of text messages');
    },
  };
}

/** The service is asked for whole days; a time that it does not tell may be any. */
function isWithin({ sentAt }: SendDetail, { from, until }: LogQuery): boolean {
  // Its times are whole seconds.
  return sentAt === null || (sentAt > from - 1_000 && sentAt <= until);
}

function entryOf(detail: SendDetail, id: string, to: string, askedBy: string | null): LogEntry {
  const { text, templateCode, outId, sentAt, status, carrierCode } = detail;
  return {
    messageId: id,
    otherId: askedBy,
    ownRequestId: outId,
    to,
    templateCode,
    language: null,
    sentAt,
    text,
    delivery: status === 'failed' ? `failed: ${carrierCode ?? 'no code'}` : null,
  };
}
