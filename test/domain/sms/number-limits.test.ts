import { describe, expect, it } from 'vitest';
import { forecastLimits, limitNamed, retryAtOfLimit } from '../../../src/domain/sms/number-limits.ts';
import type { SmsTemplateKind } from '../../../src/domain/sms/sms-template.ts';

const mainland = '8613800138000';
const minute = 60_000;

describe('forecastLimits', () => {
  it.each<[SmsTemplateKind, number, number, string]>([
    ['verification', 2, 1, 'minute'],
    ['verification', 11, 10, 'minute'],
    ['notice', 51, 1, 'day'],
    ['promotion', 120, 70, 'day'],
  ])('of %s messages, %i in all, has %i refused by the %s', (kind, messages, refused, per) => {
    expect(forecastLimits(kind, mainland, messages)).toMatchObject({ refused, limit: { per } });
  });

  it.each<[SmsTemplateKind, string, number]>([
    ['verification', mainland, 1],
    ['notice', mainland, 50],
    ['promotion', mainland, 50],
    ['international', '85291234567', 500],
    ['notice', '85291234567', 500],
  ])('of %s messages to %s lets %i pass', (kind, to, messages) => {
    expect(forecastLimits(kind, to, messages)).toBeNull();
  });
});

describe('retryAtOfLimit', () => {
  const endedAt = Date.parse('2026-11-21T20:10:30.500+08:00');

  it.each([
    ['触发分钟级流控Permits:1', 'minute', '2026-11-21T20:11:00+08:00'],
    ['触发小时级流控Permits:5', 'hour', '2026-11-21T21:00:00+08:00'],
    ['触发天级流控Permits:10', 'day', '2026-11-22T20:10:30.500+08:00'],
    ['Trigger minute-level flow control Permits:1', 'minute', '2026-11-21T20:11:00+08:00'],
    ['Trigger hour-level flow control Permits:5', 'hour', '2026-11-21T21:00:00+08:00'],
    ['Trigger day-level flow control Permits:50', 'day', '2026-11-22T20:10:30.500+08:00'],
    ['业务限流', null, '2026-11-22T20:10:30.500+08:00'],
    ['', null, '2026-11-22T20:10:30.500+08:00'],
  ])('reads "%s" as the limit of a %s', (message, named, at) => {
    expect(limitNamed(message)).toBe(named);
    expect(retryAtOfLimit(message, endedAt)).toBe(Date.parse(at));
  });

  it('waits for the next minute where one has just begun', () => {
    const at = Date.parse('2026-11-21T20:10:00.000+08:00');
    expect(retryAtOfLimit('分钟', at)).toBe(at + minute);
  });
});
