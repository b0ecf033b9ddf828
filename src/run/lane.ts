/**
 * One lane of a run: the loop that sends by one service. For every request: the attempt is recorded durably, then the quota
 * lets it leave, then its outcome is recorded durably; only after that is it counted. Attempts are recorded a few
 * milliseconds ahead of their departure, in groups, so that the disk costs little; what was recorded and has not left
 * when the lane stops is taken back.
 *
 * It decides nothing about the list or the template (the plan did) and prints nothing.
 */
import type { AttemptStart, Checkpoint } from '../domain/checkpoint.ts';
import type { Clock } from '../domain/clock.ts';
import type { Channel, Message } from '../domain/message.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Provider } from '../domain/provider.ts';
import type { Departure, Quota } from '../domain/quota.ts';
import type { PromotionWindow } from '../domain/sms/promotion-hours.ts';
import { type Batch, createBatchPacker } from './batch-packer.ts';
import { createDailyWindow, type DailyWindow, firstCounted } from './daily-window.ts';
import type { OutcomeTally } from './outcome-tally.ts';
import { createPairSpacing, unspaced } from './pair-spacing.ts';
import { placeMessages } from './place-messages.ts';
import { createRowFeed, type RowLimit } from './row-feed.ts';
import type { StopReason } from './stop-rules.ts';

/** What the loop needs of a checkpoint. */
export type LoopCheckpoint = Pick<
  Checkpoint,
  'pending' | 'inLine' | 'begin' | 'settle' | 'withdraw' | 'handedOverSince' | 'lastHandOversSince'
>;

/** By what messages leave, and what bounds it. */
export interface LaneOptions {
  /** Messages of this channel go here. */
  readonly channel: Channel;
  readonly provider: Provider;
  readonly quota: Quota;
  /** Messages a request at most; the provider may allow fewer. */
  readonly messagesPerRequest: number;
  /** Requests in flight at most, recorded attempts included. */
  readonly concurrency: number;
  /** Codes of refusals for which a message that has a fallback goes out as that, here or in a later lane. */
  readonly fallbackOn: readonly string[];
  /** Whether such messages may go at a moment, in milliseconds since 1970. */
  readonly hours: (now: number) => PromotionWindow;
  /** Messages in any 24 hours, those of earlier executions included; null: no cap. */
  readonly dailyCap: number | null;
  /** At least so long between two messages to one address, in milliseconds, earlier executions included; null: no bound. */
  readonly pairMs: number | null;
}

/** What the lanes of a run share. */
export interface LaneSurroundings {
  readonly checkpoint: LoopCheckpoint;
  readonly clock: Clock;
  readonly tally: OutcomeTally;
  /** Null: all rows. */
  readonly limit: RowLimit | null;
  readonly only: string | null;
  /** Unique within the run. */
  readonly attemptId: () => string;
}

export interface Lane {
  /** Resolves when nothing is under way any more; null means that nothing is left in line. To be called once. */
  execute(): Promise<StopReason | null>;
  /** Nothing new leaves from now on; what is in flight is awaited, at most `graceMs`, and is unknown after that. */
  stop(reason: StopReason, graceMs: number): void;
  /** Requests that have left and whose outcomes are not on disk yet. */
  inFlight(): number;
  stopping(): StopReason | null;
  /** What is left of the limit for a later lane, where rows go as their fallback that counted here; null: all rows may. */
  limitLeft(): RowLimit | null;
}

/** Attempts are recorded this far ahead of their departure, in milliseconds of the present rate. */
const recordAheadMs = 20;
/** As much more for each further message of a request: twice what reading and recording one takes on a slow machine. */
const recordAheadMsPerMessage = 0.05;
const mostRecordedAhead = 64;
/** How long a stop that a run itself decides waits for what is in flight: longer than any request may take. */
export const ownStopGraceMs = 15_000;

export function createLane(options: LaneOptions & LaneSurroundings): Lane {
  const { channel, checkpoint, provider, quota, clock, tally, messagesPerRequest, pairMs } = options;
  const spacing = pairMs === null ? unspaced : createPairSpacing(pairMs, clock);
  const feed = createRowFeed({ ...options, spacing });
  const packer = createBatchPacker({ feed, provider, messagesPerRequest });
  const mostTogether = Math.min(messagesPerRequest, provider.maxMessagesPerRequest);
  const rules = { refusesTogether: provider.refusesTogether, fallbackOn: options.fallbackOn };
  const aheadMs = recordAheadMs + Math.ceil((mostTogether - 1) * recordAheadMsPerMessage);
  const departing = new AbortController();
  /** Attempts recorded whose answers are not, by id. */
  const open = new Map<string, Promise<void>>();
  let undeparted = 0;
  let daily: DailyWindow | null = null;
  let stopping: StopReason | null = null;
  let failure: { readonly cause: unknown } | null = null;
  let cancelGrace: () => void = () => {};
  let wake: () => void = () => {};
  /** What each request in flight does when the grace of a stop has run out. */
  const abandonments = new Set<() => void>();
  /** Rows that go as their fallback in a later lane, where rows are limited. */
  const passedOn = new Set<number>();

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
      const left = await checkpoint.inLine(channel);
      stop({ kind: 'dailyCap', cap: daily.cap, left, goesOnAt: daily.opensAt(left) }, ownStopGraceMs);
    }
    return anyInLine ? 'now' : 'later';
  }

  async function beginGroup(group: readonly Batch[]): Promise<void> {
    const startedAt = clock.now();
    const starts = group.map(
      ({ messages }): AttemptStart => ({
        id: options.attemptId(),
        rows: messages.map(({ row }) => row),
        startedAt,
      }),
    );
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
    const { results, parts, back, elsewhere, gone } = placeMessages(batch, await answerOf(departure), rules);
    await checkpoint.settle([{ id: start.id, endedAt: clock.now(), results }]);
    const out = results.filter(({ outcome }) => outcome.kind === 'accepted' || outcome.kind === 'unknown').length;
    daily?.settle(messages.length, out, departedAt);
    tally.heed(results, options);
    if (options.limit !== null) for (const { row } of elsewhere) passedOn.add(row);
    packer.putFirst(parts);
    feed.putBack(back);
    for (const message of [...elsewhere, ...gone]) spacing.left(message);
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
        // Where the cap leaves no room, only an answer makes some: what is held need not be looked at before.
        await wait(changed, roomToday() > 0 ? spacing.waitMs() : null);
        continue;
      }
      await changed;
    }
  }

  /** Nothing leaves outside the hours; a lane with nothing in line has none to heed. Answers with what ends the heeding. */
  async function heedHours(): Promise<() => void> {
    const now = clock.now();
    const window = options.hours(now);
    if (window.kind === 'closed') {
      if (await packer.anyInLine()) stop({ kind: 'hours', opensAt: window.opensAt }, ownStopGraceMs);
      return () => {};
    }
    const { closing } = window;
    if (closing === null) return () => {};
    return clock.schedule(closing.closesAt - now, () =>
      stop({ kind: 'hours', opensAt: closing.opensAt }, ownStopGraceMs),
    );
  }

  return {
    async execute() {
      const { dailyCap } = options;
      let heedNoHours = () => {};
      try {
        heedNoHours = await heedHours();
        if (pairMs !== null) {
          const now = clock.now();
          for (const { to, at } of await checkpoint.lastHandOversSince(now - pairMs, channel)) {
            spacing.remember(to, now - at);
          }
        }
        if (dailyCap !== null) {
          daily = createDailyWindow(dailyCap, await checkpoint.handedOverSince(firstCounted(clock.now()), channel));
        }
        await loop();
      } catch (cause) {
        fail(cause);
      }
      await Promise.all(open.values());
      heedNoHours();
      cancelGrace();
      if (failure !== null) throw failure.cause;
      return stopping;
    },
    stop,
    inFlight: () => open.size - undeparted,
    stopping: () => stopping,
    limitLeft: () => feed.limitLeft(passedOn),
  };
}
