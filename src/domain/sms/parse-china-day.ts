/** Days in flags, as the service counts them: by China's clock. */
import { type Parsed, parsedMistake, parsedValue } from '../parsed.ts';

/** Reads `2026-11-21`; the value is `20261121`, as the service writes it. */
export function parseChinaDay(text: string): Parsed<string> {
  const written = text.trim();
  const at = /^\d{4}-\d\d-\d\d$/.test(written) ? Date.parse(`${written}T00:00:00Z`) : Number.NaN;
  // 31 February would read as a day of March.
  if (!Number.isNaN(at) && new Date(at).toISOString().startsWith(written)) {
    return parsedValue(written.replaceAll('-', ''));
  }
  return parsedMistake(`"${text}" is not a day`, 'write year, month and day, such as 2026-11-21');
}

/** Milliseconds since 1970 at which a day of the service, `yyyyMMdd`, begins. */
export function chinaDayStart(day: string): number {
  return Date.parse(`${dashedDay(day)}T00:00:00+08:00`);
}

/** `20261121` becomes `2026-11-21`, as a person reads it. */
export function dashedDay(day: string): string {
  return day.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
}
