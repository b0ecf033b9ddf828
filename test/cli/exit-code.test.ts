import { describe, expect, it } from 'vitest';
import { exitCode, exitCodeOfError, exitCodeOfRun } from '../../src/cli/exit-code.ts';
import type { Balance } from '../../src/domain/balance.ts';
import type { StopReason } from '../../src/run/stop-rules.ts';
import { rejected } from '../support/outcomes.ts';

const balance: Balance = { rows: 10, accepted: 10, rejected: 0, unknown: 0, skipped: 0, invalid: 0, unsent: 0 };
const some = { unknown: 1, rejected: 1, unsent: 1 };
const refusal = rejected('account');
if (refusal.kind !== 'rejected') throw new Error('a refusal is rejected');

const reasons = {
  interrupted: { kind: 'interrupted' },
  refused: { kind: 'refused', refusal, channel: 'whatsapp' },
  failures: { kind: 'failures', failed: 5, answered: 50 },
  duration: { kind: 'duration', afterMs: 1_000 },
  hours: { kind: 'hours', opensAt: 0 },
  unreachable: { kind: 'unreachable', code: 'ECONNREFUSED', forMs: 60_000 },
} as const satisfies Record<string, StopReason>;

describe('the exit code of a run', () => {
  it.each([
    ['0 when every row was accepted', {}, 0, null, 0],
    ['5 when what failed may pass on a retry', { rejected: 2 }, 0, null, 5],
    ['6 when something failed for good', { rejected: 2 }, 1, null, 6],
    ['7 when the service refused the account', { unsent: 5 }, 0, reasons.refused, 7],
    ['8 when too much failed', { rejected: 5, unsent: 5 }, 0, reasons.failures, 8],
    ['8 when its time was over', { unsent: 5 }, 0, reasons.duration, 8],
    ['8 when its hours were over', { unsent: 5 }, 0, reasons.hours, 8],
    ['8 when nothing could be reached', { unsent: 5 }, 0, reasons.unreachable, 8],
    ['12 when an outcome is unknown', { unknown: 1 }, 0, null, 12],
    ['130 when a person interrupted it', { unsent: 5 }, 0, reasons.interrupted, 130],
    ['12 before everything else', some, 1, reasons.refused, 12],
    ['12 before an interruption', some, 1, reasons.interrupted, 12],
    ['7 before failures', { rejected: 1, unsent: 1 }, 1, reasons.refused, 7],
    ['8 before failures for good', { rejected: 1, unsent: 1 }, 1, reasons.duration, 8],
    ['130 before failures for good', { rejected: 1, unsent: 1 }, 1, reasons.interrupted, 130],
    ['6 before 5', { rejected: 2 }, 1, null, 6],
  ])('is %s', (_name, changes, failedForGood, stopped, code) => {
    expect(exitCodeOfRun({ balance: { ...balance, ...changes }, failedForGood, stopped })).toBe(code);
  });
});

describe('the exit code of an error', () => {
  it.each([
    ['usage', 2],
    ['invalid', 3],
    ['access', 4],
    ['blocked', 7],
    ['unreachable', 8],
    ['stale', 10],
    ['locked', 11],
    ['early', 8],
  ] as const)('of kind %s is %d', (kind, code) => {
    expect(exitCodeOfError(kind)).toBe(code);
  });
});

it('keeps the documented numbers', () => {
  expect(exitCode).toEqual({
    done: 0,
    bug: 1,
    usage: 2,
    invalid: 3,
    access: 4,
    retryable: 5,
    failed: 6,
    blocked: 7,
    stopped: 8,
    nothingToDo: 9,
    stale: 10,
    locked: 11,
    unknown: 12,
    interrupted: 130,
  });
});
