import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countSegments } from '../../../src/domain/sms/segments.ts';

/** CommonJS, whose named exports Node does not see. */
const { SegmentedMessage }: typeof import('sms-segments-calculator') = createRequire(import.meta.url)(
  'sms-segments-calculator',
);

describe('countSegments', () => {
  /** Counted by hand from the table of the sending rules. */
  it.each<[string, string, number, number]>([
    ['an empty text', '', 0, 0],
    ['one character', '好', 1, 1],
    ['the most that goes in one', '好'.repeat(70), 70, 1],
    ['one more than goes in one', '好'.repeat(71), 71, 2],
    ['two full segments', '好'.repeat(134), 134, 2],
    ['two full segments and a character', '好'.repeat(135), 135, 3],
    ['160 characters, the example of the page', '好'.repeat(160), 160, 3],
    ['letters, which count like Chinese', 'a'.repeat(71), 71, 2],
    ['full-width and half-width alike', `${'，,'.repeat(35)}`, 70, 1],
    ['brackets, which count one here', '[]'.repeat(35), 70, 1],
    ['the most that a message may have', '好'.repeat(500), 500, 8],
  ])('counts %s in the mainland', (_name, text, characters, segments) => {
    expect(countSegments(text, 'mainland')).toEqual({ characters, segments, alphabet: 'mainland' });
  });

  it.each<[string, string, number, number]>([
    ['an empty text', '', 0, 0],
    ['the most that goes in one', 'a'.repeat(160), 160, 1],
    ['one more than goes in one', 'a'.repeat(161), 161, 2],
    ['two full segments', 'a'.repeat(306), 306, 2],
    ['350 characters, the example of the page', 'a'.repeat(350), 350, 3],
    ['accents and Greek of the alphabet', 'éßΩñ', 4, 1],
    ['every two-fold character', '|^€{}[]~\\', 18, 1],
    ['80 two-fold characters', '€'.repeat(80), 160, 1],
    ['81 two-fold characters', '€'.repeat(81), 162, 2],
    // 152 in the first, since no half of a euro sign stays behind; so 153 of them take three segments and not two.
    ['two-fold characters at an odd border', '€'.repeat(153), 306, 3],
    ['a line break', 'a\nb', 3, 1],
  ])('counts %s elsewhere by GSM-7', (_name, text, characters, segments) => {
    expect(countSegments(text, 'elsewhere')).toEqual({ characters, segments, alphabet: 'gsm7' });
  });

  it.each<[string, string, number, number]>([
    ['one Chinese character among letters', `${'a'.repeat(69)}好`, 70, 1],
    ['one more than goes in one', `${'a'.repeat(70)}好`, 71, 2],
    ['150 characters, the example of the page', '好'.repeat(150), 150, 3],
    ['a curly quotation mark', '’', 1, 1],
    ['a small c with cedilla, which the alphabet has only large', 'ç', 1, 1],
    ['a backquote', '`', 1, 1],
    ['35 emoji', '😀'.repeat(35), 70, 1],
    ['36 emoji', '😀'.repeat(36), 72, 2],
    // 33 emoji fill 66 of 67 places: the 34th does not fit by half.
    ['67 emoji at odd borders', '😀'.repeat(67), 134, 3],
  ])('counts %s elsewhere by UCS-2', (_name, text, characters, segments) => {
    expect(countSegments(text, 'elsewhere')).toEqual({ characters, segments, alphabet: 'ucs2' });
  });

  /** One code point each, so that the library's graphemes are our characters. */
  const gsm = fc.constantFrom(...'aZ09 é\n@ß€[]{}|~^\\ΩÇ');
  const wide = fc.constantFrom(...'好’ç😀𠮷`й');

  it.each([
    ['GSM-7', fc.string({ unit: gsm, maxLength: 700 })],
    ['UCS-2', fc.string({ unit: fc.oneof({ arbitrary: gsm, weight: 3 }, wide), maxLength: 400 })],
  ] as const)('agrees with sms-segments-calculator about texts of %s', (_name, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(text !== '');
        const library = new SegmentedMessage(text);
        const { segments, alphabet } = countSegments(text, 'elsewhere');
        expect([segments, alphabet]).toEqual([
          library.segmentsCount,
          library.encodingName === 'GSM-7' ? 'gsm7' : 'ucs2',
        ]);
      }),
      { numRuns: 300 },
    );
  });
});
