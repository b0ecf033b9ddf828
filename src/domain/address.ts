/**
 * Reading of an address cell as the telephone number the service wants: digits only, with the country code. Messages
 * hold no digit of the number, so that they may be shown and logged where the number itself is masked.
 */
import parsePhoneNumber, { type CountryCode, getCountries, type PhoneNumber } from 'libphonenumber-js/max';
import { readAddressText } from './address-text.ts';
import type { FindingCode } from './finding-codes.ts';
import { callingCodeOf, readInternational, readNational, startsWithCallingCode } from './phone-plan.ts';

export type AddressCode = Extract<
  FindingCode,
  'ADDRESS_MISSING' | 'ADDRESS_INVALID' | 'ADDRESS_NO_COUNTRY' | 'ADDRESS_SCIENTIFIC' | 'ADDRESS_LOST_ZERO'
>;

export type Address =
  | {
      readonly kind: 'ok';
      /** Digits only, with the country code. */
      readonly to: string;
      /** ISO 3166 code of the country the number belongs to. */
      readonly country: string;
      /** How the cell was read or rewritten, in words, or null where it simply is `to`. */
      readonly change: string | null;
    }
  | BadAddress;

export interface BadAddress {
  readonly kind: 'bad';
  readonly code: AddressCode;
  readonly message: string;
  readonly hint: string;
}

/** Whether numbers can be read as national ones of this country: `CN`, not `cn` and not `CHN`. */
export function isCountry(code: string): code is CountryCode {
  return countries.has(code);
}

/** The package's own look-up reads its metadata anew every time, and every row of a list asks. */
const countries: ReadonlySet<string> = new Set(getCountries());

/**
 * Reads a cell. With a `country` (ISO 3166) the digits are a national number where they can be, and else one with its
 * country code; without, they are taken to begin with their country code.
 */
export function normaliseAddress(cell: string, country: string | null): Address {
  const home = country !== null && isCountry(country) ? country : null;
  return readClean(cell, home) ?? readAny(cell, home);
}

/** A cell of nothing but digits, or of digits after a plus, that needs no second look. Null: it needs one. */
function readClean(cell: string, home: CountryCode | null): Address | null {
  if (cell.charCodeAt(0) === plus) {
    const digits = cell.slice(1);
    return isDigits(digits) ? readCleanInternational(digits, 'plus sign removed') : null;
  }
  if (!isDigits(cell)) return null;
  if (home === null) return readCleanInternational(cell, null);
  const national = readNational(cell, home);
  const callingCode = callingCodeOf(home);
  if (national.kind === 'invalid') {
    const isHome = cell.startsWith(callingCode);
    return readCleanInternational(cell, isHome ? null : abroad(home));
  }
  // Digits that begin with the country's own calling code may be meant with it: see `readDigits`.
  if (national.kind === 'unsure' || cell.startsWith(callingCode)) return null;
  return { kind: 'ok', to: callingCode + cell, country: national.country, change: addedCode(callingCode) };
}

function readCleanInternational(digits: string, change: string | null): Address | null {
  const reading = readInternational(digits);
  return reading.kind === 'valid' ? { kind: 'ok', to: digits, country: reading.country, change } : null;
}

const plus = '+'.charCodeAt(0);

/** A loop, as a regular expression costs several times as much here, where every row passes. */
function isDigits(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 48 || code > 57) return false;
  }
  return text !== '';
}

function readAny(cell: string, home: CountryCode | null): Address {
  const text = readAddressText(cell);
  switch (text.kind) {
    case 'empty':
      return bad('ADDRESS_MISSING', 'the address is empty', 'fill the cell, or remove the row');
    case 'scientific':
      return bad(
        'ADDRESS_SCIENTIFIC',
        'a spreadsheet has turned the number into powers of ten',
        'format the column as text, enter the numbers again, and save',
      );
    case 'bad':
      return bad('ADDRESS_INVALID', text.message, text.hint);
    case 'digits': {
      const reading = text.international ? readWithCode(text.digits) : readDigits(text.digits, home);
      if (reading.kind === 'bad') return reading;
      const { number } = reading;
      const changes = [...text.changes, ...digitChanges(text.digits, number, text.international ? null : home)];
      const to = number.number.slice(1);
      // Its own country's ways of writing are not guessed: a 9 stands for the 15 of a mobile number of Argentina.
      if (reading.country !== home && !isMadeOf(to, reading.country, text.digits)) {
        return bad('ADDRESS_INVALID', 'no number like this exists', writeWithCode);
      }
      return { kind: 'ok', to, country: reading.country, change: changes.length > 0 ? changes.join(', ') : null };
    }
  }
}

/**
 * Whether the number has no digit that is neither in the cell nor its country's code. A few countries have rules that add an
 * area code to short numbers, such as 20 in Madagascar: that would be a guess at whom the row means.
 */
function isMadeOf(to: string, country: CountryCode, digits: string): boolean {
  const code = callingCodeOf(country);
  return isSubsequence(to, digits) || (to.startsWith(code) && isSubsequence(to.slice(code.length), digits));
}

function isSubsequence(wanted: string, text: string): boolean {
  let place = 0;
  for (const digit of text) if (digit === wanted[place]) place += 1;
  return place === wanted.length;
}

interface ValidNumber {
  readonly kind: 'number';
  readonly number: PhoneNumber;
  readonly country: CountryCode;
}

/** Digits that the cell itself says begin with their country code. */
function readWithCode(digits: string): ValidNumber | BadAddress {
  return (
    parseValid(`+${digits}`) ?? tooLong(digits) ?? bad('ADDRESS_INVALID', 'no number like this exists', writeWithCode)
  );
}

function readDigits(digits: string, home: CountryCode | null): ValidNumber | BadAddress {
  const international = parseValid(`+${digits}`);
  const national = home === null ? null : parseValid(digits, home);
  if (international !== null && national !== null && international.number.number !== national.number.number) {
    // A German 4915123456789 is a mobile number with its country code and a land line without: the country's own code
    // in front and a mobile number behind it is what people write. Codes of other countries prove nothing.
    if (home === null || !digits.startsWith(callingCodeOf(home))) return national;
    const mobile = [international, national].filter((reading) => isMobile(reading.number));
    if (mobile.length === 1 && mobile[0] !== undefined) return mobile[0];
    return bad(
      'ADDRESS_INVALID',
      'the number can be read in two ways',
      'write it with a plus sign and its country code',
    );
  }
  return national ?? international ?? refuse(digits, home);
}

function parseValid(text: string, country?: CountryCode): ValidNumber | null {
  const number = parsePhoneNumber(text, country);
  // A number without a country is one of a satellite network or an international service: WhatsApp has none of them.
  if (number?.country === undefined || number.ext !== undefined || !number.isValid()) return null;
  return { kind: 'number', number, country: number.country };
}

function isMobile(number: PhoneNumber): boolean {
  const type = number.getType();
  return type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE';
}

function refuse(digits: string, home: CountryCode | null): BadAddress {
  const long = tooLong(digits);
  if (long !== null) return long;
  if (home !== null) {
    return parseValid(`0${digits}`, home) === null
      ? bad('ADDRESS_INVALID', `this is no number of ${home}, and none with a country code`, writeWithCode)
      : bad(
          'ADDRESS_LOST_ZERO',
          'the number is valid only with a leading zero',
          'format the column as text, restore the 0',
        );
  }
  return startsWithCallingCode(digits)
    ? bad('ADDRESS_INVALID', 'no number like this exists', `${writeWithCode}, or set recipients.country`)
    : bad('ADDRESS_NO_COUNTRY', 'the number has no country code', 'add it, or set recipients.country');
}

function tooLong(digits: string): BadAddress | null {
  if (digits.length <= longestNumber) return null;
  return bad('ADDRESS_INVALID', `${digits.length} digits are more than any number has`, 'give one number a row');
}

/** Source: ITU-T E.164. Germany has longer ones; those are valid and never come here. */
const longestNumber = 15;

const writeWithCode = 'write it with its country code, such as 8613800000000';

function bad(code: AddressCode, message: string, hint: string): BadAddress {
  return { kind: 'bad', code, message, hint };
}

/** What was done to the digits themselves, in words. `home` is the country they could have been a number of, or null. */
function digitChanges(digits: string, number: PhoneNumber, home: CountryCode | null): readonly string[] {
  const { countryCallingCode: code, nationalNumber } = number;
  const to = code + nationalNumber;
  if (to === digits) return home === null || code === callingCodeOf(home) ? [] : [abroad(home)];
  if (digits === nationalNumber) return [addedCode(code)];
  if (digits.endsWith(to)) return ['dialling prefix removed'];
  if (!digits.endsWith(nationalNumber)) return ['national form rewritten as international'];
  return digits.startsWith(code) ? ['national prefix removed'] : ['national prefix removed', addedCode(code)];
}

/** Told, because a mistyped number of the home country may happen to be one of another. */
function abroad(home: CountryCode): string {
  return `no number of ${home}, so read with a country code`;
}

function addedCode(callingCode: string): string {
  return `country code ${callingCode} added`;
}
