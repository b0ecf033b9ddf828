import { describe, expect, it } from 'vitest';
import { parseEncoding } from '../../src/domain/parse-encoding.ts';

describe('parseEncoding', () => {
  it.each([
    ['utf-8', 'utf-8'],
    ['UTF8', 'utf-8'],
    ['utf_16 LE', 'utf-16le'],
    ['UTF-16BE', 'utf-16be'],
    ['GBK', 'gb18030'],
    ['gb2312', 'gb18030'],
    ['GB18030', 'gb18030'],
    ['Latin1', 'windows-1252'],
    ['ISO-8859-1', 'windows-1252'],
    ['Windows-1252', 'windows-1252'],
  ])('reads %j as %j', (text, value) => {
    expect(parseEncoding(text)).toEqual({ kind: 'value', value });
  });

  it.each([
    ['utf-9', 'did you mean "utf-8"?'],
    ['ebcdic', 'write one of utf-8, utf-16le, utf-16be, gb18030, windows-1252'],
  ])('refuses %j', (text, hint) => {
    expect(parseEncoding(text)).toEqual({ kind: 'mistake', message: `no encoding "${text}"`, hint });
  });
});
