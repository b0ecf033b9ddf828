import { describe, expect, it } from 'vitest';
import { redact } from '../../../../src/adapters/providers/alibaba-cloud/redact.ts';

describe('redact', () => {
  it.each([
    ['the number 8613800001234 is bad', 'the number **** is bad'],
    ['the number +86 138-0000-1234 is bad', 'the number **** is bad'],
    ['at most 1024 characters, code 131026', 'at most 1024 characters, code 131026'],
    ['see https://a.example/x?Content=hello now', 'see … now'],
    ['key LTAI5tAbCdEf is disabled', 'key LTAI**** is disabled'],
    ['token STS.NUxyz123 is over', 'token STS.**** is over'],
    ['not matched. server string to sign is:POST\n/\nContent=hello', 'not matched. …'],
    ['two\n lines', 'two lines'],
    [`${'é'.repeat(301)}`, `${'é'.repeat(300)}…`],
  ])('turns %j into %j', (words, safe) => {
    expect(redact(words)).toBe(safe);
  });

  it('hides the values it is told to, but none so short that the words would be lost', () => {
    expect(redact('Ann Lee owes 5 of 50', ['Ann Lee', '5', ''])).toBe('… owes 5 of 50');
  });
});
