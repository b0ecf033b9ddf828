import { describe, expect, it } from 'vitest';
import { formatDuration } from '../../../src/cli/render/duration.ts';
import { formatCount, formatNumber } from '../../../src/cli/render/number.ts';
import { formatTime } from '../../../src/cli/render/time.ts';

it('divides numbers into thousands', () => {
  expect([0, 999, 1000, 1_234_567, -1234].map(formatNumber)).toEqual(['0', '999', '1,000', '1,234,567', '-1,234']);
});

it('counts one in the singular and everything else in the plural', () => {
  expect([formatCount(1, 'row'), formatCount(0, 'row'), formatCount(2000, 'reply', 'replies')]).toEqual([
    '1 row',
    '0 rows',
    '2,000 replies',
  ]);
});

describe('formatDuration', () => {
  it.each([
    [0, 'under 1 s'],
    [999, 'under 1 s'],
    [1000, '1 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [250_000, '4 min 10 s'],
    [3_599_600, '1 h'],
    [7_500_000, '2 h 5 min'],
    [3 * 86_400_000 + 4 * 3_600_000, '3 d 4 h'],
    [86_399_000, '1 d'],
  ])('shows %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

it('shows moments in UTC', () => {
  expect(formatTime(Date.UTC(2026, 2, 2, 9, 30, 59))).toBe('2026-03-02 09:30 UTC');
});
