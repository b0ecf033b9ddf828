/**
 * How many messages of a kind one number of mainland China may get, and when the next may go. Source: the sending limits
 * of Short Message Service, by default; company accounts can change those of verification codes.
 */
import { dayMs, hourMs, minuteMs } from './china-time.ts';
import { type Destination, destinationOf } from './destination.ts';
import type { SmsTemplateKind } from './sms-template.ts';

export interface NumberLimit {
  readonly messages: number;
  /** Minutes and hours are those of the clock; the day is any 24 hours. */
  readonly per: 'minute' | 'hour' | 'day';
}

const verificationLimits: readonly NumberLimit[] = [
  { messages: 1, per: 'minute' },
  { messages: 5, per: 'hour' },
  { messages: 10, per: 'day' },
];

const templateLimits: readonly NumberLimit[] = [{ messages: 50, per: 'day' }];

/** The tightest first. None are documented for numbers elsewhere. */
export function numberLimits(kind: SmsTemplateKind, destination: Destination): readonly NumberLimit[] {
  if (destination === 'elsewhere') return [];
  switch (kind) {
    case 'verification':
      return verificationLimits;
    case 'notice':
    case 'promotion':
      return templateLimits;
    case 'international':
      return [];
  }
}

export interface LimitForecast {
  /** The limit that is met first. */
  readonly limit: NumberLimit;
  /** How many of the messages the service refuses where all of them go at about the same time. */
  readonly refused: number;
}

/** What becomes of so many messages by the same sign to one number; null where the limits let all of them pass at once. */
export function forecastLimits(kind: SmsTemplateKind, to: string, messages: number): LimitForecast | null {
  const limits = numberLimits(kind, destinationOf(to));
  const limit = limits.find((each) => messages > each.messages);
  if (limit === undefined) return null;
  return { limit, refused: messages - limit.messages };
}

/** The service's words about its limits, in Chinese and in English, such as "触发小时级流控Permits:5". */
const periodWords: readonly { readonly per: NumberLimit['per']; readonly words: RegExp }[] = [
  { per: 'minute', words: /分钟|minute/i },
  { per: 'hour', words: /小时|hour/i },
  { per: 'day', words: /天|日|\bday|\bdaily/i },
];

/** Which limit a refusal with isv.BUSINESS_LIMIT_CONTROL speaks of; null where it does not say. */
export function limitNamed(message: string): NumberLimit['per'] | null {
  return periodWords.find(({ words }) => words.test(message))?.per ?? null;
}

/**
 * The earliest moment at which a number may get another message, after a refusal with isv.BUSINESS_LIMIT_CONTROL whose words
 * are `message`; both moments in milliseconds since 1970. Minutes and hours of China's clock begin with those of UTC.
 * When the day's first message went is not known, so a whole day is waited, and so it is where no limit is named.
 */
export function retryAtOfLimit(message: string, endedAt: number): number {
  switch (limitNamed(message)) {
    case 'minute':
      return nextStart(endedAt, minuteMs);
    case 'hour':
      return nextStart(endedAt, hourMs);
    case 'day':
    case null:
      return endedAt + dayMs;
  }
}

function nextStart(at: number, periodMs: number): number {
  return (Math.floor(at / periodMs) + 1) * periodMs;
}
