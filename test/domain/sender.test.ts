import { describe, expect, it } from 'vitest';
import { effectiveDailyCap, tierPeopleOf } from '../../src/domain/daily-cap.ts';
import { findSender, type MessagingTier, parseTier, type Sender } from '../../src/domain/sender.ts';

const sender: Sender = {
  number: '8613867404376',
  status: 'CONNECTED',
  quality: 'GREEN',
  tierWord: 'TIER_10K',
  tier: { kind: 'people', people: 10_000 },
};

describe('parseTier', () => {
  it.each<[string, MessagingTier | null]>([
    ['TIER_250', { kind: 'people', people: 250 }],
    ['TIER_1K', { kind: 'people', people: 1_000 }],
    ['TIER_2K', { kind: 'people', people: 2_000 }],
    ['TIER_10K', { kind: 'people', people: 10_000 }],
    ['TIER_100K', { kind: 'people', people: 100_000 }],
    ['TIER_UNLIMITED', { kind: 'unlimited' }],
    ['UNLIMITED', { kind: 'unlimited' }],
    // 10,000 to one page and 50 to another
    ['TIER_50', null],
    ['TIER_10', null],
    ['TIER_1000', null],
    ['TIER_NOT_SET', null],
    ['toString', null],
  ])('reads %s as %j', (word, tier) => {
    expect(parseTier(word)).toEqual(tier);
  });
});

describe('findSender', () => {
  it('finds a sender by its digits', () => {
    expect(findSender({ kind: 'told', senders: [sender] }, '8613867404376')).toEqual({ kind: 'found', sender });
  });

  it('names those that there are where it is none of them', () => {
    expect(findSender({ kind: 'told', senders: [sender] }, '4915112345678')).toEqual({
      kind: 'missing',
      known: ['8613867404376'],
    });
  });

  it('hands on that nothing was told', () => {
    const untold = { kind: 'untold', code: 'TIMEOUT', reason: 'no answer', missingRight: null } as const;
    expect(findSender(untold, '8613867404376')).toBe(untold);
  });
});

describe('effectiveDailyCap', () => {
  it.each([
    [{ kind: 'tier' }, 10_000, 10_000],
    [{ kind: 'tier' }, null, null],
    [{ kind: 'none' }, 10_000, null],
    [{ kind: 'count', count: 500 }, 10_000, 500],
    [{ kind: 'count', count: 50_000 }, 10_000, 50_000],
  ] as const)('makes of %j and a tier of %s people a cap of %s', (cap, people, holds) => {
    expect(effectiveDailyCap(cap, people)).toBe(holds);
  });
});

describe('tierPeopleOf', () => {
  it.each([
    [sender, 10_000],
    [{ ...sender, tier: { kind: 'unlimited' } }, null],
    [{ ...sender, tier: null }, null],
    [null, null],
  ] as const)('reads the people of %j', (from, people) => {
    expect(tierPeopleOf(from)).toBe(people);
  });
});
