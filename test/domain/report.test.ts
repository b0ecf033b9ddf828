import { describe, expect, it } from 'vitest';
import { lookUp } from '../../src/domain/catalogue.ts';
import { causeGroups, diagnose, retryAtOf } from '../../src/domain/report.ts';

const endedAt = Date.UTC(2026, 2, 1, 9);

describe('diagnose', () => {
  it('has nothing to say of a row that went well or waits its turn', () => {
    expect(diagnose('accepted', null, 'whatsapp')).toBeNull();
    expect(diagnose('unsent', null, 'whatsapp')).toBeNull();
  });

  it('takes cause and fix of a refusal from the catalogue', () => {
    expect(diagnose('rejected', '131050', 'whatsapp')).toEqual({
      scope: 'row',
      cause: 'The user opted out of marketing messages from this business.',
      fix: 'Suppress this recipient for marketing.',
    });
  });

  it('explains a row that was left unsent because the account was refused', () => {
    expect(diagnose('unsent', 'InsufficientBalance', 'whatsapp')).toEqual({
      scope: 'account',
      cause: 'The account balance is too low.',
      fix: 'Top up.',
    });
  });

  it('does not blame a row that waits in line for the refusal of its request', () => {
    expect(diagnose('unsent', '131050', 'whatsapp')).toEqual({
      scope: 'row',
      cause:
        'Back in line after a refusal, of its own message or of another one in the same request. The user opted out of marketing messages from this business.',
      fix: 'Go on with the run.',
    });
  });

  it('takes cause and fix of a row that failed its check from its finding', () => {
    expect(diagnose('invalid', 'COUPON_INVALID', 'whatsapp')).toEqual({
      scope: null,
      cause: 'A coupon code may only have letters and digits.',
      fix: 'Remove other characters.',
    });
  });

  it('takes a code for what it means on the channel of the row', () => {
    // Both services have it, with other words.
    const [chat, sms] = (['viber', 'sms'] as const).map((channel) => diagnose('rejected', 'TemplateNotFound', channel));
    expect([chat?.cause, sms?.cause]).toEqual([
      lookUp('TemplateNotFound', 'cams')?.cause,
      lookUp('TemplateNotFound', 'sms')?.cause,
    ]);
    expect(chat?.fix).not.toBe(sms?.fix);
    expect(diagnose('rejected', 'isv.MOBILE_NUMBER_ILLEGAL', 'sms')?.scope).toBe('row');
    expect(diagnose('rejected', 'isv.OUT_OF_SERVICE', 'sms')?.scope).toBe('account');
  });

  it('asks for a reconciliation of every unknown row, whatever its code', () => {
    const fixes = [null, 'ECONNRESET', 'Never.Heard.Of'].map((code) => diagnose('unknown', code, 'whatsapp')?.fix);
    expect(new Set(fixes)).toEqual(new Set(['Reconcile the run, or look the message up, before it goes again.']));
  });

  it('admits that it does not know a code', () => {
    expect(diagnose('rejected', 'Never.Heard.Of', 'whatsapp')).toEqual({
      scope: 'row',
      cause: 'The service refused the message with a code that sendoff does not know.',
      fix: 'Look the code up in the documentation of the service, or ask its support.',
    });
  });
});

describe('retryAtOf', () => {
  it('names a time for a rejected row whose cause passes', () => {
    expect(retryAtOf({ status: 'rejected', code: '131049', detail: null, endedAt, channel: 'whatsapp' })).toBe(
      endedAt + 24 * 3600 * 1000,
    );
  });

  it.each([
    ['触发分钟级流控Permits:1', Date.UTC(2026, 2, 1, 9, 1)],
    ['触发小时级流控Permits:5', Date.UTC(2026, 2, 1, 10)],
    ['触发天级流控Permits:10', endedAt + 24 * 3600 * 1000],
  ])('waits as long as the words say where a number has got enough: %s', (detail, at) => {
    const refused = {
      status: 'rejected',
      code: 'isv.BUSINESS_LIMIT_CONTROL',
      detail,
      endedAt,
      channel: 'sms',
    } as const;
    expect(retryAtOf(refused)).toBe(at);
    expect(retryAtOf({ ...refused, status: 'unsent' })).toBeNull();
    expect(retryAtOf({ ...refused, channel: 'whatsapp' })).toBeNull();
  });

  it('names none for rows that are not rejected or will be refused again', () => {
    const times = [
      retryAtOf({ status: 'unknown', code: '131049', detail: null, endedAt, channel: 'whatsapp' }),
      retryAtOf({ status: 'unsent', code: '131049', detail: null, endedAt, channel: 'whatsapp' }),
      retryAtOf({ status: 'rejected', code: '131026', detail: null, endedAt, channel: 'whatsapp' }),
      retryAtOf({ status: 'rejected', code: 'Never.Heard.Of', detail: null, endedAt, channel: 'whatsapp' }),
      retryAtOf({ status: 'rejected', code: '131049', detail: null, endedAt: null, channel: 'whatsapp' }),
    ];
    expect(times).toEqual([null, null, null, null, null]);
  });
});

it('gives each counted cause its diagnosis and deadline', () => {
  expect(
    causeGroups([
      {
        status: 'rejected',
        code: '131056',
        channel: 'whatsapp',
        rows: 12,
        firstRows: [2, 3],
        lastEnds: [{ reason: null, endedAt }],
      },
      { status: 'skipped', code: 'SUPPRESSED', channel: null, rows: 1, firstRows: [4], lastEnds: [] },
    ]),
  ).toEqual([
    {
      status: 'rejected',
      code: '131056',
      channel: 'whatsapp',
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
      channel: null,
      rows: 1,
      firstRows: [4],
      retryAt: null,
      scope: null,
      cause: 'The address is on the do-not-contact list.',
      fix: 'Nothing to do: it is left out.',
    },
  ]);
});

it('dates a cause by the latest of what its words say', () => {
  const limited = {
    status: 'rejected',
    code: 'isv.BUSINESS_LIMIT_CONTROL',
    channel: 'sms',
    rows: 3,
    firstRows: [2, 3, 4],
  } as const;
  const lastEnds = [
    { reason: '触发小时级流控Permits:5', endedAt },
    { reason: '触发分钟级流控Permits:1', endedAt: endedAt + 30 * 60_000 },
  ];
  const [group] = causeGroups([{ ...limited, lastEnds }]);
  expect(group).toMatchObject({ rows: 3, scope: 'row', retryAt: Date.UTC(2026, 2, 1, 10) });
});

it('reads a code with the service by which the row went last', () => {
  const refused = { status: 'rejected', code: 'TemplateNotFound', rows: 1, firstRows: [2], lastEnds: [] } as const;
  const [chat, text] = causeGroups([
    { ...refused, channel: 'viber' },
    { ...refused, channel: 'sms' },
  ]);
  expect(chat).toMatchObject({ channel: 'viber', cause: diagnose('rejected', 'TemplateNotFound', 'viber')?.cause });
  expect(text).toMatchObject({ channel: 'sms', cause: diagnose('rejected', 'TemplateNotFound', 'sms')?.cause });
  expect(chat?.cause).not.toBe(text?.cause);
});
