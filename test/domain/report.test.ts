import { describe, expect, it } from 'vitest';
import { causeGroups, diagnose, retryAtOf } from '../../src/domain/report.ts';

const endedAt = Date.UTC(2026, 2, 1, 9);

describe('diagnose', () => {
  it('has nothing to say of a row that went well or waits its turn', () => {
    expect(diagnose('accepted', null)).toBeNull();
    expect(diagnose('unsent', null)).toBeNull();
  });

  it('takes cause and fix of a refusal from the catalogue', () => {
    expect(diagnose('rejected', '131050')).toEqual({
      scope: 'row',
      cause: 'The user opted out of marketing messages from this business.',
      fix: 'Suppress this recipient for marketing.',
    });
  });

  it('explains a row that was left unsent because the account was refused', () => {
    expect(diagnose('unsent', 'InsufficientBalance')).toEqual({
      scope: 'account',
      cause: 'The account balance is too low.',
      fix: 'Top up.',
    });
  });

  it('takes cause and fix of a row that failed its check from its finding', () => {
    expect(diagnose('invalid', 'COUPON_INVALID')).toEqual({
      scope: null,
      cause: 'A coupon code may only have letters and digits.',
      fix: 'Remove other characters.',
    });
  });

  it('asks for a reconciliation of every unknown row, whatever its code', () => {
    const fixes = [null, 'ECONNRESET', 'Never.Heard.Of'].map((code) => diagnose('unknown', code)?.fix);
    expect(new Set(fixes)).toEqual(new Set(['Reconcile the run, or look the message up, before it goes again.']));
  });

  it('admits that it does not know a code', () => {
    expect(diagnose('rejected', 'Never.Heard.Of')).toEqual({
      scope: 'row',
      cause: 'The service refused the message with a code that sendoff does not know.',
      fix: 'Look the code up in the documentation of the service, or ask its support.',
    });
  });
});

describe('retryAtOf', () => {
  it('names a time for a rejected row whose cause passes', () => {
    expect(retryAtOf('rejected', '131049', endedAt)).toBe(endedAt + 24 * 3600 * 1000);
  });

  it('names none for rows that are not rejected or will be refused again', () => {
    const times = [
      retryAtOf('unknown', '131049', endedAt),
      retryAtOf('unsent', '131049', endedAt),
      retryAtOf('rejected', '131026', endedAt),
      retryAtOf('rejected', 'Never.Heard.Of', endedAt),
      retryAtOf('rejected', '131049', null),
    ];
    expect(times).toEqual([null, null, null, null, null]);
  });
});

it('gives each counted cause its diagnosis and deadline', () => {
  expect(
    causeGroups([
      { status: 'rejected', code: '131056', rows: 12, firstRows: [2, 3], lastEndedAt: endedAt },
      { status: 'skipped', code: 'SUPPRESSED', rows: 1, firstRows: [4], lastEndedAt: null },
    ]),
  ).toEqual([
    {
      status: 'rejected',
      code: '131056',
      rows: 12,
      firstRows: [2, 3],
      retryAt: endedAt + 6000,
      scope: 'row',
      cause: 'Too many messages from this sender to this recipient in a short time.',
      fix: 'Wait (about one message per 6 seconds per pair) and retry this recipient only.',
    },
    {
      status: 'skipped',
      code: 'SUPPRESSED',
      rows: 1,
      firstRows: [4],
      retryAt: null,
      scope: null,
      cause: 'The address is on the do-not-contact list.',
      fix: 'Nothing to do: it is left out.',
    },
  ]);
});
