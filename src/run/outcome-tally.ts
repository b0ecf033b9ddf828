/** Counts outcomes that are on disk, lets the quota know of them, and draws the run's conclusions. */
import type { StopAfter } from '../domain/campaign.ts';
import type { AttemptResult } from '../domain/checkpoint.ts';
import type { Clock } from '../domain/clock.ts';
import type { Channel } from '../domain/message.ts';
import type { Quota } from '../domain/quota.ts';
import { judgeOutcome } from './judge-outcome.ts';
import { createOutage, unreachableLimitMs } from './outage.ts';
import { type StopReason, tooManyFailures } from './stop-rules.ts';

/** Messages, not requests; throttled ones are counted each time. */
export interface OutcomeCounts {
  readonly accepted: number;
  readonly rejected: number;
  readonly unknown: number;
  readonly throttled: number;
  /** Refused, and back in line as their fallback. */
  readonly fellBack: number;
}

export interface OutcomeTally {
  /** What became of the messages of one request, where that has put their rows, and by which way they had left. */
  heed(results: readonly AttemptResult[], way: Way): void;
  counts(): OutcomeCounts;
}

/** By what the messages of a request left. */
export interface Way {
  readonly channel: Channel;
  readonly quota: Quota;
}

export interface OutcomeTallyOptions {
  readonly clock: Clock;
  readonly stopAfter: StopAfter | null;
  /** Nothing more may leave. */
  readonly stop: (reason: StopReason) => void;
}

export function createOutcomeTally({ clock, stopAfter, stop }: OutcomeTallyOptions): OutcomeTally {
  const counts = { accepted: 0, rejected: 0, unknown: 0, throttled: 0, fellBack: 0 };
  const outage = createOutage(clock);

  function heedUnreachable(code: string, { quota }: Way): void {
    const { forMs, holdMs } = outage.note();
    if (forMs >= unreachableLimitMs) stop({ kind: 'unreachable', code, forMs });
    if (holdMs !== null) quota.yield(holdMs);
  }

  function heedOne({ outcome, next }: AttemptResult, way: Way): void {
    const { quota, channel } = way;
    if (outcome.kind === 'unreachable') {
      heedUnreachable(outcome.code, way);
      return;
    }
    outage.over();
    if (outcome.kind === 'throttled') {
      counts.throttled += 1;
      quota.yield(outcome.retryAfterMs);
      return;
    }
    if (outcome.kind !== 'unknown') quota.recover();
    if (next === 'fallback') {
      counts.fellBack += 1;
      return;
    }
    const { stop: refusal } = judgeOutcome(outcome);
    if (refusal !== null) {
      stop({ kind: 'refused', refusal, channel });
      return;
    }
    // Refused together with others, one of which may be to blame for it.
    if (next === 'pending') return;
    counts[outcome.kind] += 1;
  }

  /** Asked once a request, since the messages of one that fails fail together. */
  function stopForFailures(): void {
    const { accepted, rejected, unknown } = counts;
    const tooMany = tooManyFailures(stopAfter, {
      answered: accepted + rejected + unknown,
      failed: rejected + unknown,
    });
    if (tooMany !== null) stop(tooMany);
  }

  return {
    counts: () => counts,
    heed(results, way) {
      for (const result of results) heedOne(result, way);
      stopForFailures();
    },
  };
}
