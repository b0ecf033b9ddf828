import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { Rate } from '../../src/domain/quota.ts';
import { defaultRates, durationAtPaceMs, messagesPerSecond, requestPaceOf } from '../../src/domain/request-pace.ts';

const second = (count: number): Rate => ({ count, perMs: 1_000 });
const mass = (rate: Rate, senderRate: Rate | null): Pick<Campaign['send'], 'mode' | 'rate' | 'senderRate'> => ({
  mode: 'mass',
  rate,
  senderRate,
});

describe('requestPaceOf', () => {
  it.each([
    [second(250), null, second(250)],
    [second(250), second(80), second(80)],
    [second(60), second(80), second(60)],
    [{ count: 60, perMs: 60_000 }, second(2), { count: 60, perMs: 60_000 }],
  ])('sends one by one at the lower of %j and %j', (rate, senderRate, requests) => {
    expect(requestPaceOf({ mode: 'single', rate, senderRate })).toEqual({ requests, messagesPerRequest: 1 });
  });

  it.each([
    ['as full as they may be', second(10), null, { requests: second(10), messagesPerRequest: 1_000 }],
    ['as small as uses the sender', second(10), second(80), { requests: second(10), messagesPerRequest: 8 }],
    ['fewer and larger for an odd rate', second(10), second(85), { requests: second(5), messagesPerRequest: 17 }],
    ['one message each for a slow sender', second(10), second(3), { requests: second(3), messagesPerRequest: 1 }],
    [
      'full where the sender may emit more',
      second(10),
      second(50_000),
      { requests: second(10), messagesPerRequest: 1_000 },
    ],
    [
      'small in a longer window',
      { count: 60, perMs: 60_000 },
      second(20),
      { requests: { count: 60, perMs: 60_000 }, messagesPerRequest: 20 },
    ],
  ])('makes mass requests %s', (_how, rate, senderRate, pace) => {
    expect(requestPaceOf(mass(rate, senderRate))).toEqual(pace);
  });

  it('never exceeds the sender, nor the account, and wastes less than 5% of the lower', () => {
    for (let perSecond = 1; perSecond <= 12_000; perSecond += 7) {
      const pace = requestPaceOf(mass(second(10), second(perSecond)));
      const possible = Math.min(perSecond, 10_000);
      expect(messagesPerSecond(pace)).toBeLessThanOrEqual(perSecond);
      expect(pace.requests.count).toBeLessThanOrEqual(10);
      expect(messagesPerSecond(pace)).toBeGreaterThanOrEqual(possible * 0.95);
    }
  });

  it('knows the quota of each mode', () => {
    expect(defaultRates).toEqual({ single: second(250), mass: second(10), batch: second(5_000) });
  });
});

describe('durationAtPaceMs', () => {
  it('counts the requests that are needed, full or not', () => {
    const pace = { requests: second(10), messagesPerRequest: 1_000 };
    expect(durationAtPaceMs([100_000], pace)).toBe(10_000);
    expect(durationAtPaceMs([1_001, 5], pace)).toBe(300);
    expect(durationAtPaceMs([], pace)).toBe(0);
    expect(durationAtPaceMs([500], { requests: second(250), messagesPerRequest: 1 })).toBe(2_000);
  });
});
