import { expect, it } from 'vitest';
import { parseAddress } from '../../src/domain/parse-address.ts';

it.each([
  ['+86 138-0000-0000', '8613800000000'],
  ['24057823614098421', '24057823614098421'],
  ['Y2FwaV9ncm91cDox', 'Y2FwaV9ncm91cDox'],
])('reads %s as the address it is', (text, to) => {
  expect(parseAddress(text)).toEqual({ kind: 'value', value: to });
});

it.each(['', '12 34', '+86 13'])('refuses %j', (text) => {
  expect(parseAddress(text).kind).toBe('mistake');
});
