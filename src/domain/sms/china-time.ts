/** China's clock, by which Short Message Service counts minutes, hours and days: UTC+8 all year round since 1992. */

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

const offsetMs = 8 * hourMs;

export interface ChinaTime {
  /** Milliseconds since 1970 at which the day began there. */
  readonly dayStartsAt: number;
  /** Full hours of that day that are over, 0 to 23. */
  readonly hour: number;
}

/** `at` in milliseconds since 1970. */
export function chinaTime(at: number): ChinaTime {
  const dayStartsAt = Math.floor((at + offsetMs) / dayMs) * dayMs - offsetMs;
  return { dayStartsAt, hour: Math.floor((at - dayStartsAt) / hourMs) };
}

/** The day there as the service writes it, `yyyyMMdd`. */
export function chinaDay(at: number): string {
  return new Date(at + offsetMs).toISOString().slice(0, 10).replaceAll('-', '');
}

/** Reads `yyyy-MM-dd HH:mm:ss` of China's clock, in milliseconds since 1970; NaN for anything else. */
export function parseChinaTime(text: string): number {
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? Date.parse(`${text.replace(' ', 'T')}+08:00`) : Number.NaN;
}
