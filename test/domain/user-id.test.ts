import { describe, expect, it } from 'vitest';
import { normaliseUserId } from '../../src/domain/user-id.ts';

describe('the id of a person', () => {
  it.each([
    ['7', '7'],
    ['24571234567890123', '24571234567890123'],
    ['18446744073709551615', '18446744073709551615'],
    [' 1234567890 ', '1234567890'],
  ])('is taken as it is: %j', (cell, to) => {
    expect(normaliseUserId(cell)).toEqual({ kind: 'ok', to, country: '', change: null });
  });

  it('loses the apostrophe that made a text of it', () => {
    const change = 'a leading apostrophe was removed';
    expect(normaliseUserId("'24571234567890123")).toEqual({ kind: 'ok', to: '24571234567890123', country: '', change });
  });

  it.each([
    ['', 'ADDRESS_MISSING'],
    ["  '", 'ADDRESS_MISSING'],
    ['2.45712E+16', 'ADDRESS_SCIENTIFIC'],
    ['2,45712e16', 'ADDRESS_SCIENTIFIC'],
    ['2E+16', 'ADDRESS_SCIENTIFIC'],
    ['184467440737095516159', 'ADDRESS_INVALID'],
    ['+8613800138000', 'ADDRESS_INVALID'],
    ['2457 1234', 'ADDRESS_INVALID'],
    ['-1', 'ADDRESS_INVALID'],
    ['ann.example', 'ADDRESS_INVALID'],
    ['٢٤٥٧', 'ADDRESS_INVALID'],
  ])('is refused with a hint: %j', (cell, code) => {
    expect(normaliseUserId(cell)).toMatchObject({
      kind: 'bad',
      code,
      hint: expect.stringMatching(/^(fill|format|write)/),
    });
  });
});
