/** For tests that ask the real clock for the day of the service, which is China's, and mean one day from beginning to end. */
import { setTimeout as wait } from 'node:timers/promises';
import { chinaDay } from '../../src/domain/sms/china-time.ts';

/** The day of the service, `yyyyMMdd`. Waits for the next one where less than a minute of this one is left. */
export async function dayOfChina(): Promise<string> {
  const minuteMs = 60_000;
  const next = Date.now() + minuteMs;
  if (chinaDay(next) !== chinaDay(Date.now())) await wait(minuteMs);
  return chinaDay(Date.now());
}
