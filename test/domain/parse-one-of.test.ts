import { expect, it } from 'vitest';
import { parseOneOf } from '../../src/domain/parse-one-of.ts';

const colours = ['red', 'green', 'blue'] as const;

it('reads a word that is one of them', () => {
  expect(parseOneOf('green', colours, 'a colour')).toEqual({ kind: 'value', value: 'green' });
});

it('lists the words for any other', () => {
  expect(parseOneOf('grey', colours, 'a colour')).toEqual({
    kind: 'mistake',
    message: '"grey" is not a colour',
    hint: 'write red, green or blue',
  });
});
