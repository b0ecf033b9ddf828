import { describe, expect, it } from 'vitest';
import { countSegments } from '../../../src/emulator/sms/sms-segments.ts';

/** Counted by hand from the table of the service: 70 and 67 on the mainland, abroad 160 and 153 where GSM 7-bit has every character. */
describe('the segments of a text', () => {
  it.each<[what: string, text: string, mainland: number, abroad: number]>([
    ['nothing', '', 1, 1],
    ['70 Chinese characters', '字'.repeat(70), 1, 1],
    ['71 Chinese characters', '字'.repeat(71), 2, 2],
    ['134 Chinese characters', '字'.repeat(134), 2, 2],
    ['135 Chinese characters', '字'.repeat(135), 3, 3],
    ['160 Chinese characters', '字'.repeat(160), 3, 3],
    ['70 letters', 'a'.repeat(70), 1, 1],
    ['71 letters', 'a'.repeat(71), 2, 1],
    ['160 letters', 'a'.repeat(160), 3, 1],
    ['161 letters', 'a'.repeat(161), 3, 2],
    ['306 letters', 'a'.repeat(306), 5, 2],
    ['307 letters', 'a'.repeat(307), 5, 3],
    ['80 euro signs, which count twice', '€'.repeat(80), 2, 1],
    ['81 euro signs', '€'.repeat(81), 2, 2],
    // 153 is odd: a part holds 76 of them, and the last septet stays empty.
    ['153 euro signs', '€'.repeat(153), 3, 3],
    ['one é, which is in the alphabet, among 159 letters', `é${'a'.repeat(159)}`, 3, 1],
    ['one ê, which is not, among 159 letters', `ê${'a'.repeat(159)}`, 3, 3],
    ['a Chinese signature before letters', `【示例】${'a'.repeat(67)}`, 2, 2],
    // Its two halves stay together.
    ['a character of two units at the end of a part', `${'字'.repeat(66)}𠮷${'字'.repeat(66)}`, 3, 3],
  ])('%s', (_, text, mainland, abroad) => {
    expect([countSegments(text, true), countSegments(text, false)]).toEqual([mainland, abroad]);
  });
});
