/** When a rejected row may be tried again. Decides nothing about unknown rows: those are reconciled, not retried. */
import type { CatalogueEntry } from './catalogue.ts';
import { retryAtOfLimit } from './sms/number-limits.ts';

/** Long enough for flow control and short outages to pass; the catalogue names the exceptions. */
const backoffMs = 60_000;

/** What WhatsApp asks for after 131049, and enough for every daily limit. Source: WhatsApp error codes page. */
const laterMs = 24 * 60 * 60 * 1000;

/** Refusals whose words say how long to wait. Source: the sending limits of Short Message Service, which it counts by number. */
export const codesTimedByWords: readonly string[] = ['isv.BUSINESS_LIMIT_CONTROL'];

/** A refusal as it is on record. */
export interface TimedRefusal {
  /** The service's words. */
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly endedAt: number;
}

/**
 * The earliest moment at which another try makes sense, milliseconds since 1970, never before `now`; null where the
 * same message will be refused again, or where it may have gone out.
 */
export function retryAt(entry: CatalogueEntry, { reason, endedAt }: TimedRefusal, now: number): number | null {
  if (entry.delivered !== 'no' || entry.retryable === 'never') return null;
  if (codesTimedByWords.includes(entry.code)) return Math.max(now, retryAtOfLimit(reason, endedAt));
  const known = entry.waitSeconds === undefined ? null : entry.waitSeconds * 1000;
  return Math.max(now, endedAt + (known ?? (entry.retryable === 'backoff' ? backoffMs : laterMs)));
}
