/** The rate that holds for a campaign: the lower of the account's and the sender's. */
import type { Campaign } from './campaign.ts';
import type { Rate } from './quota.ts';

export function perSecond({ count, perMs }: Rate): number {
  return (count * 1_000) / perMs;
}

export function effectiveRate({ rate, senderRate }: Pick<Campaign['send'], 'rate' | 'senderRate'>): Rate {
  if (senderRate === null) return rate;
  return perSecond(senderRate) < perSecond(rate) ? senderRate : rate;
}

/** How long so many requests take at the rate, in milliseconds, when nothing slows them down. */
export function durationAtRateMs(requests: number, { count, perMs }: Rate): number {
  return Math.ceil((requests / count) * perMs);
}
