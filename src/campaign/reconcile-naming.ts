/**
 * Whose message an entry of a log is, by the request of this run that it names. A request holds one message to a number, so the
 * one row of the number that went with that request is meant, whatever the log says of the words: codes in them may be masked.
 */
import type { Checkpoint } from '../domain/checkpoint.ts';
import type { Channel, Message } from '../domain/message.ts';
import type { LogEntry } from '../domain/message-log.ts';
import { firstRowIn } from '../domain/own-request-id.ts';
import type { Naming } from './reconcile-match.ts';

export interface NamingOptions {
  readonly checkpoint: Pick<Checkpoint, 'handOversOf'>;
  readonly runId: string;
  /** By which the requests went that the log tells of. */
  readonly channel: Channel;
  readonly entries: readonly LogEntry[];
  /** Every message of the run to the numbers of the entries that was accepted or may have been. */
  readonly messages: readonly Message[];
}

export async function readNaming({ checkpoint, runId, channel, entries, messages }: NamingOptions): Promise<Naming> {
  const named = new Set(
    entries.map(({ ownRequestId }) => firstRowIn(runId, ownRequestId)).filter((row) => row !== null),
  );
  const rows = [...named.union(new Set(messages.map(({ row }) => row)))];
  const handOvers = await checkpoint.handOversOf(rows, channel);
  const byNumber = Map.groupBy(messages, ({ to }) => to);
  // A row that went again may have left an entry behind, which without words could be taken for another row's.
  const leftBehind = new Set(
    [...byNumber]
      .filter(([, rows]) => rows.length > 1 && rows.some(({ row }) => (handOvers.get(row) ?? none).size > 1))
      .map(([to]) => to),
  );
  const wentTogether = (row: number, firstRow: number): boolean =>
    !(handOvers.get(row) ?? none).isDisjointFrom(handOvers.get(firstRow) ?? none);

  return ({ message: { row, to, content } }, { ownRequestId }) => {
    const untold = leftBehind.has(to) ? 'doubtful' : 'untold';
    if (ownRequestId === null) return untold;
    const firstRow = firstRowIn(runId, ownRequestId);
    // An id that the campaign chose may be that of many requests.
    if (firstRow === null) return content.kind === 'sms' && content.outId === ownRequestId ? untold : 'doubtful';
    if (!wentTogether(row, firstRow)) return 'other';
    // Tried at different times, several may have gone with one first row: then it says no more than that it is one of them.
    const others = (byNumber.get(to) ?? []).filter((other) => other.row !== row);
    return others.some((other) => wentTogether(other.row, firstRow)) ? untold : 'own';
  };
}

const none: ReadonlySet<string> = new Set();
