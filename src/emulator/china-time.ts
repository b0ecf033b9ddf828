/** The time of the services' home, UTC+8 all year round. */
const chinaOffsetMs = 8 * 3_600_000;

/** `2026-03-02T17:30:00.000+08:00`. `ms` are milliseconds since 1970, here and below. */
export function chinaTime(ms: number): string {
  return new Date(ms + chinaOffsetMs).toISOString().replace('Z', '+08:00');
}

/** `2026-03-02 17:30:00` */
export function chinaDateTime(ms: number): string {
  return chinaTime(ms).slice(0, 19).replace('T', ' ');
}

/** `20260302` */
export function chinaDay(ms: number): string {
  return chinaTime(ms).slice(0, 10).replaceAll('-', '');
}

/** When the day of that name began there; null where there is no such day. */
export function chinaDayStart(day: string): number | null {
  const [, year, month, date] = /^(\d{4})(\d\d)(\d\d)$/.exec(day) ?? [];
  const startMs = Date.parse(`${year}-${month}-${date}T00:00:00.000Z`) - chinaOffsetMs;
  // Date.parse may take a 31 of a month with 30 days for the next one's first.
  return Number.isNaN(startMs) || chinaDay(startMs) !== day ? null : startMs;
}
