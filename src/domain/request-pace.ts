/**
 * How fast requests may leave and how much each may carry, so that both limits hold: that of the account, which counts
 * requests, and that of the sender, which counts messages.
 */
import type { Campaign, SendMode } from './campaign.ts';
import type { Rate } from './quota.ts';

/** Requests of an account. Source: the API pages of SendChatappMessage and SendChatappMassMessage, "QPS limits". */
export const defaultRates: Readonly<Record<SendMode, Rate>> = {
  single: { count: 250, perMs: 1_000 },
  mass: { count: 10, perMs: 1_000 },
  batch: { count: 5_000, perMs: 1_000 },
};

/** Requests of text messages, of either operation. Source: the pages of SendSms and SendBatchSms. */
export const smsRate = defaultRates.batch;

/** Recipients of one request. Sources: the API pages of SendChatappMassMessage and SendSms. */
export const mostPerRequest: Readonly<Record<SendMode, number>> = {
  single: 1,
  mass: 1_000,
  batch: 1_000,
};

export interface RequestPace {
  readonly requests: Rate;
  readonly messagesPerRequest: number;
}

/** Smaller requests are better, since an unknown one takes all its rows along, as long as they use this share of the limits. */
const enough = 0.99;

export function requestPaceOf(send: Pick<Campaign['send'], 'mode' | 'rate' | 'senderRate'>): RequestPace {
  const { mode, rate, senderRate } = send;
  const most = mostPerRequest[mode];
  if (senderRate === null || perSecond(senderRate) >= perSecond(rate) * most) {
    return { requests: rate, messagesPerRequest: most };
  }
  const paces = Array.from({ length: most }, (_, index) => paceWith(index + 1, rate, senderRate));
  const best = Math.max(...paces.map(messagesPerSecond));
  return paces.reduce((chosen, larger) => (messagesPerSecond(chosen) >= best * enough ? chosen : larger));
}

/** With so many messages a request; where that is more than the sender may emit at once, no request may leave. */
function paceWith(messagesPerRequest: number, rate: Rate, senderRate: Rate): RequestPace {
  const ofSender = { count: Math.floor(senderRate.count / messagesPerRequest), perMs: senderRate.perMs };
  return { requests: perSecond(ofSender) < perSecond(rate) ? ofSender : rate, messagesPerRequest };
}

export function messagesPerSecond({ requests, messagesPerRequest }: RequestPace): number {
  return perSecond(requests) * messagesPerRequest;
}

export function perSecond({ count, perMs }: Rate): number {
  return (count * 1_000) / perMs;
}

/**
 * How long it takes to hand messages over at a pace, in milliseconds, when nothing slows it down. `groups` are the numbers
 * of messages that may share requests with one another.
 */
export function durationAtPaceMs(groups: readonly number[], { requests, messagesPerRequest }: RequestPace): number {
  const needed = groups.reduce((sum, messages) => sum + Math.ceil(messages / messagesPerRequest), 0);
  return Math.ceil((needed / requests.count) * requests.perMs);
}
