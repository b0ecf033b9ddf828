import { describe, expect, it } from 'vitest';
import { countCharacters, longestPart, partProblem } from '../../src/domain/part-rules.ts';
import { aFullTemplate, aTemplate } from '../support/a-template.ts';

const now = Date.UTC(2026, 0, 2);

function message(kind: Parameters<typeof partProblem>[0], text: string, fixed = ''): string | null {
  return partProblem(kind, text, fixed, now)?.message ?? null;
}

describe('longestPart', () => {
  it('is shorter for the body of a limited-time offer', () => {
    expect([longestPart('body', aTemplate()), longestPart('body', aFullTemplate())]).toEqual([1024, 600]);
  });
});

describe('countCharacters', () => {
  it('counts an emoji as one and a flag as two', () => {
    expect(['abc', '山田', '😀', '🇨🇳', ''].map(countCharacters)).toEqual([3, 2, 1, 2, 0]);
  });
});

describe('a button link', () => {
  it.each([
    'https://shop.example.com/t/1?a=b#c',
    'http://shop.example.com',
    'https://shop.example.com/路',
    'https://shop.example.com:8443/x',
  ])('may be %s', (url) => {
    expect(message('buttonUrl', url)).toBe(null);
  });

  it.each([
    ['https://shop.example.com/a b', 'has a blank in it'],
    ['shop.example.com/a', 'is not a link'],
    ['ftp://shop.example.com/a', 'is neither http nor https'],
    ['https://', 'is not a link'],
  ])('may not be %s: it %s', (url, expected) => {
    expect(message('buttonUrl', url)).toBe(expected);
  });

  it('may not have a whole link behind its fixed beginning', () => {
    const fixed = 'https://shop.example.com/t/';
    expect(partProblem('buttonUrl', `${fixed}${fixed}A-1`, fixed, now)).toEqual({
      code: 'URL_INVALID',
      message: 'already has "https://shop.example.com/t/" in front of the value',
      hint: 'give only what follows it, here "A-1"',
    });
    expect(partProblem('buttonUrl', `${fixed}https://other.example.com`, fixed, now)?.hint).toBe(
      'give only what follows it',
    );
  });

  it('may carry a whole link in its query', () => {
    const fixed = 'https://shop.example.com/go?to=';
    expect(message('buttonUrl', `${fixed}https://shop.example.com/a`, fixed)).toBe(null);
  });
});

describe('a media link', () => {
  it.each([
    'https://cdn.shop.com/a.jpg',
    'https://8.8.8.8/a.jpg',
    'https://[2001:4860::8888]/a',
    'https://172.32.0.1/a',
  ])('may be %s', (url) => {
    expect(message('mediaUrl', url)).toBe(null);
  });

  it.each([
    ['http://cdn.shop.com/a.jpg', 'is not an https address'],
    ['https://user:pass@cdn.shop.com/a.jpg', 'has a login in it'],
    ['https://localhost/a.jpg', 'is not on the public internet'],
    ['https://intranet/a.jpg', 'is not on the public internet'],
    ['https://files.corp.internal/a.jpg', 'is not on the public internet'],
    ['https://127.0.0.1/a.jpg', 'is not on the public internet'],
    ['https://0x7f000001/a.jpg', 'is not on the public internet'],
    ['https://10.1.2.3/a.jpg', 'is not on the public internet'],
    ['https://172.20.0.1/a.jpg', 'is not on the public internet'],
    ['https://192.168.0.1./a.jpg', 'is not on the public internet'],
    ['https://169.254.169.254/a.jpg', 'is not on the public internet'],
    ['https://[::1]/a.jpg', 'is not on the public internet'],
    ['https://[fd00::1]/a.jpg', 'is not on the public internet'],
    ['https://[::ffff:10.0.0.1]/a.jpg', 'is not on the public internet'],
    ['https://cdn.shop.com/a b.jpg', 'has a blank in it'],
    ['C:\\photos\\a.jpg', 'is not an https address'],
    ['a.jpg', 'is not a link'],
  ])('may not be %s: it %s', (url, expected) => {
    expect(message('mediaUrl', url)).toBe(expected);
  });
});

describe('a coupon code', () => {
  it('has letters and digits only', () => {
    expect([message('coupon', 'SPRING25'), message('coupon', 'SPRING-25'), message('coupon', 'ÉTÉ')]).toEqual([
      null,
      'has "-" in it',
      'has "É" in it',
    ]);
  });
});

describe('an offer expiry', () => {
  it.each([
    [String(now + 1), null],
    [String(now), 'is in the past'],
    ['1796083200', 'is a time in seconds'],
    ['2026-11-21', 'is not a time in milliseconds'],
    ['1.79E+12', 'is not a time in milliseconds'],
  ])('judges %s: %s', (text, expected) => {
    expect(message('expiry', text)).toBe(expected);
  });
});
