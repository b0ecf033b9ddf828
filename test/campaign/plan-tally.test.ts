import { expect, it } from 'vitest';
import { createPlanTally } from '../../src/campaign/plan-tally.ts';
import type { PlannedRow } from '../../src/domain/plan-store.ts';
import { parseRates } from '../../src/domain/rates.ts';
import { aMessage } from '../support/a-message.ts';

function to(country: string, language: string): PlannedRow {
  const content = { kind: 'template', code: 'order_shipped', language, params: {} } as const;
  return { kind: 'message', cells: [], message: aMessage(2, { content }), country, segments: null };
}

const invalid: PlannedRow = { kind: 'invalid', row: 3, cells: [], to: null };

it('counts rows, languages and countries, largest first', () => {
  const tally = createPlanTally({ rates: null, categoryIn: null });
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
  const tally = createPlanTally({ rates: null, categoryIn: null });
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
  const tally = createPlanTally({ rates: null, categoryIn: null });
  tally.add([to('CN', 'en'), to('HK', 'en'), to('HK', 'zh_HK')]);
  expect([tally.messages('en'), tally.messages('en', 'HK'), tally.messages('en', 'DE'), tally.messages('fr')]).toEqual([
    2, 1, 0, 0,
  ]);
});

it('sums the segments of text messages, without those that are left out', () => {
  const tally = createPlanTally({ rates: null, categoryIn: null });
  const text = (segments: number) => ({ ...to('CN', ''), segments }) as PlannedRow;
  tally.add([text(1), text(3), text(2), invalid]);
  tally.leaveOut([{ row: 3, to: '8613800100002', language: '', country: 'CN', segments: 3, kind: 'duplicate' }]);
  expect(tally.totals()).toMatchObject({ toSend: 2, segments: 3 });
});

it('sums what text messages cost by their prices, and counts those without one', () => {
  const parsed = parseRates([
    { line: 2, prefix: '86', category: '', price: '0.045' },
    { line: 3, prefix: '852', category: 'sms', price: '0.3' },
  ]);
  if (parsed.kind === 'mistake') throw new Error(parsed.message);
  const tally = createPlanTally({ rates: parsed.value, categoryIn: null });
  const text = (number: string, segments: number) =>
    ({ kind: 'message', cells: [], message: aMessage(2, { to: number }), country: '', segments }) as const;
  tally.add([text('8613800100001', 2), text('85298765432', 1), text('14155550123', 1), text('14155550124', 3)]);
  expect(tally.totals()).toMatchObject({ segments: 7, cost: { micros: 390_000, unpriced: 2, templates: false } });
  tally.leaveOut([
    { row: 2, to: '85298765432', language: '', country: '', segments: 1, kind: 'duplicate' },
    { row: 3, to: '14155550124', language: '', country: '', segments: 3, kind: 'suppressed' },
  ]);
  expect(tally.totals()).toMatchObject({ segments: 3, cost: { micros: 90_000, unpriced: 1, templates: false } });
});

/** Templates by category, in two languages, and text messages. */
function pricedTally() {
  const parsed = parseRates([
    { line: 2, prefix: '86', category: 'marketing', price: '0.2' },
    { line: 3, prefix: '86', category: 'utility', price: '0.1' },
    { line: 4, prefix: '86', category: 'sms', price: '0.07' },
  ]);
  if (parsed.kind === 'mistake') throw new Error(parsed.message);
  const categories: Readonly<Record<string, string>> = { en: 'MARKETING', zh_CN: 'UTILITY' };
  return createPlanTally({ rates: parsed.value, categoryIn: (language) => categories[language] ?? null });
}

function templateTo(number: string, language: string, segments: number | null = null): PlannedRow {
  const content = { kind: 'template', code: 'order_shipped', language, params: {} } as const;
  return { kind: 'message', cells: [], message: aMessage(2, { to: number, content }), country: '', segments };
}

it('sums what templates cost by what they are filed under in each language', () => {
  const tally = pricedTally();
  const cost = (micros: number, unpriced: number) => ({ cost: { micros, unpriced, templates: true } });
  tally.add([
    templateTo('8613800100001', 'en'),
    templateTo('8613800100002', 'zh_CN'),
    templateTo('8613800100003', 'en'),
    templateTo('85298765432', 'en'),
    templateTo('8613800100004', 'fr'),
  ]);
  expect(tally.totals()).toMatchObject(cost(500_000, 2));
  tally.leaveOut([
    { row: 3, to: '8613800100002', language: 'zh_CN', country: '', segments: null, kind: 'duplicate' },
    { row: 4, to: '85298765432', language: 'en', country: '', segments: null, kind: 'suppressed' },
  ]);
  expect(tally.totals()).toMatchObject(cost(400_000, 1));
});

it('counts the dearer of a template and what goes out instead, since one of them is charged at most', () => {
  const tally = pricedTally();
  tally.add([
    templateTo('8613800100001', 'en', 2),
    templateTo('8613800100002', 'zh_CN', 2),
    templateTo('8613800100003', 'zh_CN', 1),
  ]);
  expect(tally.totals()).toMatchObject({ segments: 5, cost: { micros: 200_000 + 140_000 + 100_000, unpriced: 0 } });
  tally.leaveOut([
    { row: 3, to: '8613800100002', language: 'zh_CN', country: '', segments: 2, kind: 'fallback' },
    { row: 4, to: '8613800100003', language: 'zh_CN', country: '', segments: 1, kind: 'duplicate' },
  ]);
  expect(tally.totals()).toMatchObject({ segments: 2, cost: { micros: 200_000 + 100_000, unpriced: 0 } });
});
