/**
 * How often one number may be written to, on the mainland. Source: the flow control page, for accounts that have changed nothing.
 * Minutes and hours are those of the clock, which UTC+8 shares with UTC; a day is the last 24 hours. The service counts what it
 * accepts, whatever becomes of it. That one number over its limit refuses a call for many is unverified.
 */
import type { Refusal } from '../refusals.ts';
import { refuseSms } from './refuse-sms.ts';
import type { SmsDraft } from './sms-message.ts';
import { isMainland } from './sms-number.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** As callers have seen them, with how many are permitted. */
const words = {
  minute: '触发分钟级流控Permits:',
  hour: '触发小时级流控Permits:',
  day: '触发天级流控Permits:',
} as const;

interface Limit {
  /** What is counted together for one number. */
  readonly scope: string;
  readonly permits: readonly (readonly [window: keyof typeof words, most: number])[];
}

export class SmsLimits {
  /** By scope and number: when something was accepted, oldest first. */
  readonly #times = new Map<string, Map<string, number[]>>();

  /** Counts the messages of one call and answers null, or counts none of them and says which limit they exceed. `nowMs` since 1970. */
  take(messages: readonly SmsDraft[], nowMs: number): Refusal | null {
    const counted: number[][] = [];
    for (const message of messages) {
      if (!isMainland(message.to)) continue;
      for (const { scope, permits } of limitsOf(message)) {
        const times = this.#timesOf(scope, message.to);
        const exceeded = judge(times, permits, nowMs);
        if (exceeded !== null) {
          for (const added of counted) added.pop();
          return exceeded;
        }
        times.push(nowMs);
        counted.push(times);
      }
    }
    return null;
  }

  #timesOf(scope: string, to: string): number[] {
    const byNumber = getOrPut(this.#times, scope, () => new Map<string, number[]>());
    return getOrPut(byNumber, to, () => []);
  }
}

function getOrPut<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** Forgets what is older than a day. */
function judge(times: number[], permits: Limit['permits'], nowMs: number): Refusal | null {
  while (times[0] !== undefined && times[0] <= nowMs - dayMs) times.shift();
  if (times.length === 0) return null;
  for (const [window, most] of permits) {
    if (times.filter((time) => time >= windowStart(window, nowMs)).length >= most) {
      return { ...refuseSms('isv.BUSINESS_LIMIT_CONTROL'), message: `${words[window]}${most}` };
    }
  }
  return null;
}

function windowStart(window: keyof typeof words, nowMs: number): number {
  switch (window) {
    case 'minute':
      return nowMs - (nowMs % minuteMs);
    case 'hour':
      return nowMs - (nowMs % hourMs);
    case 'day':
      return Number.NEGATIVE_INFINITY;
  }
}

function limitsOf({ sign, templateCode, templateType }: SmsDraft): readonly Limit[] {
  switch (templateType) {
    case 'verification':
      return [
        {
          scope: `code ${sign}`,
          permits: [
            ['minute', 1],
            ['hour', 5],
            ['day', 10],
          ],
        },
        // Of all senders of the platform, of which there is one here.
        { scope: 'code', permits: [['day', 40]] },
      ];
    case 'notice':
    case 'promotion':
      return [{ scope: `${templateCode} ${sign}`, permits: [['day', 50]] }];
    case 'international':
      return [];
  }
}
