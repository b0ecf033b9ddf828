import { describe, expect, it } from 'vitest';
import { type RetryChoice, retryChooser } from '../../src/campaign/choose-retries.ts';

const endedAt = Date.UTC(2026, 10, 21);
const minute = 60_000;
const day = 24 * 60 * minute;

function chosen(code: string, ageMs: number, choice: Partial<RetryChoice> = {}): boolean {
  const choose = retryChooser({ classes: [], codes: [], afterMs: null, ...choice }, endedAt + ageMs);
  return choose({ row: 2, channel: 'whatsapp', code, reason: 'no', endedAt });
}

describe('a retry without a choice', () => {
  it.each([
    ['a refusal that passes within a minute, after that minute', '131016', minute, true],
    ['a refusal that passes within a day, after that day', '131049', day, true],
    ['a refusal whose time has not come', '131049', day - 1, false],
    ['a refusal for good', '131026', 100 * day, false],
    ['a refusal that nobody knows', 'Some.NewCode', 100 * day, false],
  ])('decides on %s', (_name, code, ageMs, expected) => {
    expect(chosen(code, ageMs)).toBe(expected);
  });
});

describe('a retry by code or class', () => {
  it.each([
    ['takes the code although it does not pass by itself', '131026', 0, { codes: ['131026'] }, true],
    ['takes no other code', '131047', 100 * day, { codes: ['131026'] }, false],
    ['takes its class', '131026', 0, { classes: ['row'] }, true],
    ['takes no other class', '131026', 0, { classes: ['transient'] }, false],
    ['counts a code that nobody knows among those of rows', 'Some.NewCode', 0, { classes: ['row'] }, true],
    ['still waits for the time of a code that passes', '131049', day - 1, { codes: ['131049'] }, false],
    ['takes a code that is old enough', '131026', 2 * minute, { codes: ['131026'], afterMs: 2 * minute }, true],
    ['leaves a code that is too young', '131026', 2 * minute - 1, { codes: ['131026'], afterMs: 2 * minute }, false],
    ['takes any of several codes', '131026', 0, { codes: ['131047', '131026'] }, true],
    ['takes any of several classes', '131026', 0, { classes: ['row', 'transient'] }, true],
    ['asks for code and class at once', '131026', 0, { codes: ['131026'], classes: ['account'] }, false],
  ] as const)('%s', (_name, code, ageMs, choice, expected) => {
    expect(chosen(code, ageMs, choice)).toBe(expected);
  });
});

describe('a retry of text messages', () => {
  const limited = { row: 2, channel: 'sms', code: 'isv.BUSINESS_LIMIT_CONTROL', endedAt: endedAt + 20_000 } as const;
  const hourly = { ...limited, reason: '触发小时级流控Permits:5' };

  it.each([
    ['a number that had its message of the minute, in the next one', '触发分钟级流控Permits:1', minute, true],
    ['such a number before that', '触发分钟级流控Permits:1', minute - 1, false],
    ['a number that had its messages of the hour, in the next one', '触发小时级流控Permits:5', 60 * minute, true],
    ['such a number before that', '触发小时级流控Permits:5', 60 * minute - 1, false],
    ['a number that had its messages of the day, a day later', '触发天级流控Permits:10', day + 20_000, true],
    ['such a number before that', '触发天级流控Permits:10', day, false],
  ])('decides on %s', (_name, reason, ageMs, expected) => {
    const choose = retryChooser({ classes: [], codes: [], afterMs: null }, endedAt + ageMs);
    expect(choose({ ...limited, reason })).toBe(expected);
  });

  it('takes such a number once its time has come and it is as old as is asked', () => {
    const chosenAfter = (afterMs: number, ageMs: number) =>
      retryChooser({ classes: [], codes: [], afterMs }, limited.endedAt + ageMs)(hourly);
    expect(chosenAfter(10 * minute, 20 * minute)).toBe(false);
    expect(chosenAfter(10 * minute, 60 * minute)).toBe(true);
    expect(chosenAfter(90 * minute, 60 * minute)).toBe(false);
  });

  it('takes classes from the codes of Short Message Service', () => {
    const choose = retryChooser({ classes: ['row'], codes: [], afterMs: null }, endedAt + 3 * day);
    expect(choose(hourly)).toBe(true);
    expect(choose({ row: 3, channel: 'sms', code: 'isv.OUT_OF_SERVICE', reason: 'no', endedAt })).toBe(false);
  });
});
