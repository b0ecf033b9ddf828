/**
 * The loop that sends. For every request: the attempt is recorded durably, then the quota lets it leave, then its
 * outcome is recorded durably; only after that is it counted. Attempts are recorded a few milliseconds ahead of
 * their departure, in groups, so that the disk costs little; what was recorded and has not left when the run stops is
 * taken back.
 *
 * It decides nothing about the list or the template (the plan did) and prints nothing.
 */
import type { StopAfter } from '../domain/campaign.ts';
import type { AttemptStart, Checkpoint } from '../domain/checkpoint.ts';
import type { Clock } from '../domain/clock.ts';
import type { Message } from '../domain/message.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Provider } from '../domain/provider.ts';
import type { Departure, Quota } from '../domain/quota.ts';
import type { Closing } from '../domain/sms/promotion-hours.ts';
import { type Batch, createBatchPacker } from './batch-packer.ts';
import { createDailyWindow, type DailyWindow, firstCounted } from './daily-window.ts';
import { createOutcomeTally, type OutcomeCounts } from './outcome-tally.ts';
import { createPairSpacing, unspaced } from './pair-spacing.ts';
import { placeMessages } from './place-messages.ts';
import { createRowFeed } from './row-feed.ts';
import type { StopReason } from './stop-rules.ts';

/** What the loop needs of a checkpoint. */
export type LoopCheckpoint = Pick<
  Checkpoint,
  'pending' | 'begin' | 'settle' | 'withdraw' | 'balance' | 'handedOverSince' | 'lastHandOversSince'
>;

export interface RunOptions {
  readonly checkpoint: LoopCheckpoint;
  readonly provider: Provider;
  readonly quota: Quota;
  readonly clock: Clock;
  /** Messages a request at most; the provider may allow fewer. */
  readonly messagesPerRequest: number;
  /** Requests in flight at most, recorded attempts included. */
  readonly concurrency: number;
  readonly stopAfter: StopAfter | null;
  /** Codes of refusals for which a message that has a fallback goes out as that. */
  readonly fallbackOn: readonly string[];
  readonly maxDurationMs: number | null;
  /** When the hours in which such messages may go are over; null: they may go at any hour. */
  readonly closing: Closing | null;
  /** Messages in any 24 hours, those of earlier executions included; null: no cap. */
  readonly dailyCap: number | null;
  /** At least so long between two messages to one address, in milliseconds, earlier executions included; null: no bound. */
  readonly pairMs: number | null;
  readonly limit: number | null;
  readonly only: string | null;
  /** Begins every attempt id, so that ids of several executions of one run differ. */
  readonly attemptPrefix: string;
}

/** What this execution has done so far. */
export interface RunProgress extends OutcomeCounts {
  /** Requests that have left and whose outcomes are not on disk yet. */
  readonly inFlight: number;
  /** Requests per second that may leave right now. */
  readonly allowedPerSecond: number;
  readonly stopping: StopReason | null;
}

export interface Run {
  /** Resolves when nothing is under way any more; null means that the end of the list was reached. To be called once. */
  execute(): Promise<StopReason | null>;
  progress(): RunProgress;
  /** Nothing new leaves from now on; what is in flight is awaited, at most `graceMs`, and is unknown after that. */
  stop(reason: StopReason, graceMs: number): void;
}

/** Attempts are recorded this far ahead of their departure, in milliseconds of the present rate. */
const recordAheadMs = 20;
/** As much more for each further message of a request: twice what reading and recording one takes on a slow machine. */
const recordAheadMsPerMessage = 0.05;
const mostRecordedAhead = 64;
/** How long a stop that the run itself decides waits for what is in flight: longer than any request may take. */
const ownStopGraceMs = 15_000;

export function createRun(options: RunOptions): Run {
  const { checkpoint, provider, quota, clock, messagesPerRequest, pairMs } = options;
  const spacing = pairMs === null ? unspaced : createPairSpacing(pairMs, clock);
  const feed = createRowFeed({ ...options, spacing });
  const packer = createBatchPacker({ feed, provider, messagesPerRequest });
  const tally = createOutcomeTally({ ...options, stop: (reason) => stop(reason, ownStopGraceMs) });
  const mostTogether = Math.min(messagesPerRequest, provider.maxMessagesPerRequest);
  const rules = { refusesTogether: provider.refusesTogether, fallbackOn: options.fallbackOn };
  const aheadMs = recordAheadMs + Math.ceil((mostTogether - 1) * recordAheadMsPerMessage);
  const departing = new AbortController();
  /** Attempts recorded whose answers are not, by id. */
  const open = new Map<string, Promise<void>>();
  let undeparted = 0;
  let daily: DailyWindow | null = null;
  let attempts = 0;
  let stopping: StopReason | null = null;
  let failure: { readonly cause: unknown } | null = null;
  let cancelGrace: () => void = () => {};
  let wake: () => void = () => {};
  /** What each request in flight does when the grace of a stop has run out. */
  const abandonments = new Set<() => void>();

  function stop(reason: StopReason, graceMs: number): void {
    if (stopping !== null) return;
    stopping = reason;
    leaveOff(graceMs);
  }

  /** A bug or a full disk: nothing more may leave, and the caller hears of it. */
  function fail(cause: unknown): void {
    if (failure !== null) return;
    failure = { cause };
    leaveOff(ownStopGraceMs);
  }

  function leaveOff(graceMs: number): void {
    departing.abort();
    cancelGrace();
    cancelGrace = clock.schedule(graceMs, () => {
      for (const abandon of abandonments) abandon();
    });
    wake();
  }

  async function nextGroup(size: number): Promise<readonly Batch[]> {
    const group: Batch[] = [];
    let most = roomToday();
    while (group.length < size) {
      const batch = await packer.next(most);
      if (batch.messages.length === 0) break;
      group.push(batch);
      most -= batch.messages.length;
    }
    return group;
  }

  /**
   * How many attempts to record now: as far as there is room in flight, and not further ahead than the next few
   * milliseconds. Half of that may drain first, so that attempts are recorded in groups and not one by one.
   */
  function room(): number {
    const wanted = Math.ceil((quota.currentPerSecond() * aheadMs) / 1_000);
    const ahead = Math.max(1, Math.min(mostRecordedAhead, wanted));
    if (undeparted > ahead / 2) return 0;
    return Math.min(options.concurrency - open.size, ahead - undeparted);
  }

  function roomToday(): number {
    return daily?.room(clock.now()) ?? Number.POSITIVE_INFINITY;
  }

  /**
   * With nothing under way: whether more may leave now, or later since it is held, or the end of the list was reached. Where
   * only the daily cap keeps the rest back, the run stops for it.
   */
  async function whatIsLeft(): Promise<'now' | 'later' | 'nothing'> {
    const anyInLine = await packer.anyInLine();
    if (!anyInLine && spacing.waitMs() === null) return 'nothing';
    if (daily !== null && roomToday() === 0) {
      const { unsent } = await checkpoint.balance();
      stop({ kind: 'dailyCap', cap: daily.cap, left: unsent, goesOnAt: daily.opensAt(unsent) }, ownStopGraceMs);
    }
    return anyInLine ? 'now' : 'later';
  }

  async function beginGroup(group: readonly Batch[]): Promise<void> {
    const startedAt = clock.now();
    const starts = group.map(({ messages }): AttemptStart => {
      attempts += 1;
      const id = `${options.attemptPrefix}-${attempts}`;
      return { id, rows: messages.map(({ row }) => row), startedAt };
    });
    await checkpoint.begin(starts);
    group.forEach((batch, index) => {
      const start = starts[index];
      if (start === undefined) return;
      undeparted += 1;
      daily?.depart(batch.messages.length);
      open.set(
        start.id,
        attempt(batch, start)
          .catch(fail)
          .finally(() => closed(start.id)),
      );
    });
  }

  function closed(id: string): void {
    open.delete(id);
    wake();
  }

  async function attempt(batch: Batch, start: AttemptStart): Promise<void> {
    const { messages } = batch;
    const departure = await depart(messages);
    const departedAt = clock.now();
    undeparted -= 1;
    wake();
    if (departure === null) {
      await checkpoint.withdraw([start]);
      daily?.settle(messages.length, 0, departedAt);
      return;
    }
    const { results, parts, back, gone } = placeMessages(batch, await answerOf(departure), rules);
    await checkpoint.settle([{ id: start.id, endedAt: clock.now(), results }]);
    const out = results.filter(({ outcome }) => outcome.kind === 'accepted' || outcome.kind === 'unknown').length;
    daily?.settle(messages.length, out, departedAt);
    tally.heed(results);
    packer.putFirst(parts);
    feed.putBack(back);
    gone.forEach(spacing.left);
  }

  /** Null: the run stopped first, so nothing has left. */
  async function depart(messages: readonly Message[]): Promise<Departure<readonly Outcome[]> | null> {
    let called = false;
    const send = () => {
      called = true;
      return provider.send(messages);
    };
    try {
      return await quota.depart(send, departing.signal);
    } catch (cause) {
      if (called || !departing.signal.aborted) throw cause;
      return null;
    }
  }

  /** The answer, or none where it does not come before the grace of a stop has run out. */
  function answerOf({ answer }: Departure<readonly Outcome[]>): Promise<readonly Outcome[]> {
    return new Promise((resolve, reject) => {
      const abandon = () => resolve([]);
      abandonments.add(abandon);
      answer.then(resolve, reject).finally(() => abandonments.delete(abandon));
    });
  }

  function somethingChanges(): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
    });
  }

  /** Until something changes, or the time has passed; null: until something changes. */
  async function wait(changed: Promise<void>, ms: number | null): Promise<void> {
    const cancel = ms === null ? () => {} : clock.schedule(ms, () => wake());
    await changed;
    cancel();
  }

  async function loop(): Promise<void> {
    for (;;) {
      const changed = somethingChanges();
      if (stopping !== null || failure !== null) return;
      const size = room();
      // While the quota holds everything, nothing is recorded: after a crash it would be unknown and had never left.
      const holdMs = undeparted === 0 ? quota.waitMs() - aheadMs : 0;
      if (size > 0 && holdMs > 0) {
        await wait(changed, holdMs);
        continue;
      }
      if (size > 0) {
        // Only what is open puts rows back, so an empty answer is final only where nothing was before the question.
        const idle = open.size === 0;
        const group = await nextGroup(size);
        if (stopping !== null || failure !== null) return;
        if (group.length > 0) {
          await beginGroup(group);
          continue;
        }
        const left = idle ? await whatIsLeft() : 'later';
        if (left === 'nothing') return;
        if (left === 'now') continue;
        await wait(changed, spacing.waitMs());
        continue;
      }
      await changed;
    }
  }

  return {
    async execute() {
      const { maxDurationMs, closing, dailyCap } = options;
      const stopAfterMs = (ms: number, reason: StopReason) => clock.schedule(ms, () => stop(reason, ownStopGraceMs));
      const cancels = [
        ...(maxDurationMs === null ? [] : [stopAfterMs(maxDurationMs, { kind: 'duration', afterMs: maxDurationMs })]),
        ...(closing === null
          ? []
          : [stopAfterMs(closing.closesAt - clock.now(), { kind: 'hours', opensAt: closing.opensAt })]),
      ];
      try {
        if (pairMs !== null) {
          const now = clock.now();
          for (const { to, at } of await checkpoint.lastHandOversSince(now - pairMs)) spacing.remember(to, now - at);
        }
        if (dailyCap !== null) {
          daily = createDailyWindow(dailyCap, await checkpoint.handedOverSince(firstCounted(clock.now())));
        }
        await loop();
      } catch (cause) {
        fail(cause);
      }
      await Promise.all(open.values());
      for (const cancel of cancels) cancel();
      cancelGrace();
      if (failure !== null) throw failure.cause;
      return stopping;
    },
    progress: () => ({
      ...tally.counts(),
      inFlight: open.size - undeparted,
      allowedPerSecond: quota.currentPerSecond(),
      stopping,
    }),
    stop,
  };
}
