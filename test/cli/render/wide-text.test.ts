import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inert, inertLine, padEnd, padStart, truncate, widthOf, wrap } from '../../../src/cli/render/wide-text.ts';

const text = fc
  .oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^(?:[a-z 王芳🚚]|e\u0301){0,60}$/u))
  .map(inertLine);

describe('padding', () => {
  it('counts Chinese and emoji twice and combining characters not at all', () => {
    expect(['ab', '王', '🚚', 'e\u0301', '👨‍👩‍👧'].map((cell) => `${padEnd(cell, 4)}|`)).toEqual([
      'ab  |',
      '王  |',
      '🚚  |',
      'e\u0301   |',
      '👨‍👩‍👧  |',
    ]);
    expect(padStart('王', 4)).toBe('  王');
  });
});

describe('truncate', () => {
  it('ends with an ellipsis where something is missing', () => {
    expect([truncate('abcdef', 6), truncate('abcdef', 5), truncate('王芳王', 4), truncate('abc', 0)]).toEqual([
      'abcdef',
      'abcd…',
      '王…',
      '',
    ]);
  });

  it('never exceeds its width', () => {
    fc.assert(
      fc.property(text, fc.nat(40), (any, width) => {
        expect(widthOf(truncate(any, width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('wrap', () => {
  it('breaks at blanks and keeps the line breaks of the text', () => {
    expect(wrap('one two three\n\nfour', 8)).toEqual(['one two', 'three', '', 'four']);
  });

  it('breaks Chinese between any two characters', () => {
    expect(wrap('您的包裹已经发出', 6)).toEqual(['您的包', '裹已经', '发出']);
  });

  it('breaks a word only where it is longer than a line, from where it stands', () => {
    expect(wrap('see https://example.com', 10)).toEqual(['see https:', '//example.', 'com']);
  });

  it('keeps blanks inside a line and drops those at a break', () => {
    expect(wrap('a  b     c', 6)).toEqual(['a  b', 'c']);
  });

  it('loses nothing but blanks and never exceeds a width that a character fits in', () => {
    const solid = (from: string): string => from.replaceAll(/\s/g, '');
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 40 }), (any, width) => {
        const lines = wrap(any, width);
        expect(solid(lines.join(''))).toBe(solid(any));
        expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(Math.max(width, widestGrapheme(any)));
      }),
    );
  });
});

function widestGrapheme(from: string): number {
  const graphemes = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(from)];
  return Math.max(0, ...graphemes.map(({ segment }) => widthOf(segment)));
}

describe('inert', () => {
  it('shows control characters instead of obeying them', () => {
    expect(inert('\u001B[31mred\u0007\u009B2J\u007F')).toBe('␛[31mred␇␡2J␡');
  });

  it('keeps line breaks and turns tabs into blanks', () => {
    expect(inert('a\r\nb\rc\nd\te')).toBe('a\nb\nc\nd    e');
  });

  it('drops marks that would turn the direction of the rest of the line', () => {
    expect(inert('a\u202Eb\u2066c')).toBe('abc');
  });

  it('shows line breaks as a symbol where one line is wanted', () => {
    expect(inertLine('a\nb\u2028c')).toBe('a⏎b⏎c');
  });
});
