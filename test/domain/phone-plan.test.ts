import fc from 'fast-check';
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
import parsePhoneNumber, { type CountryCode, getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { type PlanReading, readInternational, readNational } from '../../src/domain/phone-plan.ts';

/** Example numbers with some digits changed, added or lost: near the edge of what a plan allows, on both sides. */
const nearNumber = fc
  .record({
    country: fc.constantFrom(...getCountries()),
    changes: fc.array(fc.tuple(fc.nat(14), fc.integer({ min: 0, max: 9 })), { maxLength: 6 }),
    more: fc.constantFrom('', '', '', '0', '12'),
    fewer: fc.constantFrom(0, 0, 0, 1, 2),
  })
  .map(({ country, changes, more, fewer }) => {
    const digits = [...exampleOf(country)];
    for (const [index, digit] of changes) if (index < digits.length) digits[index] = String(digit);
    return { country, number: digits.slice(0, digits.length - fewer).join('') + more };
  });

function exampleOf(country: CountryCode): string {
  return examples[country] ?? '12345678';
}

function expectAgreement(reading: PlanReading, digits: string, text: string, country?: CountryCode): void {
  if (reading.kind === 'unsure') return;
  const parsed = parsePhoneNumber(text, country);
  const isSame = parsed?.country !== undefined && parsed.isValid() && parsed.number === `+${digits}`;
  expect({ digits, valid: isSame }).toEqual({ digits, valid: reading.kind === 'valid' });
  if (reading.kind === 'valid') {
    expect({ country: parsed?.country, code: parsed?.countryCallingCode }).toEqual({
      country: reading.country,
      code: reading.callingCode,
    });
  }
}

describe('readInternational', () => {
  it('says what the full parse says, or nothing', () => {
    fc.assert(
      fc.property(nearNumber, ({ country, number }) => {
        const digits = getCountryCallingCode(country) + number;
        expectAgreement(readInternational(digits), digits, `+${digits}`);
      }),
      { numRuns: 3000 },
    );
  });

  it('says what the full parse says of any digits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,19}$/), (digits) => {
        expectAgreement(readInternational(digits), digits, `+${digits}`);
      }),
      { numRuns: 3000 },
    );
  });

  it('is sure of the example number of every country', () => {
    const countries = getCountries().filter((country) => examples[country] !== undefined);
    const unsure = countries.filter(
      (country) => readInternational(getCountryCallingCode(country) + exampleOf(country)).kind !== 'valid',
    );
    expect(countries.length).toBeGreaterThan(230);
    expect(unsure).toEqual([]);
  });

  it('is unsure of digits that begin with no calling code', () => {
    expect(readInternational('0138001380')).toEqual({ kind: 'unsure' });
  });
});

describe('readNational', () => {
  it('says what the full parse says, or nothing', () => {
    fc.assert(
      fc.property(nearNumber, ({ country, number }) => {
        expectAgreement(readNational(number, country), getCountryCallingCode(country) + number, number, country);
      }),
      { numRuns: 3000 },
    );
  });

  it('is sure of a mobile number without its national prefix', () => {
    expect(readNational('13800138000', 'CN')).toEqual({ kind: 'valid', country: 'CN', callingCode: '86' });
    expect(readNational('2133734253', 'US')).toEqual({ kind: 'valid', country: 'US', callingCode: '1' });
  });

  it('leaves a number with a national prefix to the full parse', () => {
    expect(readNational('01711234567', 'DE')).toEqual({ kind: 'unsure' });
  });
});
