/**
 * A fast reading of clean digit strings, built from the metadata of libphonenumber-js. Its full parse compiles regular
 * expressions on every call, several microseconds a number; here they are compiled once per country. This file only
 * ever says what the full parse would say as well, and says "unsure" for everything that needs more than matching:
 * national prefixes, carrier codes, international dialling prefixes.
 */
import { type CountryCode, getCountryCallingCode } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';

export type PlanReading =
  | { readonly kind: 'valid'; readonly country: CountryCode; readonly callingCode: string }
  /** No number of this calling code, once nothing has to be stripped from it. */
  | { readonly kind: 'invalid' }
  | { readonly kind: 'unsure' };

/** What is needed of one country's numbering plan. */
interface Plan {
  readonly country: CountryCode;
  /** Matches numbers that the full parse would change before it looks at them. */
  readonly nationalPrefix: RegExp | null;
  readonly internationalPrefix: RegExp;
  /** Present where the plan's countries share a calling code and the first digits tell them apart. */
  readonly leadingDigits: RegExp | null;
  readonly national: RegExp;
  readonly types: readonly NumberType[];
}

interface NumberType {
  readonly lengths: readonly number[];
  readonly pattern: RegExp;
}

const unsure: PlanReading = { kind: 'unsure' };
const invalid: PlanReading = { kind: 'invalid' };

/** Reads digits that begin with a calling code. */
export function readInternational(digits: string): PlanReading {
  // No calling code is the beginning of another, so the first that fits is the one.
  for (let length = 1; length <= 3; length += 1) {
    const group = groupOf(digits.slice(0, length));
    if (group !== null) return readNumber(digits.slice(length), group, group.main, null);
  }
  return unsure;
}

/** The package's own look-up reads its metadata anew every time, and every row of a list asks. */
const callingCodes = new Map<CountryCode, string>();

export function callingCodeOf(country: CountryCode): string {
  const known = callingCodes.get(country);
  if (known !== undefined) return known;
  const callingCode = getCountryCallingCode(country);
  callingCodes.set(country, callingCode);
  return callingCode;
}

export function startsWithCallingCode(digits: string): boolean {
  return [1, 2, 3].some((length) => groupOf(digits.slice(0, length)) !== null);
}

/** Reads digits as a number of the country, written without its calling code. */
export function readNational(digits: string, country: CountryCode): PlanReading {
  const group = groupOf(callingCodeOf(country));
  const plan = group?.plans.find((candidate) => candidate.country === country);
  if (!group || !plan || plan.internationalPrefix.test(digits)) return unsure;
  // Whether such digits have their calling code in front depends on the country's own pattern, not on the group's.
  if (group.plans.length > 1 && digits.startsWith(group.callingCode)) return unsure;
  return readNumber(digits, group, plan, plan);
}

/** The countries of one calling code; `main` is the one whose rules hold until the exact country is known. */
interface Group {
  readonly callingCode: string;
  readonly main: Plan;
  readonly plans: readonly Plan[];
}

/**
 * `prefixPlan` says what the full parse would strip. `unclaimed` is the country whose number it is taken for where none
 * of those that share the calling code claims it: the one it was read for, or none.
 */
function readNumber(number: string, group: Group, prefixPlan: Plan, unclaimed: Plan | null): PlanReading {
  // The full parse refuses national numbers outside of 2 to 17 digits whatever the patterns say.
  if (number.length < 2 || number.length > 17) return invalid;
  const prefix = prefixPlan.nationalPrefix?.exec(number);
  if (prefix && prefix[0] !== '') return unsure;
  const plan = group.plans.length === 1 ? group.main : (claimant(number, group.plans) ?? unclaimed);
  return plan !== null && isValid(number, plan)
    ? { kind: 'valid', country: plan.country, callingCode: group.callingCode }
    : invalid;
}

/** The country of a shared calling code that the number belongs to: by its first digits, or else by being valid there. */
function claimant(number: string, plans: readonly Plan[]): Plan | undefined {
  return plans.find((plan) => (plan.leadingDigits === null ? isValid(number, plan) : plan.leadingDigits.test(number)));
}

function isValid(number: string, plan: Plan): boolean {
  // The pattern of the whole plan comes last: it is the longest, and most digits that are no number have no type's length.
  return plan.types.some((type) => isOfType(number, type)) && plan.national.test(number);
}

function isOfType(number: string, { lengths, pattern }: NumberType): boolean {
  return lengths.includes(number.length) && pattern.test(number);
}

/** Compiled groups by calling code; null for digits that are none. At most a thousand or so entries. */
const groups = new Map<string, Group | null>();

function groupOf(callingCode: string): Group | null {
  let group = groups.get(callingCode);
  if (group === undefined) {
    const plans = (metadata.country_calling_codes[callingCode] ?? []).map((country) => compilePlan(country));
    const [main] = plans;
    group = main === undefined ? null : { callingCode, main, plans };
    groups.set(callingCode, group);
  }
  return group;
}

/** Where the parts of a plan stand in version 4 of the metadata. Source: `metadata.js` of libphonenumber-js. */
const at = {
  internationalPrefix: 1,
  national: 2,
  lengths: 3,
  nationalPrefix: 5,
  nationalPrefixForParsing: 7,
  leadingDigits: 10,
  types: 11,
} as const;

/** Of the types of number, mobile comes second in the metadata and first here, as most recipients are mobile. */
const mobileType = 1;

function compilePlan(country: CountryCode): Plan {
  // The package types a plan as `any[]`; `unknown[]` makes every part below be looked at before it is used.
  const raw: readonly unknown[] = metadata.countries[country] ?? [];
  const lengths = numbers(raw[at.lengths]);
  const types = list(raw[at.types]).map((type) => compileType(type, lengths));
  const prefix = text(raw[at.nationalPrefixForParsing]) ?? text(raw[at.nationalPrefix]);
  const leadingDigits = text(raw[at.leadingDigits]);
  return {
    country,
    internationalPrefix: beginning(text(raw[at.internationalPrefix]) ?? ''),
    nationalPrefix: prefix === null ? null : beginning(prefix),
    leadingDigits: leadingDigits === null ? null : beginning(leadingDigits),
    national: entire(text(raw[at.national]) ?? ''),
    types: [types[mobileType], ...types.toSpliced(mobileType, 1)].filter((type) => type !== null && type !== undefined),
  };
}

function compileType(raw: unknown, lengthsOfPlan: readonly number[]): NumberType | null {
  const [rawPattern, rawLengths] = list(raw);
  const pattern = text(rawPattern);
  const own = numbers(rawLengths);
  return pattern === null ? null : { pattern: entire(pattern), lengths: own.length > 0 ? own : lengthsOfPlan };
}

function beginning(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})`);
}

function entire(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}

/** Absent parts are `0`, `undefined` or empty in the metadata. */
function text(raw: unknown): string | null {
  return typeof raw === 'string' && raw !== '' ? raw : null;
}

function list(raw: unknown): readonly unknown[] {
  return Array.isArray(raw) ? raw : [];
}

function numbers(raw: unknown): readonly number[] {
  return list(raw).filter((item) => typeof item === 'number');
}
