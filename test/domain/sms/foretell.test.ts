import { describe, expect, it } from 'vitest';
import { foretellSms, type SmsForecast } from '../../../src/domain/sms/foretell.ts';

/** By China's clock. */
const at = (hour: number) => Date.UTC(2026, 2, 2, hour - 8);

function told(changes: Partial<SmsForecast> = {}) {
  const counts = { toMainland: 100, mostToOne: 1, standIn: false, manySigns: false };
  const forecast = { kind: 'notice', ...counts, now: at(12), ...changes } as const;
  return foretellSms(forecast).map(
    ({ severity, code, row, message, hint }) => `${severity} ${code} ${row}: ${message}; ${hint}`,
  );
}

describe('what is foretold of a list of text messages', () => {
  it('is nothing where every number gets one by day', () => {
    expect(told()).toEqual([]);
    expect(told({ kind: 'promotion' })).toEqual([]);
  });

  it.each([
    [20, '2026-03-03 00:00'],
    [23, '2026-03-03 00:00'],
    [7, '2026-03-02 00:00'],
  ])('is that promotions have to wait at %d o’clock', (hour, opens) => {
    const [line, ...others] = told({ kind: 'promotion', now: at(hour) });
    expect(line).toContain(
      'warning SMS_HOURS null: promotions go to mainland China from 8:00 to 20:00 China time alone',
    );
    expect(line).toContain(`${opens} UTC`);
    expect(others).toEqual([]);
  });

  it('is nothing of hours for notices, and nothing at all for other countries', () => {
    expect(told({ now: at(23) })).toEqual([]);
    expect(told({ kind: 'promotion', now: at(23), toMainland: 0, mostToOne: 90 })).toEqual([]);
    expect(told({ kind: 'international', mostToOne: 90 })).toEqual([]);
  });

  it.each([
    ['notice', 50, null],
    ['notice', 53, '50 a day: 3 of them'],
    ['promotion', 51, '50 a day: 1 of them'],
    ['verification', 1, null],
    ['verification', 3, '1 a minute: 2 of them'],
  ] as const)('is how many of %s are refused where a number stands %d times in the list', (kind, mostToOne, words) => {
    const lines = told({ kind, mostToOne });
    if (words === null) expect(lines).toEqual([]);
    else
      expect(lines).toEqual([
        `warning SMS_NUMBER_LIMIT null: one number stands ${mostToOne} times in the list, and the service lets it get ${words} will be refused (isv.BUSINESS_LIMIT_CONTROL); sendoff retry hands them over once the limit lets it; or keep one row for each number`,
      ]);
  });

  it('is how many of the same sign, at most, where rows name their signs', () => {
    const [line] = told({ kind: 'verification', mostToOne: 2, manySigns: true });
    expect(line).toContain('the service lets it get 1 a minute from each sign: up to 1 of them will be refused');
  });

  it('is said of those that stand in for others as of such', () => {
    expect(told({ kind: 'promotion', standIn: true, mostToOne: 51, now: at(20) })).toEqual([
      'warning SMS_HOURS null: fallback: promotions go to mainland China from 8:00 to 20:00 China time alone, and it is another hour there now; the run stops before them; sendoff resume hands them over from 2026-03-03 00:00 UTC on',
      'warning SMS_NUMBER_LIMIT null: fallback: one number may fall back 51 times, and the service lets it get 50 a day: up to 1 of them will be refused (isv.BUSINESS_LIMIT_CONTROL); sendoff retry hands them over once the limit lets it; or keep one row for each number',
    ]);
  });
});
