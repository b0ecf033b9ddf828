import { describe, expect, it } from 'vitest';
import { chinaDay, parseChinaTime } from '../../../src/domain/sms/china-time.ts';
import { promotionWindow } from '../../../src/domain/sms/promotion-hours.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);
const closing = { closesAt: at('2026-11-21T20:00:00'), opensAt: at('2026-11-22T08:00:00') };

describe('promotionWindow', () => {
  it.each([
    ['2026-11-21T07:59:59.999', { kind: 'closed', opensAt: at('2026-11-21T08:00:00') }],
    ['2026-11-21T08:00:00.000', { kind: 'open', closing }],
    ['2026-11-21T19:59:59.999', { kind: 'open', closing }],
    ['2026-11-21T20:00:00.000', { kind: 'closed', opensAt: at('2026-11-22T08:00:00') }],
    ['2026-11-21T23:59:59.999', { kind: 'closed', opensAt: at('2026-11-22T08:00:00') }],
    ['2026-11-22T00:00:00.000', { kind: 'closed', opensAt: at('2026-11-22T08:00:00') }],
    ['2026-12-31T21:00:00.000', { kind: 'closed', opensAt: at('2027-01-01T08:00:00') }],
  ])('at %s in China', (time, window) => {
    expect(promotionWindow('promotion', 'mainland', at(time))).toEqual(window);
  });

  it.each([
    ['notice', 'mainland'],
    ['verification', 'mainland'],
    ['international', 'elsewhere'],
    ['promotion', 'elsewhere'],
  ] as const)('never closes for %s messages to the %s', (kind, destination) => {
    const window = promotionWindow(kind, destination, at('2026-11-21T23:00:00'));
    expect(window).toEqual({ kind: 'open', closing: null });
  });
});

describe('the clock of China', () => {
  it('has its own midnight', () => {
    expect(chinaDay(Date.parse('2026-11-21T15:59:59.999Z'))).toBe('20261121');
    expect(chinaDay(Date.parse('2026-11-21T16:00:00.000Z'))).toBe('20261122');
  });

  it('reads what the service writes, and nothing else', () => {
    expect(parseChinaTime('2026-11-21 08:00:00')).toBe(Date.parse('2026-11-21T00:00:00Z'));
    expect(parseChinaTime('2026-11-21')).toBeNaN();
    expect(parseChinaTime('2026-13-21 08:00:00')).toBeNaN();
  });
});
