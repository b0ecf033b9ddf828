/** When a run stops before its end, and why. Every such stop can be resumed. */
import type { StopAfter } from '../domain/campaign.ts';
import type { Channel } from '../domain/message.ts';
import type { Refusal } from '../domain/outcome.ts';

export type StopReason =
  /** A person asked (Ctrl-C, SIGTERM). */
  | { readonly kind: 'interrupted' }
  /** The service that carries the channel refused the campaign or the account, so it would refuse every other row as well. */
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly channel: Channel }
  /** `stopAfter`: too many of the answers were failures. */
  | { readonly kind: 'failures'; readonly failed: number; readonly answered: number }
  /** `maxDuration` has passed. */
  | { readonly kind: 'duration'; readonly afterMs: number }
  /** `dailyCap`: so many went out in 24 hours; `left` are still to go, as many as the cap allows after `goesOnAt`. */
  | { readonly kind: 'dailyCap'; readonly cap: number; readonly left: number; readonly goesOnAt: number }
  /** The hours in which such messages may go are over; they begin again at `opensAt`, milliseconds since 1970. */
  | { readonly kind: 'hours'; readonly opensAt: number }
  /** No connection could be made for too long. */
  | { readonly kind: 'unreachable'; readonly code: string; readonly forMs: number };

/** How many messages of this execution the service has answered for, and how many of those failed or are unknown. */
export interface Tally {
  readonly answered: number;
  readonly failed: number;
}

/** Unknown outcomes count as failures here: a service that stops answering must not eat the whole list. */
export function tooManyFailures(rule: StopAfter | null, { answered, failed }: Tally): StopReason | null {
  if (rule === null || answered < rule.atLeast) return null;
  const most = rule.failures.kind === 'count' ? rule.failures.count : rule.failures.share * answered;
  return failed > 0 && failed >= most ? { kind: 'failures', failed, answered } : null;
}
