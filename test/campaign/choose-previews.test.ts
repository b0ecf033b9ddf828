import { expect, it } from 'vitest';
import { openPlanWriter } from '../../src/adapters/checkpoints/sqlite/plan-writer.ts';
import { choosePreviews } from '../../src/campaign/choose-previews.ts';
import type { Finding } from '../../src/domain/finding.ts';
import type { PlannedRow } from '../../src/domain/plan-store.ts';
import { aMessage } from '../support/a-message.ts';
import { planRecord } from '../support/plan-record.ts';

/** A message whose texts are so long altogether. */
function ofLength(row: number, length: number): PlannedRow {
  const params = { first: 'x'.repeat(Math.floor(length / 2)), second: 'y'.repeat(Math.ceil(length / 2)) };
  const message = aMessage(row, { content: { kind: 'template', code: 'order_shipped', language: 'en', params } });
  return { kind: 'message', cells: [], message, country: 'CN', segments: null };
}

function risk(row: number | null, changes: Partial<Finding> = {}): Finding {
  const said = { column: null, value: null, message: 'look at this', hint: null };
  return { row, code: 'PARAM_BLANKS', severity: 'warning', ...said, ...changes };
}

async function chosen(rows: readonly PlannedRow[], findings: readonly Finding[] = []) {
  const writer = openPlanWriter(null, planRecord().campaign);
  writer.append(rows, findings);
  writer.settleRepeats(() => {});
  const previews = await choosePreviews(writer);
  writer.discard();
  return previews.map(({ message, why }) => [message.row, why]);
}

it('chooses the first, the longest and the riskiest message', async () => {
  const rows = [ofLength(2, 5), ofLength(3, 9), ofLength(4, 20), ofLength(5, 20), ofLength(6, 1)];
  expect(await chosen(rows, [risk(3), risk(6), risk(6)])).toEqual([
    [2, 'first'],
    [4, 'longest'],
    [6, 'riskiest'],
  ]);
});

it('shows a message once that is chosen for several reasons', async () => {
  expect(await chosen([ofLength(2, 9), ofLength(3, 5)], [risk(2)])).toEqual([[2, 'first and longest and riskiest']]);
});

it('counts a rewritten address as a risk, and neither news nor what concerns no row', async () => {
  const findings = [
    risk(null),
    risk(null),
    risk(3, { code: 'ADDRESS_NORMALISED', severity: 'info' }),
    risk(2, { code: 'COLUMN_UNUSED', severity: 'info' }),
    risk(2, { code: 'COLUMN_UNUSED', severity: 'info' }),
  ];
  expect(await chosen([ofLength(2, 9), ofLength(3, 5)], findings)).toEqual([
    [2, 'first and longest'],
    [3, 'riskiest'],
  ]);
});

it('looks for the riskiest among the messages that go', async () => {
  const rows: PlannedRow[] = [ofLength(2, 9), { kind: 'invalid', row: 3, cells: [], to: null }, ofLength(4, 5)];
  expect(await chosen(rows, [risk(3), risk(3), risk(3, { severity: 'error' }), risk(4)])).toEqual([
    [2, 'first and longest'],
    [4, 'riskiest'],
  ]);
});

it('takes the first of equals', async () => {
  expect(await chosen([ofLength(2, 1), ofLength(3, 1), ofLength(4, 1)], [risk(4), risk(3)])).toEqual([
    [2, 'first and longest'],
    [3, 'riskiest'],
  ]);
});

it('chooses nothing from a plan without messages', async () => {
  expect(await chosen([{ kind: 'invalid', row: 2, cells: [], to: null }], [risk(2)])).toEqual([]);
});
