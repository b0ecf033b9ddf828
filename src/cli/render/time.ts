/** Moments as a person reads them. */

/** `2026-03-02 09:30 UTC`. `ms` is milliseconds since 1970. */
export function formatTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
