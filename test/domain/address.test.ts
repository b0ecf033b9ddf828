import fc from 'fast-check';
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { normaliseAddress } from '../../src/domain/address.ts';

function ok(to: string, country: string, change: string | null) {
  return { kind: 'ok', to, country, change };
}

describe('normaliseAddress', () => {
  it.each([
    ['8613800138000', null],
    ['+8613800138000', 'plus sign removed'],
    ['008613800138000', 'leading 00 removed'],
    ['+86 138-0013-8000', 'separators removed, plus sign removed'],
    ['(86) 138.0013.8000', 'separators removed'],
    ['８６１３８００１３８０００', 'digits and signs rewritten'],
    ['＋86 138 0013 8000', 'digits and signs rewritten, separators removed, plus sign removed'],
    ['\u202a+86 138 0013 8000\u202c', 'invisible characters removed, separators removed, plus sign removed'],
    ['86\u00a0138\u200b00138000', 'invisible characters removed, separators removed'],
    ["'8613800138000", 'apostrophe removed'],
    ['8613800138000.0', 'decimal places removed'],
    [' 8613800138000\r\n', 'invisible characters removed, outer blanks removed'],
    ['tel:+8613800138000', 'prefix removed, plus sign removed'],
  ])('reads %j as the same Chinese number and tells what it did', (cell, change) => {
    expect(normaliseAddress(cell, null)).toEqual(ok('8613800138000', 'CN', change));
  });

  it.each([
    ['13800138000', 'CN', ok('8613800138000', 'CN', 'country code 86 added')],
    ['8613800138000', 'CN', ok('8613800138000', 'CN', null)],
    [
      '0171 1234567',
      'DE',
      ok('491711234567', 'DE', 'separators removed, national prefix removed, country code 49 added'),
    ],
    [
      '+49 (0)171 1234567',
      'CN',
      ok('491711234567', 'DE', 'separators removed, plus sign removed, national prefix removed'),
    ],
    [
      '8 (912) 345-67-89',
      'RU',
      ok('79123456789', 'RU', 'separators removed, national prefix removed, country code 7 added'),
    ],
    ['011 86 13800138000', 'US', ok('8613800138000', 'CN', 'separators removed, dialling prefix removed')],
    ['0086 13800138000', 'US', ok('8613800138000', 'CN', 'separators removed, leading 00 removed')],
    [
      '011 15 2345-6789',
      'AR',
      ok('5491123456789', 'AR', 'separators removed, national form rewritten as international'),
    ],
    [
      '030/1234567',
      'DE',
      ok('49301234567', 'DE', 'separators removed, national prefix removed, country code 49 added'),
    ],
    [
      '٠١٠٠١٢٣٤٥٦٧',
      'EG',
      ok('201001234567', 'EG', 'digits and signs rewritten, national prefix removed, country code 20 added'),
    ],
    ['0701234567', 'CI', ok('2250701234567', 'CI', 'country code 225 added')],
  ])('reads %s in %s', (cell, country, address) => {
    expect(normaliseAddress(cell, country)).toEqual(address);
  });

  it('tells when digits are no number of the country and are read as one of another', () => {
    const change = 'no number of CN, so read with a country code';
    expect(normaliseAddress('12133734253', 'CN')).toEqual(ok('12133734253', 'US', change));
    expect(normaliseAddress(' 12133734253', 'CN')).toEqual(ok('12133734253', 'US', `outer blanks removed, ${change}`));
  });

  it('takes a mobile number behind its own country code for what it is, though a land line could be written so', () => {
    expect(normaliseAddress('4915123456789', 'DE')).toEqual(ok('4915123456789', 'DE', null));
    expect(normaliseAddress('62812345678', 'ID')).toEqual(ok('62812345678', 'ID', null));
  });

  it.each(['8.6E+12', '8,6E+12', '8.613800000000E+12', '8.6138E12', ' 8.6e+12 '])(
    'refuses %s, whose digits are lost',
    (cell) => {
      expect(normaliseAddress(cell, 'CN')).toEqual({
        kind: 'bad',
        code: 'ADDRESS_SCIENTIFIC',
        message: 'a spreadsheet has turned the number into powers of ten',
        hint: 'format the column as text, enter the numbers again, and save',
      });
    },
  );

  it.each([
    ['', null, 'ADDRESS_MISSING', 'the address is empty'],
    [' \u200b', null, 'ADDRESS_MISSING', 'the address is empty'],
    ['701234567', 'CI', 'ADDRESS_LOST_ZERO', 'the number is valid only with a leading zero'],
    ['0138001380', null, 'ADDRESS_NO_COUNTRY', 'the number has no country code'],
    ['13800138000', null, 'ADDRESS_INVALID', 'no number like this exists'],
    ['12345', 'CN', 'ADDRESS_INVALID', 'this is no number of CN, and none with a country code'],
    ['+86 12', null, 'ADDRESS_INVALID', 'no number like this exists'],
    ['+882 13300655', null, 'ADDRESS_INVALID', 'no number like this exists'],
    ['138 0013 8000 / 139 0013 9000', 'CN', 'ADDRESS_INVALID', 'the cell holds several numbers'],
    ['13800138000;13900139000', 'CN', 'ADDRESS_INVALID', 'the cell holds several numbers'],
    ['13800138000\n13900139000', 'CN', 'ADDRESS_INVALID', 'the cell holds several numbers'],
    ['13800138000 或 13900139000', 'CN', 'ADDRESS_INVALID', 'the cell holds several numbers'],
    ['13800138000 13900139000', 'CN', 'ADDRESS_INVALID', '22 digits are more than any number has'],
    ['+1 213 373 4253 ext. 5', null, 'ADDRESS_INVALID', 'the number has an extension'],
    ['+12133734253x5', null, 'ADDRESS_INVALID', 'the number has an extension'],
    ['call me', null, 'ADDRESS_INVALID', 'the cell has letters in it'],
    ['138?00138000', 'CN', 'ADDRESS_INVALID', '"?" has no place in a number'],
    ['+', null, 'ADDRESS_INVALID', 'the cell has no digits'],
    // The rules of Madagascar would make 261 20 5300000 of it.
    ['2615300000', null, 'ADDRESS_INVALID', 'no number like this exists'],
  ])('refuses %j in %s as %s: %s', (cell, country, code, message) => {
    expect(normaliseAddress(cell, country)).toMatchObject({ kind: 'bad', code, message });
  });

  it('reads the mobile number of every country, nationally and with its code', () => {
    for (const country of getCountries()) {
      const national = examples[country];
      if (national === undefined) continue;
      const to = getCountryCallingCode(country) + national;
      expect(normaliseAddress(to, null)).toMatchObject({ kind: 'ok', to });
      expect(normaliseAddress(to, country)).toMatchObject({ kind: 'ok', to });
      expect(normaliseAddress(national, country)).toMatchObject({ kind: 'ok', to });
    }
  });
});

/** Cells that look like numbers, in the ways that people and spreadsheets write them. */
const cell = fc.oneof(
  fc.stringMatching(/^\d{5,14}$/),
  fc.stringMatching(/^(\+|00)?[1-9]\d{0,2}[ -]?\(?\d{2,4}\)?[ -]?\d{3,4}[ -]?\d{3,4}$/),
  fc.constantFrom(...getCountries()).map((country) => getCountryCallingCode(country) + (examples[country] ?? '')),
);
const country = fc.constantFrom(null, 'CN', 'US', 'DE', 'ID', 'CI', 'IT', 'BR', 'XK');

describe('a normalised address', () => {
  it('stays what it is when it is normalised again', () => {
    fc.assert(
      fc.property(cell, country, (text, home) => {
        const first = normaliseAddress(text, home);
        if (first.kind === 'bad') return;
        expect(normaliseAddress(first.to, null)).toEqual(ok(first.to, first.country, null));
        expect(normaliseAddress(`+${first.to}`, home)).toEqual(ok(first.to, first.country, 'plus sign removed'));
      }),
      { numRuns: 1000 },
    );
  });

  it('has no digit that is neither in the cell nor the country code', () => {
    fc.assert(
      fc.property(cell, country, (text, home) => {
        const address = normaliseAddress(text, home);
        if (address.kind === 'bad') return;
        const digits = text.replace(/\D/g, '');
        const own =
          home === null ? [] : [getCountryCallingCode(home as 'CN')].filter((code) => address.to.startsWith(code));
        const endings = [address.to, ...own.map((code) => address.to.slice(code.length))];
        expect(endings.some((ending) => digits.endsWith(ending) || isSubsequence(ending, digits))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

function isSubsequence(wanted: string, text: string): boolean {
  let from = 0;
  for (const character of wanted) {
    const index = text.indexOf(character, from);
    if (index < 0) return false;
    from = index + 1;
  }
  return true;
}
