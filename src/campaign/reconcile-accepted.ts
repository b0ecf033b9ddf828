/**
 * Accepted rows whose number has unknown rows as well, where a log does not tell the ids under which its messages were
 * accepted but finds a message by such an id: their entries are found so, and are nobody else's.
 */
import type { AcceptedTo, Checkpoint } from '../domain/checkpoint.ts';
import type { LogEntry, LogQuery, LogReading, MessageLog } from '../domain/message-log.ts';
import { clockSkewMs } from './reconcile-match.ts';
import { idsOf } from './reconcile-rounds.ts';

/** By number. None where the log tells the ids itself. */
export async function readAccepted(
  checkpoint: Pick<Checkpoint, 'acceptedTo'>,
  log: MessageLog,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, readonly AcceptedTo[]>> {
  if (log.tellsIds) return new Map();
  const rows = await checkpoint.acceptedTo([...new Set(addresses)]);
  // What went by other channels is in other logs.
  const own = rows.filter(({ message }) => log.channels.includes(message.channel));
  return Map.groupBy(own, ({ message }) => message.to);
}

export type Remainder =
  | {
      readonly kind: 'whole';
      /** Those that are no accepted row's, as far as that can be told. */
      readonly entries: readonly LogEntry[];
      /** Accepted rows that the log does not show under their ids: any of the entries may yet be theirs. */
      readonly unseen: readonly AcceptedTo[];
    }
  | Extract<LogReading, { readonly kind: 'broken' }>;

/** Takes the entries of the accepted rows out of what the log said to `query`. */
export async function withoutAccepted(
  log: MessageLog,
  query: LogQuery,
  reading: LogReading,
  accepted: readonly AcceptedTo[],
): Promise<Remainder> {
  if (reading.kind === 'broken') return reading;
  let { entries } = reading;
  const unseen: AcceptedTo[] = [];
  for (const row of accepted.filter((each) => isAtThatTime(each, query))) {
    // What an earlier reconciliation found has its id from the log.
    if (reading.entries.some((entry) => idsOf(entry).includes(row.messageId))) continue;
    if (entries.length === 0) break;
    // Asked for after all of them were, so that what the log came to show in between is none of those.
    const own = await log.read({
      like: row.message,
      from: row.startedAt - clockSkewMs,
      until: row.endedAt + clockSkewMs,
      messageId: row.messageId,
    });
    if (own.kind === 'broken') return own;
    const found = own.entries.filter((entry) => idsOf(entry).includes(row.messageId));
    if (found.length === 0) unseen.push(row);
    for (const entry of found) entries = withoutFirst(entries, (other) => isSameEntry(other, entry));
  }
  return { kind: 'whole', entries, unseen };
}

function isAtThatTime({ startedAt, endedAt }: AcceptedTo, { from, until }: LogQuery): boolean {
  return endedAt >= from && startedAt <= until;
}

/** Everything but the ids, which the log may number by what else it shows. */
function isSameEntry(one: LogEntry, other: LogEntry): boolean {
  return (
    one.ownRequestId === other.ownRequestId &&
    one.sentAt === other.sentAt &&
    one.text === other.text &&
    one.templateCode === other.templateCode
  );
}

function withoutFirst<T>(items: readonly T[], isIt: (item: T) => boolean): readonly T[] {
  const place = items.findIndex(isIt);
  return place === -1 ? items : items.toSpliced(place, 1);
}
