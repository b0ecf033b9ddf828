import { expect, it } from 'vitest';
import { maskNumbers } from '../../../src/cli/render/mask-numbers.ts';

it.each([
  ['8613800001234', '86138****1234'],
  ['"+86 138-0000 1234" is too long', '"+86138****1234" is too long'],
  ['(138) 0000.1234', '(13800****1234'],
  ['８６１３８００００１２３４', '８６１３８****１２３４'],
  ['8.6138E+12', '8.6138E+12'],
  ['row 1 of 2', 'row 1 of 2'],
])('masks the number in %j', (text, shown) => {
  expect(maskNumbers(text)).toBe(shown);
});
