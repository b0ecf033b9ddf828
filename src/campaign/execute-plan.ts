/** Prepares the loops that hand over what a run file holds, at the campaign's pace, for real or as a dry run. */
import { randomUUID } from 'node:crypto';
import type { Campaign } from '../domain/campaign.ts';
import type { Checkpoint } from '../domain/checkpoint.ts';
import type { Clock } from '../domain/clock.ts';
import type { Channel } from '../domain/message.ts';
import { pairIntervalMs } from '../domain/pair-rate.ts';
import type { Provider } from '../domain/provider.ts';
import type { Quota, Rate } from '../domain/quota.ts';
import { requestPaceOf } from '../domain/request-pace.ts';
import type { PromotionWindow } from '../domain/sms/promotion-hours.ts';
import { createRun, type Run } from '../run/execute-run.ts';
import type { LaneOptions } from '../run/lane.ts';
import { rehearsedCheckpoint, rehearsedProvider, rehearsedQuota } from '../run/rehearse.ts';

export interface ExecuteOptions {
  readonly checkpoint: Checkpoint;
  readonly quota: (limit: Rate) => Quota;
  readonly clock: Clock;
  /** The campaign's own messages, then those that stand in for them by another service, if there are any. */
  readonly ways: readonly [Way, ...Way[]];
  /** Codes of refusals for which a message that has a fallback goes out as that. */
  readonly fallbackOn: readonly string[];
  /** For all ways together; as planned, or as it was changed for this execution. */
  readonly pace: Pick<Campaign['send'], 'concurrency' | 'stopAfter' | 'maxDurationMs'>;
  readonly limit: number | null;
  readonly only: string | null;
  readonly dryRun: boolean;
}

/** How messages of one channel leave. */
export interface Way {
  readonly channel: Channel;
  readonly provider: Provider;
  readonly pace: Pick<Campaign['send'], 'mode' | 'rate' | 'senderRate'>;
  /** Messages in any 24 hours; null: no cap. */
  readonly dailyCap: number | null;
  /** Whether such messages may go at a moment, in milliseconds since 1970. */
  readonly hours: (now: number) => PromotionWindow;
}

export function preparedRun(options: ExecuteOptions): Run {
  const { clock, pace, dryRun } = options;
  const [own, ...others] = options.ways;
  return createRun({
    checkpoint: dryRun ? rehearsedCheckpoint(options.checkpoint) : options.checkpoint,
    clock,
    lanes: [laneOf(own, options), ...others.map((way) => laneOf(way, options))],
    stopAfter: pace.stopAfter,
    maxDurationMs: pace.maxDurationMs,
    limit: options.limit,
    only: options.only,
    attemptPrefix: randomUUID().slice(0, 8),
  });
}

function laneOf(way: Way, { quota: open, pace, fallbackOn, dryRun }: ExecuteOptions): LaneOptions {
  const { channel, provider, dailyCap, hours } = way;
  const { requests, messagesPerRequest } = requestPaceOf(way.pace);
  const quota = open(requests);
  return {
    channel,
    provider: dryRun ? rehearsedProvider(provider) : provider,
    quota: dryRun ? rehearsedQuota(quota) : quota,
    messagesPerRequest,
    concurrency: pace.concurrency,
    fallbackOn,
    hours,
    dailyCap,
    pairMs: dryRun ? null : pairIntervalMs(channel),
  };
}
