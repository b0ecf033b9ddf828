import { describe, expect, it } from 'vitest';
import { judgePlan, type PlanLimits } from '../../src/campaign/judge-plan.ts';
import type { PlanSummary } from '../../src/domain/run-record.ts';
import { planRecord } from '../support/plan-record.ts';

function summary(changes: Partial<PlanSummary>): PlanSummary {
  return { ...planRecord().summary, rows: 100, toSend: 100, invalid: 0, findings: [], ...changes };
}

function limits(changes: Partial<PlanLimits> = {}): PlanLimits {
  return { skipInvalid: false, maxInvalid: null, maxMessages: null, maxSpendMicros: null, ...changes };
}

const fivePercent = { kind: 'share', share: 0.05 } as const;

describe('a plan may go', () => {
  it.each([
    ['when every row is valid', {}, {}],
    ['when invalid rows may be left out', { invalid: 99 }, { skipInvalid: true }],
    ['when no more rows are invalid than may be', { invalid: 5 }, { skipInvalid: true, maxInvalid: fivePercent }],
    ['when no more are invalid than a number', { invalid: 7 }, { maxInvalid: { kind: 'count', count: 7 } as const }],
    [
      'when it costs no more than may be',
      { cost: { micros: 4_500_000, unpriced: 0, templates: false } },
      { maxSpendMicros: 4_500_000 },
    ],
    ['when it has no more messages than may be', { toSend: 100 }, { maxMessages: 100 }],
    [
      'with errors of rows that are left out, and with warnings',
      { invalid: 1, findings: [{ code: 'PARAM_MISSING', severity: 'error', findings: 1 } as const] },
      { skipInvalid: true },
    ],
  ])('%s', (_name, changes, limit) => {
    expect(judgePlan(summary(changes), limits(limit))).toBeNull();
  });
});

describe('a plan is refused', () => {
  it.each([
    ['for one invalid row', { invalid: 1 }, {}, '1 of 100 rows is invalid'],
    ['for invalid rows', { invalid: 2 }, {}, '2 of 100 rows are invalid'],
    [
      'for too large a share of invalid rows',
      { invalid: 6 },
      { skipInvalid: true, maxInvalid: fivePercent },
      '6 of 100 rows are invalid, more than --max-invalid 5% allows',
    ],
    [
      'for too many invalid rows',
      { invalid: 8 },
      { maxInvalid: { kind: 'count', count: 7 } as const },
      '8 of 100 rows are invalid, more than --max-invalid 7 allows',
    ],
    ['for its size', {}, { maxMessages: 99 }, '100 messages to send, more than --max-messages 99 allows'],
    [
      'for its cost',
      { cost: { micros: 4_545_000, unpriced: 0, templates: false } },
      { maxSpendMicros: 4_500_000 },
      'the plan may cost 4.545, more than --max-spend 4.50 allows',
    ],
    [
      'for messages that nobody knows the price of',
      { cost: { micros: 0, unpriced: 2, templates: false } },
      { maxSpendMicros: 4_500_000 },
      '2 messages go out without a price, so --max-spend 4.50 cannot be kept',
    ],
    [
      'for a bound that no price can be held to',
      {},
      { maxSpendMicros: 4_500_000 },
      'nothing tells what the plan costs, so --max-spend 4.50 cannot be kept',
    ],
    [
      'for a fatal finding, whatever may be left out',
      { invalid: 1, findings: [{ code: 'COLUMN_UNKNOWN', severity: 'fatal', findings: 1 } as const] },
      { skipInvalid: true },
      'the campaign cannot be sent as it is',
    ],
  ])('%s', (_name, changes, limit, message) => {
    expect(judgePlan(summary(changes), limits(limit))).toMatchObject({
      code: 'PLAN_REFUSED',
      kind: 'invalid',
      message,
      hint: expect.stringMatching(/\S/),
    });
  });
});
