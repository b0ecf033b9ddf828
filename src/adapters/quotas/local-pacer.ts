/**
 * The pacer: the quota of one process, exact in every sliding window as the service sees it.
 *
 * Two rules decide when the next request may leave. The window keeps the times by which the last `count` requests had
 * reached the service; the next one leaves no earlier than a window and a guard after the oldest of them. That alone is
 * the promise. On top a pace (GCRA) spreads departures over the window, so that requests reach the service one by one,
 * and jitter on the way that is shorter than the guard cannot push its count over the limit. What a hold-up of this
 * process cost is made up for by a somewhat quicker pace, and never by a burst.
 *
 * A request is written in the turn of the event loop in which it was called, but this process may be held up in between.
 * So it counts from the end of that turn, by which it has left.
 *
 * A request that has to open a connection reaches the service later than its departure by a handshake or two, which no
 * guard covers. Connections are kept alive, so that is so when more requests are under way than ever since the last
 * long pause: such a request counts from its answer, by which it has surely arrived.
 *
 * There is one timer, for the head of the queue. The count is not shared with other processes.
 */
import type { Clock } from '../../domain/clock.ts';
import type { Departure, Quota, Rate } from '../../domain/quota.ts';
import { SortedTimes } from './sorted-times.ts';

export interface PacerOptions {
  readonly limit: Rate;
  readonly clock: Clock;
  /** Added to the window, in milliseconds: the jitter between two requests' ways that is absorbed. */
  readonly guardMs?: number;
  /** The longest hold-up of this process that the pace makes up for, in milliseconds. */
  readonly catchUpMs?: number;
}

const defaultGuardMs = 6;
const defaultCatchUpMs = 100;
/** Share of the usual interval between departures while the pace catches up: a tenth of a window in a window. */
const catchUpInterval = 0.9;
/** Departures this close may leave together, in milliseconds: timers are no finer. */
const togetherMs = 6;
/** An unanswered request over a new connection is taken to have arrived after this long, in milliseconds. */
const connectAllowanceMs = 1_000;
/** After a pause of this long the service may have closed every connection, in milliseconds. Node.js servers wait for 5 s. */
const idleMs = 4_000;
/** Departures in one turn of the event loop, so that their requests are written before the next ones are made. */
const perTurn = 4;
/** A push-back halves the rate at most this often: the answers to one burst say one thing. */
const yieldEveryMs = 1_000;
/** Share of the limit below which no push-back leads. */
const lowestShare = 1 / 64;
/** Share of the limit that is won back in a second of accepted requests. */
const recoverPerSecond = 0.1;

/** Calls the request function. Settles when the answer is in, or when it is clear that there will be none. */
type Start = () => Promise<unknown>;

export function createPacer({
  limit,
  clock,
  guardMs = defaultGuardMs,
  catchUpMs = defaultCatchUpMs,
}: PacerOptions): Quota {
  const { count, perMs } = limit;
  /** When the last `count` requests had reached the service, at the latest. */
  const reached = new SortedTimes(count);
  const queue = new Set<Start>();

  /** Share of the limit in use, above 0 and at most 1. */
  let share = 1;
  /** Nothing to catch up with at the start: the first requests open connections, and leave one by one. */
  let paceDebtUntil = clock.monotonic() + catchUpMs;
  let catchUpDebtUntil = Number.NEGATIVE_INFINITY;
  let heldUntil = Number.NEGATIVE_INFINITY;
  let yieldedAt = Number.NEGATIVE_INFINITY;
  let recoveredAt = Number.NEGATIVE_INFINITY;
  let cancelTimer: (() => void) | undefined;
  let pumping = false;
  let leftInTurn = perTurn;

  /** When those left that left in this turn, over connections that were open. */
  let thisTurn: number[] = [];

  let underWay = 0;
  let mostUnderWay = 0;
  let lastDepartureAt = Number.NEGATIVE_INFINITY;

  const intervalMs = () => (perMs + guardMs) / (count * share);

  function mayLeaveAt(): number {
    const windowEnds = reached.oldest + perMs + guardMs;
    const interval = intervalMs();
    const inPace = paceDebtUntil - Math.max(interval, catchUpMs);
    const apart = catchUpDebtUntil - Math.max(interval * catchUpInterval, togetherMs);
    return Math.max(windowEnds, inPace, apart, heldUntil);
  }

  function leave(start: Start): void {
    const answer = start();
    const now = clock.monotonic();
    paceDebtUntil = Math.max(paceDebtUntil, now) + intervalMs();
    catchUpDebtUntil = Math.max(catchUpDebtUntil, now) + intervalMs() * catchUpInterval;
    if (now - lastDepartureAt > idleMs) mostUnderWay = 0;
    lastDepartureAt = now;
    underWay += 1;
    const arrivedBy = underWay > mostUnderWay ? now + connectAllowanceMs : now;
    reached.add(arrivedBy);
    if (arrivedBy === now) leftNow(now);
    else mostUnderWay = underWay;
    const answered = () => {
      underWay -= 1;
      if (arrivedBy !== now && reached.replace(arrivedBy, Math.min(arrivedBy, clock.monotonic()))) wakeAgain();
    };
    answer.then(answered, answered);
  }

  function leftNow(at: number): void {
    if (thisTurn.length === 0) clock.schedule(0, endTurn);
    thisTurn.push(at);
  }

  function endTurn(): void {
    const now = clock.monotonic();
    for (const at of thisTurn) reached.replace(at, now);
    thisTurn = [];
  }

  function wakeAgain(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    pump();
  }

  function wakeIn(ms: number): void {
    cancelTimer = clock.schedule(ms, () => {
      cancelTimer = undefined;
      leftInTurn = perTurn;
      pump();
    });
  }

  function pump(): void {
    // A request function may itself ask for a departure: that one waits its turn in the loop below.
    if (pumping || cancelTimer !== undefined) return;
    pumping = true;
    for (const start of queue) {
      const waitMs = mayLeaveAt() - clock.monotonic();
      if (waitMs > 0 || leftInTurn === 0) {
        wakeIn(waitMs);
        break;
      }
      queue.delete(start);
      leftInTurn -= 1;
      leave(start);
    }
    pumping = false;
  }

  return {
    limit,
    depart<T>(start: () => Promise<T>, signal: AbortSignal): Promise<Departure<T>> {
      return new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        const giveUp = () => {
          queue.delete(leaveNow);
          reject(signal.reason);
        };
        const leaveNow: Start = () => {
          signal.removeEventListener('abort', giveUp);
          try {
            const answer = start();
            resolve({ answer });
            return answer;
          } catch (cause) {
            reject(cause);
            return Promise.resolve();
          }
        };
        signal.addEventListener('abort', giveUp, { once: true });
        queue.add(leaveNow);
        pump();
      });
    },
    waitMs: () => Math.max(0, mayLeaveAt() - clock.monotonic()),
    yield(retryAfterMs) {
      const now = clock.monotonic();
      if (retryAfterMs !== null) heldUntil = Math.max(heldUntil, now + retryAfterMs);
      if (now - yieldedAt < yieldEveryMs) return;
      yieldedAt = now;
      recoveredAt = now;
      share = Math.max(lowestShare, share / 2);
    },
    recover() {
      if (share === 1) return;
      const now = clock.monotonic();
      const elapsedMs = Math.min(1_000, now - recoveredAt);
      recoveredAt = now;
      share = Math.min(1, share + (recoverPerSecond * elapsedMs) / 1_000);
    },
    currentPerSecond: () => (count * share * 1_000) / perMs,
  };
}
