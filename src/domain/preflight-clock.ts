/** Whether this machine's clock is near enough to the service's. */
import type { Finding } from './finding.ts';

/** From here on the service refuses the signature. Source: common error codes, InvalidTimeStamp.Expired. */
export const clockRefusedFromMs = 15 * 60_000;
/** From here on a person should look: a clock that is a minute off is not kept in step by anything. */
export const clockWorthALookMs = 60_000;

/** `skewMs` is above 0 where this machine is ahead, and null where the service did not tell. */
export function checkClock(skewMs: number | null): readonly Finding[] {
  if (skewMs === null || Math.abs(skewMs) < clockWorthALookMs) return [];
  return [
    {
      row: null,
      column: null,
      code: 'CLOCK_SKEW',
      severity: 'warning',
      value: skewInWords(Math.abs(skewMs)),
      message: `this machine's clock is ${skewInWords(Math.abs(skewMs))} ${skewMs > 0 ? 'ahead of' : 'behind'} the service's`,
      hint: `set it right (NTP): from ${skewInWords(clockRefusedFromMs)} on the service refuses every request`,
    },
  ];
}

export function skewInWords(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
