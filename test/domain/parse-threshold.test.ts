import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatThreshold, parseThreshold } from '../../src/domain/parse-threshold.ts';

describe('parseThreshold', () => {
  it.each([
    ['5%', { kind: 'share', share: 0.05 }],
    ['12.5 %', { kind: 'share', share: 0.125 }],
    ['100%', { kind: 'share', share: 1 }],
    ['20', { kind: 'count', count: 20 }],
    [' 1 ', { kind: 'count', count: 1 }],
  ])('reads %j', (text, value) => {
    expect(parseThreshold(text)).toEqual({ kind: 'value', value });
  });

  it.each(['0', '0%', '101%', '-5%', '0.05', 'never', '5 percent', ''])('refuses %j', (text) => {
    expect(parseThreshold(text)).toEqual({
      kind: 'mistake',
      message: `"${text}" is neither a share nor a number`,
      hint: 'write a share above 0% and up to 100%, such as 5%, or a whole number above 0, such as 20',
    });
  });
});

describe('formatThreshold', () => {
  it('writes what parseThreshold reads back as the same threshold', () => {
    const texts = fc.oneof(
      fc.integer({ min: 1, max: 100_000 }).map((milli) => `${milli / 1000}%`),
      fc.integer({ min: 1, max: 999_999_999 }).map(String),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parseThreshold(text);
        expect(parsed.kind).toBe('value');
        if (parsed.kind === 'value') expect(formatThreshold(parsed.value)).toBe(text);
      }),
    );
  });
});
