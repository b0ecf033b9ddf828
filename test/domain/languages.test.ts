import { describe, expect, it } from 'vitest';
import { checkLanguage, languageCodes, nearestLanguage } from '../../src/domain/languages.ts';

describe('checkLanguage', () => {
  it('knows every code of the service and nothing that differs in case', () => {
    for (const code of languageCodes) expect(checkLanguage(code)).toEqual({ kind: 'known' });
    for (const code of ['zh_cn', 'EN', 'zh-CN', 'english', ''])
      expect(checkLanguage(code)).toEqual({ kind: 'unknown' });
  });

  it('leaves a regional form that is not on the list to the service', () => {
    expect(checkLanguage('en_AU')).toEqual({ kind: 'possible' });
  });
});

describe('nearestLanguage', () => {
  it.each([
    ['zh_cn', 'zh_CN'],
    ['zh-CN', 'zh_CN'],
    ['EN', 'en'],
    ['pt-br', 'pt_BR'],
    ['de_DE', 'de'],
    ['xx_YY', null],
  ])('reads %s as %s', (written, meant) => {
    expect(nearestLanguage(written)).toBe(meant);
  });
});
