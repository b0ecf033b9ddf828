/**
 * Settles unknown rows by the service's own message log. A row that the log shows is accepted under the log's id. A row that
 * it does not show goes back in line only where its silence proves something and a person chose so. Everything else
 * stays unknown, with the reason. Each round asks once about a number; rounds follow until the log has had time to settle.
 */
import type { AcceptedTo, Checkpoint, Resolution } from '../domain/checkpoint.ts';
import type { Clock } from '../domain/clock.ts';
import type { Channel } from '../domain/message.ts';
import type { LogEntry, LogQuery, MessageLog } from '../domain/message-log.ts';
import type { Template } from '../domain/template.ts';
import { type Remainder, readAccepted, withoutAccepted } from './reconcile-accepted.ts';
import { clockSkewMs, matchNumber, type Naming, type Suspect, type Verdict } from './reconcile-match.ts';
import { readNaming } from './reconcile-naming.ts';
import type { UnsettledReason } from './reconcile-reasons.ts';
import { type Recipient, readRecipients, suspectOf } from './reconcile-recipients.ts';
import { batchesOf, firstWaitMs, idsOf, longestWaitMs, mapAtOnce, mostBroken, pause } from './reconcile-rounds.ts';

export interface ReconcileOptions {
  readonly checkpoint: Pick<
    Checkpoint,
    | 'unknownRows'
    | 'resolveUnknown'
    | 'knownMessageIds'
    | 'namelessAmong'
    | 'acceptedTo'
    | 'handOversOf'
    | 'lastAccepted'
  >;
  readonly log: MessageLog;
  /** By which the rows went that the log is asked about; rows that went by another stay as they are. */
  readonly channel: Channel;
  readonly runId: string;
  /** As the plan froze it, or null where it cannot be read. */
  readonly templateIn: (language: string) => Template | null;
  readonly clock: Clock;
  /** How long after the end of an attempt the log may still come to show it. */
  readonly settleMs: number;
  /** Puts rows back in line that the log would show if they had gone out. */
  readonly resendMissing: boolean;
  /** Aborted: asks nothing more, and leaves what is open as it is. */
  readonly signal: AbortSignal;
  /** Rows that are resolved, on disk. */
  readonly onResolved: (resolutions: readonly Resolution[]) => void;
  /** The log does not show so many rows yet, and is asked again at `until`, milliseconds since 1970. */
  readonly onWait: (rows: number, until: number) => void;
}

export interface Reconciliation {
  /** Unknown rows of the channel at the start. */
  readonly asked: number;
  readonly accepted: number;
  readonly requeued: number;
  /** Rows that stay unknown, in list order. */
  readonly left: readonly UnsettledRow[];
}

export interface UnsettledRow {
  readonly row: number;
  readonly reason: UnsettledReason;
}

/** Numbers asked about between two commits. */
const batchNumbers = 250;
/** Of those at the same time; the look-ups keep their own pace. */
const atATime = 50;

interface Answer {
  readonly recipient: Recipient;
  readonly askedAt: number;
  readonly reading: Remainder;
}

/** Throws an `OperatorError` when the service refuses to show its log; what was resolved by then stays resolved. */
export async function reconcile(options: ReconcileOptions): Promise<Reconciliation> {
  const { checkpoint, log, channel, runId, templateIn, clock, signal, resendMissing } = options;
  const unsettled: UnsettledRow[] = [];
  const counts = { accepted: 0, requeued: 0 };
  let brokenInARow = 0;
  let witnessed = false;

  const leave = (suspects: readonly Suspect[], reason: UnsettledReason): void => {
    for (const { message } of suspects) unsettled.push({ row: message.row, reason });
  };
  const acceptedOf = ({ like }: LogQuery): readonly AcceptedTo[] => accepted.get(like.to) ?? [];
  const mayAsk = (): boolean => !signal.aborted && brokenInARow < mostBroken;

  async function ask(recipient: Recipient): Promise<Answer> {
    const askedAt = clock.now();
    const whole = await log.read(recipient.query);
    const reading = await withoutAccepted(log, recipient.query, whole, acceptedOf(recipient.query));
    brokenInARow = reading.kind === 'broken' ? brokenInARow + 1 : 0;
    return { recipient, askedAt, reading };
  }

  /** Whether the log shows the message that the run had accepted last: without it, its silence about others says nothing. */
  async function isWitnessed(): Promise<boolean> {
    if (witnessed) return true;
    const last = await checkpoint.lastAccepted(channel);
    if (last === null) return true;
    const { message, messageId, acceptedAt } = last;
    if (log.keepsMs !== null && acceptedAt < clock.now() - log.keepsMs) return false;
    const query = { like: message, from: acceptedAt - clockSkewMs, until: acceptedAt + clockSkewMs, messageId };
    const reading = await log.read(query);
    witnessed =
      reading.kind === 'whole' &&
      reading.entries.some((entry) => messageId === null || idsOf(entry).includes(messageId));
    return witnessed;
  }

  async function concludeAbsent(absent: readonly Suspect[]): Promise<readonly Resolution[]> {
    if (absent.length === 0) return [];
    if (!(await isWitnessed())) {
      leave(absent, 'LOG_BEHIND');
      return [];
    }
    if (resendMissing) return absent.map(({ message }) => ({ kind: 'pending', row: message.row }));
    leave(absent, 'NOT_IN_LOG');
    return [];
  }

  /** Draws the conclusions from answers, and says about which recipients to ask again. */
  async function judge(answers: readonly Answer[]): Promise<readonly Recipient[]> {
    const shown = answers.flatMap(({ reading }) => (reading.kind === 'whole' ? reading.entries : []));
    const taken = new Set(await checkpoint.knownMessageIds(shown.flatMap(idsOf)));
    const numbers = answers.map(({ recipient }) => recipient);
    const messages = numbers.flatMap(({ suspects, query }) =>
      [...suspects, ...acceptedOf(query)].map((each) => each.message),
    );
    const named = await readNaming({ checkpoint, runId, channel, entries: shown, messages });
    const resolutions: Resolution[] = [];
    const absent: Suspect[] = [];
    const again: Recipient[] = [];
    for (const { recipient, askedAt, reading } of answers) {
      const settled = askedAt >= recipient.settledAt;
      const verdicts = verdictsOf(recipient, reading, { taken, named, templateIn });
      const open: Suspect[] = [];
      for (const [suspect, verdict] of verdicts) {
        if (verdict.kind === 'found') resolutions.push(acceptedAs(suspect, verdict.entry, taken));
        else if (!settled) open.push(suspect);
        else if (verdict.kind === 'absent') absent.push(suspect);
        else leave([suspect], reasonOf[verdict.kind]);
      }
      if (open.length > 0) again.push({ ...recipient, suspects: open });
    }
    resolutions.push(...(await concludeAbsent(absent)));
    if (resolutions.length > 0) await checkpoint.resolveUnknown(resolutions);
    for (const { kind } of resolutions) counts[kind === 'accepted' ? 'accepted' : 'requeued'] += 1;
    options.onResolved(resolutions);
    return again;
  }

  async function round(recipients: readonly Recipient[]): Promise<readonly Recipient[]> {
    const again: Recipient[] = [];
    for (const batch of batchesOf(recipients, batchNumbers)) {
      const { results, rest } = await mapAtOnce(batch, atATime, mayAsk, ask);
      again.push(...(await judge(results)), ...rest);
    }
    return again;
  }

  const recipients = await readRecipients(options);
  const addresses = recipients.map(({ query }) => query.like.to);
  const nameless = await checkpoint.namelessAmong(addresses, channel);
  const accepted = await readAccepted(checkpoint, log, addresses);
  const covered = recipients.filter(({ suspects, query }) => {
    // An entry could as well be the accepted message to the number, which is known by its group only.
    const reason =
      whyNotCovered(suspects, log, clock.now()) ?? (nameless.has(query.like.to) ? 'LOG_GROUP_UNREAD' : null);
    if (reason !== null) leave(suspects, reason);
    return reason === null;
  });
  let open: readonly Recipient[] = covered;
  for (let waitMs = firstWaitMs; open.length > 0; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    open = await round(open);
    if (open.length === 0 || !mayAsk()) break;
    const settledAt = Math.max(...open.map((recipient) => recipient.settledAt));
    const until = Math.max(clock.now(), Math.min(clock.now() + waitMs, settledAt));
    options.onWait(countRows(open), until);
    await pause(until - clock.now(), clock, signal);
  }
  for (const { suspects } of open) leave(suspects, signal.aborted ? 'LOG_NOT_SETTLED' : 'LOG_NO_ANSWER');
  unsettled.sort((one, other) => one.row - other.row);
  return { asked: countRows(recipients), ...counts, left: unsettled };
}

/** Why asking the log about these rows could prove nothing, or null. */
function whyNotCovered(
  suspects: readonly Suspect[],
  { channels, beginsAt, keepsMs }: MessageLog,
  now: number,
): UnsettledReason | null {
  if (!suspects.every(({ message }) => channels.includes(message.channel))) return 'LOG_WITHOUT_CHANNEL';
  const first = Math.min(...suspects.map(({ startedAt }) => startedAt));
  if (first < (beginsAt ?? 0)) return 'LOG_BEGINS_LATER';
  return keepsMs !== null && first < now - keepsMs ? 'LOG_TOO_OLD' : null;
}

type Judgement = readonly [Suspect, Verdict | { readonly kind: 'unread' }];

const reasonOf = { ambiguous: 'LOG_AMBIGUOUS', unclear: 'LOG_UNCLEAR', unread: 'LOG_NO_ANSWER' } as const;

interface Facts {
  readonly taken: ReadonlySet<string>;
  readonly named: Naming;
  readonly templateIn: ReconcileOptions['templateIn'];
}

function verdictsOf(
  { suspects }: Recipient,
  reading: Remainder,
  { taken, named, templateIn }: Facts,
): readonly Judgement[] {
  if (reading.kind === 'broken') return suspects.map((suspect) => [suspect, { kind: 'unread' }]);
  const free = reading.entries.filter((entry) => !idsOf(entry).some((id) => taken.has(id)));
  // An entry that may be an accepted row's is claimed by that row as well, so that it is given to nobody on a guess.
  const rivals = reading.unseen.map((row) => suspectOf(row, templateIn));
  return matchNumber([...suspects, ...rivals], free, named).filter(([suspect]) => !rivals.includes(suspect));
}

/** Takes the entry, so that no other row gets it. */
function acceptedAs({ message }: Suspect, entry: LogEntry, taken: Set<string>): Resolution {
  for (const id of idsOf(entry)) taken.add(id);
  return { kind: 'accepted', row: message.row, messageId: entry.messageId, at: entry.sentAt };
}

function countRows(recipients: readonly Recipient[]): number {
  return recipients.reduce((sum, { suspects }) => sum + suspects.length, 0);
}
