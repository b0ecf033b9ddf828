/** Phone numbers as Short Message Service reads them. Source: the PhoneNumbers row of the SendSms page. */
export type SmsNumber =
  /** `to` is written with the country code and without a plus. */
  | { readonly kind: 'mainland'; readonly to: string }
  | { readonly kind: 'abroad'; readonly to: string }
  | { readonly kind: 'illegal' };

/**
 * The page writes mainland numbers with `+86`, `0086`, `86`, `+` or nothing before their 11 digits, and others as country code and
 * number, without a plus. Eleven digits that could be either are taken for North American where the template is an
 * international one; the page does not say, so that is unverified.
 */
export function readSmsNumber(text: string, isInternational: boolean): SmsNumber {
  if (isInternational && isNorthAmerican(text)) return { kind: 'abroad', to: text };
  const [, mainland] = /^(?:(?:\+|00)?86|\+)?(1[3-9]\d{9})$/.exec(text) ?? [];
  if (mainland !== undefined) return { kind: 'mainland', to: `86${mainland}` };
  return isAbroad(text) ? { kind: 'abroad', to: text } : { kind: 'illegal' };
}

/** The form of a number of the North American Numbering Plan: no area and no exchange begins with 0 or 1. */
function isNorthAmerican(text: string): boolean {
  return /^1[2-9]\d\d[2-9]\d{6}$/.test(text);
}

/** Source: ITU-T E.164, at most 15 digits and none of them a leading zero. 86 is no other country's. */
function isAbroad(text: string): boolean {
  return /^[1-9]\d{6,14}$/.test(text) && !text.startsWith('86');
}

/** Of a number as the log has it. */
export function isMainland(to: string): boolean {
  return to.startsWith('86');
}

/** As QuerySendDetails writes it: 11 digits on the mainland. Source: its PhoneNumber row. */
export function localForm(to: string): string {
  return isMainland(to) ? to.slice(2) : to;
}

/**
 * The carrier of a mainland number by its first three digits, as they were given out; who has changed carriers keeps the number.
 * Source: the number plan of the Ministry of Industry and Information Technology.
 */
const telecomPrefixes: ReadonlySet<string> = new Set(
  '133 149 153 162 173 174 177 180 181 189 190 191 193 199'.split(' '),
);
const unicomPrefixes: ReadonlySet<string> = new Set(
  '130 131 132 140 145 146 155 156 166 167 171 175 176 185 186 196'.split(' '),
);

export type Carrier = 'mobile' | 'unicom' | 'telecom';

/** Null abroad. */
export function carrierOf(to: string): Carrier | null {
  if (!isMainland(to)) return null;
  const prefix = localForm(to).slice(0, 3);
  if (telecomPrefixes.has(prefix)) return 'telecom';
  return unicomPrefixes.has(prefix) ? 'unicom' : 'mobile';
}
