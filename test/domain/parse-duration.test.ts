import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../src/domain/parse-duration.ts';

describe('parseDuration', () => {
  it.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['24h', 86_400_000],
    ['2d', 172_800_000],
    [' 30 m ', 1_800_000],
    ['365d', 31_536_000_000],
  ])('reads %j', (text, ms) => {
    expect(parseDuration(text)).toEqual({ kind: 'value', value: ms });
  });

  it('reads any whole number of units as that many times the unit', () => {
    const units = fc.constantFrom<[string, number]>(['s', 1000], ['m', 60_000], ['h', 3_600_000], ['d', 86_400_000]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 365 }), units, (amount, [unit, ms]) => {
        expect(parseDuration(`${amount}${unit}`)).toEqual({ kind: 'value', value: amount * ms });
      }),
    );
  });

  it.each([
    ['soon', '"soon" is not a duration', 'write seconds, minutes, hours or days: 90s, 30m, 24h or 2d'],
    ['1.5h', '"1.5h" is not a duration', 'write seconds, minutes, hours or days: 90s, 30m, 24h or 2d'],
    ['1h30m', '"1h30m" is not a duration', 'write seconds, minutes, hours or days: 90s, 30m, 24h or 2d'],
    ['-1h', '"-1h" is not a duration', 'write seconds, minutes, hours or days: 90s, 30m, 24h or 2d'],
    ['', '"" is not a duration', 'write seconds, minutes, hours or days: 90s, 30m, 24h or 2d'],
    ['30', '"30" has no unit', 'write 30s, 30m, 30h or 30d'],
    ['0m', '"0m" is no time at all', 'write a duration above 0, such as 30m'],
    ['366d', '"366d" is longer than a year', 'write at most 365d'],
  ])('refuses %j', (text, message, hint) => {
    expect(parseDuration(text)).toEqual({ kind: 'mistake', message, hint });
  });
});
