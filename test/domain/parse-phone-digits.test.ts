import { describe, expect, it } from 'vitest';
import { parsePhoneDigits } from '../../src/domain/parse-phone-digits.ts';

describe('parsePhoneDigits', () => {
  it.each(['8613867404376', '+8613867404376', '008613867404376', ' +86 138-6740-4376 ', '+86 (138) 6740.4376'])(
    'reads %j as its digits',
    (text) => {
      expect(parsePhoneDigits(text)).toEqual({ kind: 'value', value: '8613867404376' });
    },
  );

  it.each([
    '13867x',
    '0138674043',
    '123456',
    '1234567890123456',
    '8.6E+12',
    '0x10000000',
    '++8613867404376',
    '',
    '８６１３８６７４０４３７６',
  ])('refuses %j', (text) => {
    expect(parsePhoneDigits(text)).toEqual({
      kind: 'mistake',
      message: `"${text}" is not a telephone number`,
      hint: 'write 7 to 15 digits with the country code, such as 8613800000000',
    });
  });
});
