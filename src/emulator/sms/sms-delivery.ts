/** What becomes of a text message after it was accepted: nothing for a while, and then the carrier's word. */
import { chance } from '../chance.ts';
import type { AcceptedSms, SmsDraft } from './sms-message.ts';
import { carrierOf } from './sms-number.ts';
import { isFiledWith, type SmsSign } from './sms-signs.ts';

/** Messages that are accepted and do not arrive. */
export interface Undelivered {
  /** From 0 to 1, of the people who are written to. */
  readonly share: number;
  /** The carrier's code, or null for one of its usual ones, which stays the same for a number. */
  readonly code: string | null;
}

/** Codes that concern a person and not the campaign. Source: the list of carrier codes. */
const usualCodes = [
  'MOBILE_NOT_ON_SERVICE',
  'MOBILE_TERMINAL_ERROR',
  'MOBILE_IN_BLACK',
  'MOBILE_SEND_LIMIT',
  'USER_REJECT',
  'INVALID_NUMBER',
  'EXPIRED',
] as const;

export const delivered = 'DELIVERED';

/** Whoever cannot be reached cannot be reached the next time either. */
export function endingOf(
  { to }: SmsDraft,
  sign: SmsSign | undefined,
  { share, code }: Undelivered,
  seed: number,
): string {
  const carrier = carrierOf(to);
  if (carrier !== null && sign !== undefined && !isFiledWith(sign, carrier)) return 'PORT_NOT_REGISTERED';
  if (share === 0 || chance(seed, `sms ${to}`) >= share) return delivered;
  return code ?? usualCodes[Math.floor(chance(seed, `carrier ${to}`) * usualCodes.length)] ?? delivered;
}

export type SmsState =
  | { readonly kind: 'waiting' }
  /** `endedAt` in milliseconds since 1970. */
  | { readonly kind: 'delivered' | 'failed'; readonly code: string; readonly endedAt: number };

/** As the receipt would tell it at `nowMs`. */
export function stateOf({ acceptedAt, ending }: AcceptedSms, delayMs: number, nowMs: number): SmsState {
  const endedAt = acceptedAt + delayMs;
  if (nowMs < endedAt) return { kind: 'waiting' };
  return { kind: ending === delivered ? 'delivered' : 'failed', code: ending, endedAt };
}
