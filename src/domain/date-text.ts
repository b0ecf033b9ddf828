/**
 * Dates in cells, and how they are written in a message. A date is shown as it stands in the cell, whatever the time
 * zone of the machine: nothing here asks for local time, and liquidjs' own `date` filter does.
 */

/** The clock on the wall where the date was written. */
export interface WrittenDate {
  /** What the wall clock showed, as milliseconds since 1970 as if it stood in UTC. */
  readonly wallMs: number;
  /** Minutes that the clock was ahead of UTC; 0 where the text does not say. */
  readonly offsetMinutes: number;
}

const written =
  /^(\d{4})([-/.年])(\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * Reads `2026-11-21`, `2026/11/21 10:00`, `2026年11月21日`, `20261121`, ISO 8601 with seconds and zone, and seconds (10
 * digits) or milliseconds (13 digits) since 1970, in UTC. Null for anything else: `03/04/2026` is two different days.
 */
export function parseDateText(text: string): WrittenDate | null {
  const trimmed = text.trim();
  if (/^\d{10}$/.test(trimmed)) return { wallMs: Number(trimmed) * 1000, offsetMinutes: 0 };
  if (/^\d{13}$/.test(trimmed)) return { wallMs: Number(trimmed), offsetMinutes: 0 };
  const match = written.exec(trimmed.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'));
  if (match === null) return null;
  const [, year, , month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone = 'Z'] = match;
  const fields = [Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)] as const;
  const wallMs = Date.UTC(...fields) + Math.floor(Number(`0.${fraction}`) * 1000);
  // Date.UTC carries 31 February over into March; what reads back differently never was a date.
  const back = new Date(wallMs);
  const same = [
    back.getUTCFullYear(),
    back.getUTCMonth(),
    back.getUTCDate(),
    back.getUTCHours(),
    back.getUTCMinutes(),
    back.getUTCSeconds(),
  ].every((value, index) => value === fields[index]);
  return same ? { wallMs, offsetMinutes: offsetOf(zone) } : null;
}

function offsetOf(zone: string): number {
  if (/^z$/i.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

interface Directive {
  readonly text: (at: Date, date: WrittenDate) => string | number;
  /** How wide a number is unless told otherwise, and with what it is filled. */
  readonly width?: number;
  readonly fill?: string;
}

const numeric = (width: number, text: Directive['text'], fill = '0'): Directive => ({ text, width, fill });
const twelve = (at: Date): number => at.getUTCHours() % 12 || 12;
const pattern = (format: string): Directive => ({ text: (_, date) => formatDate(date, format) });

/** The directives of strftime, in English, as Liquid has them. */
const directives: Readonly<Record<string, Directive>> = {
  a: { text: (at) => (days[at.getUTCDay()] ?? '').slice(0, 3) },
  A: { text: (at) => days[at.getUTCDay()] ?? '' },
  b: { text: (at) => (months[at.getUTCMonth()] ?? '').slice(0, 3) },
  B: { text: (at) => months[at.getUTCMonth()] ?? '' },
  c: pattern('%a %b %e %H:%M:%S %Y'),
  d: numeric(2, (at) => at.getUTCDate()),
  D: pattern('%m/%d/%y'),
  e: numeric(2, (at) => at.getUTCDate(), ' '),
  F: pattern('%Y-%m-%d'),
  h: { text: (at) => (months[at.getUTCMonth()] ?? '').slice(0, 3) },
  H: numeric(2, (at) => at.getUTCHours()),
  I: numeric(2, twelve),
  j: numeric(3, (at) => Math.floor((at.getTime() - Date.UTC(at.getUTCFullYear(), 0, 1)) / 86_400_000) + 1),
  k: numeric(2, (at) => at.getUTCHours(), ' '),
  l: numeric(2, twelve, ' '),
  L: numeric(3, (at) => at.getUTCMilliseconds()),
  m: numeric(2, (at) => at.getUTCMonth() + 1),
  M: numeric(2, (at) => at.getUTCMinutes()),
  p: { text: (at) => (at.getUTCHours() < 12 ? 'AM' : 'PM') },
  P: { text: (at) => (at.getUTCHours() < 12 ? 'am' : 'pm') },
  q: { text: (at) => ordinal(at.getUTCDate()) },
  r: pattern('%I:%M:%S %p'),
  R: pattern('%H:%M'),
  s: { text: (_, date) => Math.floor(date.wallMs / 1000) - date.offsetMinutes * 60 },
  S: numeric(2, (at) => at.getUTCSeconds()),
  T: pattern('%H:%M:%S'),
  u: { text: (at) => at.getUTCDay() || 7 },
  w: { text: (at) => at.getUTCDay() },
  x: pattern('%m/%d/%y'),
  X: pattern('%H:%M:%S'),
  y: numeric(2, (at) => at.getUTCFullYear() % 100),
  Y: numeric(4, (at) => at.getUTCFullYear()),
  z: { text: (_, date) => zone(date.offsetMinutes) },
  '%': { text: () => '%' },
};

/** Writes a date by a strftime format with the flags `-`, `_`, `0`, `^` and `#`. Throws `RangeError` on an unknown directive. */
export function formatDate(date: WrittenDate, format: string): string {
  const at = new Date(date.wallMs);
  return format.replace(/%([-_0^#]*)(\d*)(.?)/gsu, (whole, flags: string, width: string, name: string) => {
    const directive = Object.hasOwn(directives, name) ? directives[name] : undefined;
    if (directive === undefined) throw new RangeError(`"${whole}" is not known in a date format`);
    const text = String(directive.text(at, date));
    return padded(flags.includes('^') || flags.includes('#') ? text.toUpperCase() : text, directive, flags, width);
  });
}

function padded(text: string, directive: Directive, flags: string, width: string): string {
  if (flags.includes('-')) return text;
  const fill = flags.includes('0') ? '0' : flags.includes('_') ? ' ' : (directive.fill ?? ' ');
  return text.padStart(width === '' ? (directive.width ?? 0) : Number(width), fill);
}

function ordinal(day: number): string {
  if (day >= 11 && day <= 13) return 'th';
  return { 1: 'st', 2: 'nd', 3: 'rd' }[day % 10] ?? 'th';
}

function zone(offsetMinutes: number): string {
  const minutes = Math.abs(offsetMinutes);
  const hours = String(Math.floor(minutes / 60)).padStart(2, '0');
  return `${offsetMinutes < 0 ? '-' : '+'}${hours}${String(minutes % 60).padStart(2, '0')}`;
}
