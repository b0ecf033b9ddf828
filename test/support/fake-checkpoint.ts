/**
 * The half of a checkpoint that sending needs, in memory. A write counts, and is seen, only once it has resolved: before that it is in nobody's record,
 * as with a disk.
 */
import type { Balance } from '../../src/domain/balance.ts';
import type { AttemptStart, Checkpoint } from '../../src/domain/checkpoint.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { asFallback, type Channel, type Message } from '../../src/domain/message.ts';
import type { Outcome } from '../../src/domain/outcome.ts';

type State = 'pending' | 'open' | 'accepted' | 'rejected' | 'unknown';

interface Attempt {
  readonly id: string;
  readonly channel: Channel;
  readonly startedAt: number;
  state: State;
  outcome: Outcome | null;
  endedAt: number | null;
}

type SendingHalf = Pick<
  Checkpoint,
  | 'pending'
  | 'inLine'
  | 'begin'
  | 'settle'
  | 'withdraw'
  | 'closeOpenAttempts'
  | 'requeue'
  | 'handedOverSince'
  | 'lastHandOversSince'
  | 'balance'
>;

export interface FakeCheckpoint extends SendingHalf {
  stateOf(row: number): State;
  /** Attempts recorded for a row. */
  attemptsOf(row: number): number;
  /** The newest recorded outcome of a row, or null. */
  outcomeOf(row: number): Outcome | null;
  /** From now on every call of this kind fails. */
  breakDown(operation: 'pending' | 'begin' | 'settle' | 'withdraw', cause: Error): void;
}

export interface FakeCheckpointOptions {
  readonly clock: Clock;
  /** How long a write or a page takes, in milliseconds. */
  readonly latencyMs?: number;
}

export function fakeCheckpoint(
  messages: readonly Message[],
  { clock, latencyMs = 1 }: FakeCheckpointOptions,
): FakeCheckpoint {
  const attempts = new Map<number, Attempt[]>(messages.map(({ row }) => [row, []]));
  const fellBack = new Set<number>();
  const broken = new Map<string, Error>();

  const of = (row: number): Attempt[] => {
    const known = attempts.get(row);
    if (known === undefined) throw new Error(`there is no row ${row}`);
    return known;
  };
  const stateOf = (row: number): State => of(row).at(-1)?.state ?? 'pending';

  const asItGoes = (message: Message): Message => (fellBack.has(message.row) ? asFallback(message) : message);
  const byRow = new Map(messages.map((message) => [message.row, message]));
  function channelOf(row: number): Channel {
    const message = byRow.get(row);
    if (message === undefined) throw new Error(`there is no row ${row}`);
    return asItGoes(message).channel;
  }
  /** Whatever waits, as it goes next. */
  const inLine = (only: string | null = null, channel?: Channel): readonly Message[] =>
    messages
      .filter(({ row, to }) => stateOf(row) === 'pending' && (only === null || to === only))
      .map(asItGoes)
      .filter((message) => channel === undefined || message.channel === channel);

  async function after<T>(operation: string, work: () => T): Promise<T> {
    await new Promise<void>((resolve) => {
      clock.schedule(latencyMs, resolve);
    });
    const cause = broken.get(operation);
    if (cause !== undefined) throw cause;
    return work();
  }

  /** The open attempt with this id. */
  function openAttempt(row: number, id: string): Attempt {
    const attempt = of(row).at(-1);
    if (attempt?.state !== 'open' || attempt.id !== id) throw new Error(`row ${row} has no open attempt ${id}`);
    return attempt;
  }

  function begin(starts: readonly AttemptStart[]): void {
    const rows = starts.flatMap((start) => start.rows);
    const taken = rows.find((row) => stateOf(row) !== 'pending');
    if (taken !== undefined) throw new Error(`row ${taken} is not in line`);
    for (const { id, rows, startedAt } of starts) {
      for (const row of rows) {
        of(row).push({ id, channel: channelOf(row), startedAt, state: 'open', outcome: null, endedAt: null });
      }
    }
  }

  return {
    stateOf,
    attemptsOf: (row) => of(row).length,
    outcomeOf: (row) => of(row).at(-1)?.outcome ?? null,
    breakDown: (operation, cause) => {
      broken.set(operation, cause);
    },
    pending: (afterRow, limit, only, channel) =>
      after('pending', () =>
        inLine(only, channel)
          .filter(({ row }) => row > afterRow)
          .slice(0, limit),
      ),
    inLine: (channel) => after('pending', () => inLine(null, channel).length),
    begin: (starts) => after('begin', () => begin(starts)),
    settle: (ends) =>
      after('settle', () => {
        for (const { id, endedAt, results } of ends) {
          for (const { row, outcome, next } of results) {
            if (next === 'fallback') fellBack.add(row);
            Object.assign(openAttempt(row, id), { state: next === 'fallback' ? 'pending' : next, outcome, endedAt });
          }
        }
      }),
    withdraw: (starts) =>
      after('withdraw', () => {
        for (const { id, rows } of starts) {
          for (const row of rows) {
            openAttempt(row, id);
            of(row).pop();
          }
        }
      }),
    async closeOpenAttempts(now) {
      const open = [...attempts.values()].flatMap((known) => known.filter(({ state }) => state === 'open'));
      for (const attempt of open) Object.assign(attempt, { state: 'unknown', endedAt: now });
      return open.length;
    },
    async requeue(choose) {
      let chosen = 0;
      for (const [row, known] of attempts) {
        const attempt = known.at(-1);
        if (attempt?.state !== 'rejected' || attempt.outcome?.kind !== 'rejected') continue;
        const { code, reason } = attempt.outcome;
        if (!choose({ row, channel: attempt.channel, code, reason, endedAt: attempt.endedAt ?? 0 })) continue;
        attempt.state = 'pending';
        chosen += 1;
      }
      return chosen;
    },
    async handedOverSince(since, channel) {
      const seconds = new Map<number, number>();
      for (const { startedAt, state, outcome, ...attempt } of [...attempts.values()].flat()) {
        if (channel !== undefined && attempt.channel !== channel) continue;
        const gone = state === 'open' || outcome === null || outcome.kind === 'accepted' || outcome.kind === 'unknown';
        if (startedAt < since || !gone) continue;
        const second = Math.floor(startedAt / 1_000);
        seconds.set(second, (seconds.get(second) ?? 0) + 1);
      }
      return [...seconds].sort(([one], [other]) => one - other).map(([second, count]) => ({ second, messages: count }));
    },
    async lastHandOversSince(since, channel) {
      const last = new Map<string, number>();
      for (const { row, to } of messages) {
        const { state = 'pending', endedAt = null, channel: by = channel } = of(row).at(-1) ?? {};
        if (by !== channel && channel !== undefined) continue;
        const gone = state === 'accepted' || state === 'rejected' || state === 'unknown';
        if (gone && endedAt !== null && endedAt >= since) last.set(to, Math.max(endedAt, last.get(to) ?? 0));
      }
      return [...last].map(([to, at]) => ({ to, at })).sort((one, other) => one.at - other.at);
    },
    async balance(): Promise<Balance> {
      const count = (...states: State[]) => messages.filter(({ row }) => states.includes(stateOf(row))).length;
      return {
        rows: messages.length,
        accepted: count('accepted'),
        rejected: count('rejected'),
        unknown: count('unknown', 'open'),
        skipped: 0,
        invalid: 0,
        unsent: count('pending'),
      };
    },
  };
}
