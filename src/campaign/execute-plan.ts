/** Prepares the loop that hands over what a run file holds, at the campaign's pace, for real or as a dry run. */
import { randomUUID } from 'node:crypto';
import type { Campaign } from '../domain/campaign.ts';
import type { Checkpoint } from '../domain/checkpoint.ts';
import type { Clock } from '../domain/clock.ts';
import { effectiveDailyCap } from '../domain/daily-cap.ts';
import type { Channel } from '../domain/message.ts';
import { pairIntervalMs } from '../domain/pair-rate.ts';
import type { Provider } from '../domain/provider.ts';
import type { Quota, Rate } from '../domain/quota.ts';
import { requestPaceOf } from '../domain/request-pace.ts';
import type { Closing } from '../domain/sms/promotion-hours.ts';
import { createRun, type Run } from '../run/execute-run.ts';
import { rehearsedCheckpoint, rehearsedProvider, rehearsedQuota } from '../run/rehearse.ts';

export interface ExecuteOptions {
  readonly checkpoint: Checkpoint;
  readonly provider: Provider;
  readonly quota: (limit: Rate) => Quota;
  readonly clock: Clock;
  readonly channel: Channel;
  /** Codes of refusals for which a message that has a fallback goes out as that. */
  readonly fallbackOn: readonly string[];
  /** As planned, or as it was changed for this execution. */
  readonly pace: Campaign['send'];
  /** People a day of the sender, as told when the plan was made; null: unlimited, or not told. */
  readonly tierPeople: number | null;
  /** When the hours in which such messages may go are over; null: they may go at any hour. */
  readonly closing: Closing | null;
  readonly limit: number | null;
  readonly only: string | null;
  readonly dryRun: boolean;
}

export function preparedRun(options: ExecuteOptions): Run {
  const { clock, pace, dryRun } = options;
  const { requests, messagesPerRequest } = requestPaceOf(pace);
  const quota = options.quota(requests);
  return createRun({
    checkpoint: dryRun ? rehearsedCheckpoint(options.checkpoint) : options.checkpoint,
    provider: dryRun ? rehearsedProvider(options.provider) : options.provider,
    quota: dryRun ? rehearsedQuota(quota) : quota,
    clock,
    messagesPerRequest,
    concurrency: pace.concurrency,
    stopAfter: pace.stopAfter,
    fallbackOn: options.fallbackOn,
    maxDurationMs: pace.maxDurationMs,
    closing: options.closing,
    dailyCap: effectiveDailyCap(pace.dailyCap, options.tierPeople),
    pairMs: dryRun ? null : pairIntervalMs(options.channel),
    limit: options.limit,
    only: options.only,
    attemptPrefix: randomUUID().slice(0, 8),
  });
}
