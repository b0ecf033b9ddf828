import { expect, it } from 'vitest';
import { nearMisses } from '../../src/domain/near-misses.ts';

it('finds the code behind a slip, case aside', () => {
  expect(nearMisses('throtling.user')[0]).toBe('Throttling.User');
  expect(nearMisses('PARAM_MISING')).toEqual(['PARAM_MISSING']);
});

it('finds a code by its last part', () => {
  expect(nearMisses('limitcontrol')).toEqual(['System.LimitControl']);
});

it('names at most three, the nearest first', () => {
  const near = nearMisses('13104');
  expect(near).toEqual(['131041', '131042', '131044']);
});

it('counts the codes it is given', () => {
  expect(nearMisses('RUN_LOCKD', ['RUN_LOCKED'])).toEqual(['RUN_LOCKED']);
});

it('suggests nothing for what resembles no code', () => {
  expect(nearMisses('the quick brown fox')).toEqual([]);
  expect(nearMisses(' ')).toEqual([]);
});
