/**
 * How far this machine's clock is from the service's, by the Date header of an answer. The SDK hands headers over with
 * good answers only, and a clock that is wrong gets none: so the endpoint is asked without a signature, by a request
 * that it refuses at the door, with its time on it. No credential is needed, and nothing is counted against a limit.
 */
import type { Clock } from '../../../domain/clock.ts';
import type { Service } from '../../../domain/run-record.ts';

export interface ServiceClockOptions {
  readonly service: Service;
  readonly clock: Clock;
  readonly timeoutMs?: number;
}

/** The header has whole seconds: on average the second was half over. */
const halfSecondMs = 500;

/** Milliseconds, above 0 where this machine is ahead, exact to about a second; null where the service did not tell. */
export async function readClockSkew({
  service,
  clock,
  timeoutMs = 10_000,
}: ServiceClockOptions): Promise<number | null> {
  const { endpoint } = service;
  const url = endpoint.includes('://') ? endpoint : `https://${endpoint}`;
  const askedAt = clock.now();
  const startedAt = clock.monotonic();
  const date = await dateOf(url, timeoutMs);
  if (date === null) return null;
  const halfWayMs = (clock.monotonic() - startedAt) / 2;
  return Math.round(askedAt + halfWayMs - (date + halfSecondMs));
}

async function dateOf(url: string, timeoutMs: number): Promise<number | null> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    await response.body?.cancel();
    const date = Date.parse(response.headers.get('date') ?? '');
    return Number.isNaN(date) ? null : date;
  } catch {
    // No connection, or no HTTP: whoever needs the service says so in its own words.
    return null;
  }
}
