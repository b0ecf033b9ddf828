import { describe, expect, it } from 'vitest';
import { parseDelimiter } from '../../src/domain/parse-delimiter.ts';

describe('parseDelimiter', () => {
  it.each([
    [',', ','],
    [';', ';'],
    ['|', '|'],
    ['\t', '\t'],
    ['\\t', '\t'],
    ['^', '^'],
    ['tab', '\t'],
    ['Comma', ','],
    ['semicolon', ';'],
    ['pipe', '|'],
  ])('reads %j as %j', (text, value) => {
    expect(parseDelimiter(text)).toEqual({ kind: 'value', value });
  });

  it.each(['', ',,', 'a', '7', '"', "'", '\n', 'constructor'])('refuses %j', (text) => {
    expect(parseDelimiter(text)).toEqual({
      kind: 'mistake',
      message: `"${text}" cannot separate cells`,
      hint: 'write one character, or comma, semicolon, tab or pipe',
    });
  });
});
