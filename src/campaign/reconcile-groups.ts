/**
 * Finds out the ids of messages that were accepted in mass requests, and what the message log says became of them. Asks about
 * every group of the run, also about those whose ids are known, since deliveries fail later. No row moves: accepted is not delivered.
 */
import type { AcceptedGroup, Checkpoint, GroupedFinding, GroupedRow } from '../domain/checkpoint.ts';
import type { Clock } from '../domain/clock.ts';
import { languageOf } from '../domain/message.ts';
import type { LogEntry, LogReading, MessageLog } from '../domain/message-log.ts';
import type { Template } from '../domain/template.ts';
import { clockSkewMs, matchNumber, type Suspect } from './reconcile-match.ts';
import { batchesOf, firstWaitMs, idsOf, longestWaitMs, mapAtOnce, mostBroken, pause } from './reconcile-rounds.ts';
import { textComparer } from './reconcile-text.ts';

export interface GroupOptions {
  readonly checkpoint: Pick<Checkpoint, 'acceptedGroups' | 'rowsOfGroup' | 'recordGrouped' | 'knownMessageIds'>;
  readonly log: MessageLog;
  /** As the plan froze it, or null where it cannot be read. */
  readonly templateIn: (language: string) => Template | null;
  readonly clock: Clock;
  /** How long after the answer to a request the log may still come to show its messages. */
  readonly settleMs: number;
  /** Aborted: asks nothing more. */
  readonly signal: AbortSignal;
  /** The log does not show so many messages yet, and is asked again at `until`, milliseconds since 1970. */
  readonly onWait: (messages: number, until: number) => void;
}

export interface GroupReconciliation {
  readonly groups: number;
  /** Accepted messages in them. */
  readonly messages: number;
  /** Of those, how many have an id of their own now. */
  readonly named: number;
  /** Of those, how many the log says something of that went wrong. */
  readonly troubled: number;
}

/** Groups read at the same time: the entries of so many are in memory. The look-ups keep their own pace. */
const atATime = 8;

interface Answer {
  readonly group: AcceptedGroup;
  readonly rows: readonly GroupedRow[];
  readonly askedAt: number;
  readonly reading: LogReading;
}

/** Throws an `OperatorError` when the service refuses to show its log; what was found by then stays recorded. */
export async function reconcileGroups(options: GroupOptions): Promise<GroupReconciliation> {
  const { checkpoint, log, clock, signal, settleMs } = options;
  const standing = new Map<string, Standing>();
  let brokenInARow = 0;

  const mayAsk = (): boolean => !signal.aborted && brokenInARow < mostBroken;
  const settledAt = ({ endedAt }: AcceptedGroup): number => endedAt + settleMs;

  async function ask(group: AcceptedGroup): Promise<Answer | null> {
    const rows = await checkpoint.rowsOfGroup(group);
    const [first] = rows;
    if (first === undefined) return null;
    const askedAt = clock.now();
    const { groupMessageId, startedAt } = group;
    const window = { from: startedAt - clockSkewMs, until: askedAt + clockSkewMs };
    const reading = await log.readGroup({ like: first.message, groupMessageId, ...window });
    brokenInARow = reading.kind === 'broken' ? brokenInARow + 1 : 0;
    return { group, rows, askedAt, reading };
  }

  /** Records what an answer shows, and says whether the group is to be asked about again. */
  async function judge(answer: Answer): Promise<boolean> {
    const { group, rows, askedAt } = answer;
    const found = await findingsIn(answer);
    const news = newsIn(found, rows);
    if (news.length > 0) await checkpoint.recordGrouped(news);
    const stands = standingOf(rows, found);
    standing.set(group.groupMessageId, stands);
    return stands.named < rows.length && askedAt < settledAt(group);
  }

  async function findingsIn({ group, rows, askedAt, reading }: Answer): Promise<readonly GroupedFinding[]> {
    if (reading.kind === 'broken') return [];
    const { entries } = reading;
    const taken = await checkpoint.knownMessageIds(entries.flatMap(idsOf));
    const free = entries.filter((entry) => !idsOf(entry).some((id) => taken.has(id)));
    const asSuspect = suspectOf(group, askedAt, options.templateIn);
    return [...foundAgain(rows, entries), ...matchGroup(rows, free, asSuspect)];
  }

  async function round(groups: readonly AcceptedGroup[]): Promise<readonly AcceptedGroup[]> {
    const again: AcceptedGroup[] = [];
    for (const batch of batchesOf(groups, atATime)) {
      const { results, rest } = await mapAtOnce(batch, atATime, mayAsk, ask);
      for (const answer of results) if (answer !== null && (await judge(answer))) again.push(answer.group);
      again.push(...rest);
    }
    return again;
  }

  const groups = await checkpoint.acceptedGroups();
  let open = groups.filter(({ startedAt }) => startedAt >= (log.beginsAt ?? 0));
  for (let waitMs = firstWaitMs; open.length > 0; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    open = [...(await round(open))];
    if (open.length === 0 || !mayAsk()) break;
    const last = Math.max(...open.map(settledAt));
    const until = Math.max(clock.now(), Math.min(clock.now() + waitMs, last));
    const named = open.reduce((sum, { groupMessageId }) => sum + (standing.get(groupMessageId)?.named ?? 0), 0);
    options.onWait(messagesIn(open) - named, until);
    await pause(until - clock.now(), clock, signal);
  }
  const stand = [...standing.values()];
  return {
    groups: groups.length,
    messages: messagesIn(groups),
    named: stand.reduce((sum, { named }) => sum + named, 0),
    troubled: stand.reduce((sum, { troubled }) => sum + troubled, 0),
  };
}

interface Standing {
  readonly named: number;
  readonly troubled: number;
}

function standingOf(rows: readonly GroupedRow[], found: readonly GroupedFinding[]): Standing {
  const findings = new Map(found.map((finding) => [finding.row, finding]));
  const now = rows.map((row) => findings.get(row.message.row) ?? row);
  return {
    named: now.filter(({ messageId }) => messageId !== null).length,
    troubled: now.filter(({ delivery }) => delivery !== null).length,
  };
}

function messagesIn(groups: readonly AcceptedGroup[]): number {
  return groups.reduce((sum, { rows }) => sum + rows, 0);
}

/** What the log says now of messages whose ids are known. */
function foundAgain(rows: readonly GroupedRow[], entries: readonly LogEntry[]): readonly GroupedFinding[] {
  const byId = new Map(entries.flatMap((entry) => idsOf(entry).map((id) => [id, entry] as const)));
  return rows.flatMap(({ message, messageId }) => {
    const entry = messageId === null ? undefined : byId.get(messageId);
    return messageId === null || entry === undefined ? [] : [{ row: message.row, messageId, delivery: entry.delivery }];
  });
}

/** Gives the entries of each number to the nameless messages to it, by the same rules as to unknown ones. */
function matchGroup(
  rows: readonly GroupedRow[],
  entries: readonly LogEntry[],
  asSuspect: (row: GroupedRow) => Suspect,
): readonly GroupedFinding[] {
  const nameless = Map.groupBy(
    rows.filter(({ messageId }) => messageId === null),
    ({ message }) => message.to,
  );
  const byNumber = Map.groupBy(entries, ({ to }) => to);
  return [...nameless].flatMap(([to, ofNumber]) =>
    matchNumber(ofNumber.map(asSuspect), byNumber.get(to) ?? []).flatMap(([{ message }, verdict]) =>
      verdict.kind === 'found'
        ? [{ row: message.row, messageId: verdict.entry.messageId, delivery: verdict.entry.delivery }]
        : [],
    ),
  );
}

/** The service sends the messages of a group when it comes to them, so any time until now is right. */
function suspectOf({ startedAt, endedAt }: AcceptedGroup, now: number, templateIn: GroupOptions['templateIn']) {
  return ({ message }: GroupedRow): Suspect => ({
    message,
    startedAt,
    endedAt: Math.max(endedAt, now),
    likeness: textComparer(message, templateIn(languageOf(message.content))),
  });
}

function newsIn(found: readonly GroupedFinding[], rows: readonly GroupedRow[]): readonly GroupedFinding[] {
  const known = new Map(rows.map((row) => [row.message.row, row]));
  return found.filter(({ row, messageId, delivery }) => {
    const before = known.get(row);
    return before?.messageId !== messageId || before.delivery !== delivery;
  });
}
