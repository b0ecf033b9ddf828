import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paramProblems } from '../../src/domain/param-values.ts';

function codes(value: string): readonly string[] {
  return paramProblems(value).map(({ code }) => code);
}

describe('paramProblems', () => {
  it.each(['Ann', 'four    blanks', '山田 太郎', '👩‍👩‍👧', 'naïve', 'a\u00a0b', 'عربي', ''])(
    'finds nothing wrong with %j',
    (value) => {
      expect(paramProblems(value)).toEqual([]);
    },
  );

  it.each([
    ['a\nb', ['PARAM_LINE_BREAK']],
    ['a\r\nb', ['PARAM_LINE_BREAK']],
    ['a\u2028b', ['PARAM_LINE_BREAK']],
    ['a\u0085b', ['PARAM_LINE_BREAK']],
    ['a\tb', ['PARAM_TAB']],
    ['five     blanks', ['PARAM_BLANKS']],
    ['no-break\u00a0\u00a0\u00a0 \u3000blanks', ['PARAM_BLANKS']],
    ['bell\u0007', ['PARAM_CONTROL_CHARACTER']],
    ['delete\u007f', ['PARAM_CONTROL_CHARACTER']],
    ['half \ud83d', ['PARAM_CONTROL_CHARACTER']],
    ['a\n\t      \u0000', ['PARAM_LINE_BREAK', 'PARAM_TAB', 'PARAM_BLANKS', 'PARAM_CONTROL_CHARACTER']],
  ])('refuses %j', (value, expected) => {
    expect(codes(value)).toEqual(expected);
  });

  it('finds a line break wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('\n', '\r', '\v', '\f', '\u2029'),
        fc.string(),
        (before, lineBreak, after) => {
          expect(codes(before + lineBreak + after)).toContain('PARAM_LINE_BREAK');
        },
      ),
    );
  });
});
