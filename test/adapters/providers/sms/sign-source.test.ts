import { describe, expect, it } from 'vitest';
import { createSmsSignSource } from '../../../../src/adapters/providers/sms/sign-source.ts';
import type { SignLookup } from '../../../../src/domain/sms/sms-sign.ts';
import { type Behaviour, cut, json, openRawService } from '../../../support/raw-service.ts';
import { lookUpsAt, ok } from './fixtures.ts';

async function lookUp(behaviour: Behaviour): Promise<SignLookup> {
  await using service = await openRawService(behaviour);
  return await createSmsSignSource(lookUpsAt(service.endpoint)).find('阿里云');
}

function signAnswer(changes: object = {}): Behaviour {
  return json(
    ok({
      SignName: '阿里云',
      SignStatus: 1,
      SignCode: 'SIGN_100000076042023_1700000000000_XXXXX',
      ThirdParty: false,
      AuditInfo: { AuditDate: '2026-01-05 10:00:00', RejectInfo: '' },
      SignIspRegisterDetailList: [
        { OperatorCode: 'telecom', RegisterStatus: 3 },
        { OperatorCode: 'mobile', RegisterStatus: 1, OperatorCompleteTime: '2026-01-06 10:00:00' },
        {
          OperatorCode: 'unicom',
          RegisterStatus: 0,
          RegisterStatusReasons: [
            { ReasonCode: 'R1', ReasonDescList: ['the licence is blurred'] },
            { ReasonCode: 'R2' },
          ],
        },
      ],
      ...changes,
    }),
  );
}

describe('sms sign source', () => {
  it('asks by the exact name, in the query', async () => {
    await using service = await openRawService(signAnswer());
    await createSmsSignSource(lookUpsAt(service.endpoint)).find('阿里云');
    expect(service.received.map(({ action, query, form }) => ({ action, query, form }))).toEqual([
      { action: 'GetSmsSign', query: { SignName: '阿里云' }, form: {} },
    ]);
  });

  it('tells the review and the filing with each carrier', async () => {
    expect(await lookUp(signAnswer())).toEqual({
      kind: 'found',
      sign: {
        name: '阿里云',
        status: 'approved',
        reason: null,
        filings: [
          { carrier: 'mobile', status: 'toVerify', reasons: [] },
          { carrier: 'unicom', status: 'failed', reasons: ['the licence is blurred', 'R2'] },
          { carrier: 'telecom', status: 'filed', reasons: [] },
        ],
      },
    });
  });

  it.each([
    [0, 'pending'],
    [1, 'approved'],
    [2, 'rejected'],
    [10, 'cancelled'],
    ['1', 'approved'],
    [7, 'unknown'],
  ])('reads the status %j as %s', async (SignStatus, status) => {
    expect(await lookUp(signAnswer({ SignStatus }))).toMatchObject({ sign: { status } });
  });

  it.each([
    [-2, 'notFiled'],
    [-1, 'filing'],
    [0, 'failed'],
    [1, 'toVerify'],
    [2, 'expired'],
    [3, 'filed'],
    ['3', 'filed'],
    [9, 'untold'],
    [null, 'untold'],
  ])('reads the filing %j as %s', async (RegisterStatus, status) => {
    const answer = signAnswer({ SignIspRegisterDetailList: [{ OperatorCode: 'MOBILE', RegisterStatus }] });
    expect(await lookUp(answer)).toMatchObject({ sign: { filings: [{ carrier: 'mobile', status }, {}, {}] } });
  });

  it('has three carriers also where the service tells of none', async () => {
    const lookup = await lookUp(signAnswer({ SignIspRegisterDetailList: undefined }));
    const filings = ['mobile', 'unicom', 'telecom'].map((carrier) => ({ carrier, status: 'untold', reasons: [] }));
    expect(lookup).toMatchObject({ sign: { filings } });
  });

  it('says why the review refused it', async () => {
    const answer = signAnswer({ SignStatus: 2, AuditInfo: { RejectInfo: 'no proof of ownership' } });
    expect(await lookUp(answer)).toMatchObject({ sign: { status: 'rejected', reason: 'no proof of ownership' } });
  });

  it.each(['isv.SMS_SIGNATURE_ILLEGAL', 'SignatureNotFound'])('answers missing for %s', async (Code) => {
    expect(await lookUp(json({ Code, Message: 'no such sign' }))).toEqual({
      kind: 'missing',
      code: Code,
      reason: 'no such sign',
    });
  });

  it.each<[string, Behaviour, object]>([
    [
      'a right is missing',
      json({ Code: 'NoPermission', Message: 'denied' }, 403),
      { code: 'NoPermission', reason: 'denied', missingRight: 'dysms:GetSmsSign' },
    ],
    ['the service is silent', cut, { code: 'ECONNRESET', missingRight: null }],
    ['the answer cannot be read', json(ok({ SignStatus: [] })), { code: 'UNREADABLE', missingRight: null }],
  ])('does without where %s', async (_name, behaviour, untold) => {
    expect(await lookUp(behaviour)).toMatchObject({ kind: 'untold', ...untold });
  });

  it('stops where the key itself is refused', async () => {
    const refused = json({ Code: 'SignatureDoesNotMatch', Message: 'no' }, 403);
    await expect(lookUp(refused)).rejects.toMatchObject({ kind: 'access', code: 'ACCESS_REFUSED' });
  });
});
