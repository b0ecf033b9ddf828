import { describe, expect, it } from 'vitest';
import { parseWholeNumber } from '../../src/domain/parse-whole-number.ts';

describe('parseWholeNumber', () => {
  it.each([
    ['1', 1],
    ['10000', 10_000],
    [' 064 ', 64],
  ])('reads %j', (text, value) => {
    expect(parseWholeNumber(text, 1, 10_000)).toEqual({ kind: 'value', value });
  });

  it.each(['0', '10001', '1.5', '1e3', '-1', '+1', '0x10', '', 'many', '1_000', '99999999999999999999'])(
    'refuses %j and says the bounds',
    (text) => {
      expect(parseWholeNumber(text, 1, 10_000)).toEqual({
        kind: 'mistake',
        message: `"${text}" is not a whole number from 1 to 10000`,
        hint: 'write a number such as 1',
      });
    },
  );
});
