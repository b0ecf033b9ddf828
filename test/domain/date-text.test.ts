import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDate, parseDateText } from '../../src/domain/date-text.ts';

const wall = Date.UTC(2026, 10, 21, 9, 5, 7, 80);
const date = { wallMs: wall, offsetMinutes: 480 };

describe('parseDateText', () => {
  it.each([
    ['2026-11-21', Date.UTC(2026, 10, 21), 0],
    ['2026/11/21', Date.UTC(2026, 10, 21), 0],
    ['2026.1.2', Date.UTC(2026, 0, 2), 0],
    ['20261121', Date.UTC(2026, 10, 21), 0],
    ['2026年11月21日', Date.UTC(2026, 10, 21), 0],
    [' 2026-11-21 9:05 ', Date.UTC(2026, 10, 21, 9, 5), 0],
    ['2026-11-21T09:05:07.080', wall, 0],
    ['2026-11-21T09:05:07.080Z', wall, 0],
    ['2026-11-21T09:05:07.080+08:00', wall, 480],
    ['2026-11-21 09:05:07.08 -0330', wall, -210],
    ['1795251907', 1795251907000, 0],
    ['1795251907080', 1795251907080, 0],
  ])('reads %s as the wall clock shows it', (text, wallMs, offsetMinutes) => {
    expect(parseDateText(text)).toEqual({ wallMs, offsetMinutes });
  });

  it.each([
    '',
    'tomorrow',
    '03/04/2026',
    '21-11-2026',
    '2026-02-30',
    '2026-13-01',
    '2026-11-21 25:00',
    '46347',
    '2026-11',
  ])('does not guess at %j', (text) => {
    expect(parseDateText(text)).toBe(null);
  });
});

describe('formatDate', () => {
  it.each([
    ['%Y-%m-%d %H:%M:%S.%L %z', '2026-11-21 09:05:07.080 +0800'],
    ['%d %b', '21 Nov'],
    ['%A %-d%q %B, %-l:%M %P', 'Saturday 21st November, 9:05 am'],
    ['%a %e %^b %y', 'Sat 21 NOV 26'],
    ['%I %p %k %l %j %u %w', '09 AM  9  9 325 6 6'],
    ['%F %T %R %D %r', '2026-11-21 09:05:07 09:05 11/21/26 09:05:07 AM'],
    ['%s', '1795223107'],
    ['%c | %x | %X | %h', 'Sat Nov 21 09:05:07 2026 | 11/21/26 | 09:05:07 | Nov'],
    ['%4d %_m %03H %-H %%', '0021 11 009 9 %'],
    ['no directive', 'no directive'],
  ])('writes %s as %s', (format, text) => {
    expect(formatDate(date, format)).toBe(text);
  });

  it('counts the ordinals of a month', () => {
    const ordinals = [1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 31].map((day) =>
      formatDate({ wallMs: Date.UTC(2026, 0, day), offsetMinutes: 0 }, '%-d%q'),
    );
    expect(ordinals.join(' ')).toBe('1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 23rd 31st');
  });

  it.each(['%E', '%', 'at %Q'])('refuses the unknown directive in %j', (format) => {
    expect(() => formatDate(date, format)).toThrow(RangeError);
  });

  it('writes a date so that it is read as the same', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1000-01-01'), max: new Date('9999-01-01'), noInvalidDate: true }), (day) => {
        const written = { wallMs: day.getTime(), offsetMinutes: 0 };
        expect(parseDateText(formatDate(written, '%Y-%m-%d %H:%M:%S.%L'))).toEqual(written);
      }),
    );
  });
});
