import { expect, it } from 'vitest';
import { createPlanTally } from '../../src/campaign/plan-tally.ts';
import type { PlannedRow } from '../../src/domain/plan-store.ts';
import { parseRates } from '../../src/domain/sms/rates.ts';
import { aMessage } from '../support/a-message.ts';

function to(country: string, language: string): PlannedRow {
  const content = { kind: 'template', code: 'order_shipped', language, params: {} } as const;
  return { kind: 'message', cells: [], message: aMessage(2, { content }), country, segments: null };
}

const invalid: PlannedRow = { kind: 'invalid', row: 3, cells: [], to: null };

it('counts rows, languages and countries, largest first', () => {
  const tally = createPlanTally(null);
  tally.add([to('CN', 'en'), to('HK', 'zh_HK'), invalid]);
  tally.add([to('HK', 'zh_HK'), to('HK', 'en'), to('DE', 'zh_HK')]);
  expect(tally.rows()).toBe(6);
  expect(tally.totals()).toEqual({
    rows: 6,
    toSend: 5,
    duplicates: 0,
    suppressed: 0,
    invalid: 1,
    segments: null,
    cost: null,
    languages: [
      { name: 'zh_HK', rows: 3 },
      { name: 'en', rows: 2 },
    ],
    countries: [
      { name: 'HK', rows: 3 },
      { name: 'CN', rows: 1 },
      { name: 'DE', rows: 1 },
    ],
  });
});

it('takes rows that are left out off their language and country', () => {
  const tally = createPlanTally(null);
  tally.add([to('CN', 'en'), to('CN', 'en'), to('HK', 'zh_HK'), to('CN', 'en')]);
  tally.leaveOut([
    { row: 3, to: '8613800100002', language: 'en', country: 'CN', segments: null, kind: 'duplicate' },
    { row: 4, to: '85298765432', language: 'zh_HK', country: 'HK', segments: null, kind: 'suppressed' },
  ]);
  expect(tally.totals()).toEqual({
    rows: 4,
    toSend: 2,
    duplicates: 1,
    suppressed: 1,
    invalid: 0,
    segments: null,
    cost: null,
    languages: [{ name: 'en', rows: 2 }],
    countries: [{ name: 'CN', rows: 2 }],
  });
});

it('tells the messages of a language, and of a country in it', () => {
  const tally = createPlanTally(null);
  tally.add([to('CN', 'en'), to('HK', 'en'), to('HK', 'zh_HK')]);
  expect([tally.messages('en'), tally.messages('en', 'HK'), tally.messages('en', 'DE'), tally.messages('fr')]).toEqual([
    2, 1, 0, 0,
  ]);
});

it('sums the segments of text messages, without those that are left out', () => {
  const tally = createPlanTally(null);
  const text = (segments: number) => ({ ...to('CN', ''), segments }) as PlannedRow;
  tally.add([text(1), text(3), text(2), invalid]);
  tally.leaveOut([{ row: 3, to: '8613800100002', language: '', country: 'CN', segments: 3, kind: 'duplicate' }]);
  expect(tally.totals()).toMatchObject({ toSend: 2, segments: 3 });
});

it('sums what text messages cost by their prices, and counts those without one', () => {
  const parsed = parseRates([
    { line: 2, prefix: '86', price: '0.045' },
    { line: 3, prefix: '852', price: '0.3' },
  ]);
  if (parsed.kind === 'mistake') throw new Error(parsed.message);
  const tally = createPlanTally(parsed.value);
  const text = (number: string, segments: number) =>
    ({ kind: 'message', cells: [], message: aMessage(2, { to: number }), country: '', segments }) as const;
  tally.add([text('8613800100001', 2), text('85298765432', 1), text('14155550123', 1), text('14155550124', 3)]);
  expect(tally.totals()).toMatchObject({ segments: 7, cost: { micros: 390_000, unpriced: 2 } });
  tally.leaveOut([
    { row: 2, to: '85298765432', language: '', country: '', segments: 1, kind: 'duplicate' },
    { row: 3, to: '14155550124', language: '', country: '', segments: 3, kind: 'suppressed' },
  ]);
  expect(tally.totals()).toMatchObject({ segments: 3, cost: { micros: 90_000, unpriced: 1 } });
});
