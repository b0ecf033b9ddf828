import { describe, expect, it } from 'vitest';
import { checkSign } from '../../../src/domain/sms/check-sign.ts';
import { carriers, type FilingStatus, type SignLookup, type SmsSign } from '../../../src/domain/sms/sms-sign.ts';
import type { SmsTemplateFacts } from '../../../src/domain/sms/sms-template.ts';

const notice = { kind: 'notice', signs: [] } as const;

function found(changes: Partial<SmsSign> = {}): SignLookup {
  const filings = carriers.map((carrier) => ({ carrier, status: 'filed', reasons: [] }) as const);
  return { kind: 'found', sign: { name: '示例商城', status: 'approved', reason: null, filings, ...changes } };
}

function told(lookup: SignLookup, template: Pick<SmsTemplateFacts, 'kind' | 'signs'> | null = notice) {
  return checkSign('示例商城', lookup, template).map(
    ({ severity, code, message, hint }) => `${severity} ${code}: ${message}; ${hint}`,
  );
}

describe('the check of a sign', () => {
  it('lets an approved one pass that every carrier has filed', () => {
    expect(told(found())).toEqual([]);
  });

  it.each([
    ['pending', null, ''],
    ['rejected', '文件不清晰', ': 文件不清晰'],
    ['cancelled', null, ''],
    ['unknown', null, ''],
  ] as const)('refuses one that is %s', (status, reason, why) => {
    expect(told(found({ status, reason }))).toEqual([
      `error SMS_SIGN: the sign "示例商城" is not approved, its state is ${status}${why}; wait for its review, or use an approved sign`,
    ]);
  });

  const filing = (status: FilingStatus, reasons: readonly string[] = []) =>
    found({ filings: [{ carrier: 'telecom', status, reasons }] });
  const hint = 'file it in the console; that takes five to ten working days';

  it.each([
    ['notFiled', 'is not filed'],
    ['filing', 'is being filed'],
    ['failed', 'could not be filed'],
    ['expired', 'has lost its filing, after six months without use,'],
  ] as const)('warns where a carrier has it as %s', (status, words) => {
    expect(told(filing(status))).toEqual([
      `warning SMS_SIGN_FILING: the sign "示例商城" ${words} with China telecom, so that its customers may not get the message; ${hint}`,
    ]);
    expect(told(filing(status), null)).toHaveLength(1);
  });

  it('says why, in the words of the carrier', () => {
    expect(told(filing('failed', ['一', '二']))[0]).toContain('may not get the message: 一; 二; ');
  });

  it.each(['filed', 'toVerify', 'untold'] as const)('says nothing where a carrier has it as %s', (status) => {
    expect(told(filing(status))).toEqual([]);
  });

  it('asks for no filing where the template is for other countries', () => {
    expect(told(filing('notFiled'), { kind: 'international', signs: [] })).toEqual([]);
  });

  it('warns of one that the service relates to no such template, and says which goes with it', () => {
    expect(told(found(), { kind: 'notice', signs: ['示例物流', '示例商城'] })).toEqual([]);
    expect(told(found(), { kind: 'notice', signs: ['示例物流', 'Sample Shop'] })).toEqual([
      'warning SMS_SIGN_TEMPLATE: the service does not relate the sign "示例商城" to the template, and may refuse it (isv.SMS_SIGNATURE_SCENE_ILLEGAL); use a sign that goes with it, such as "示例物流"',
    ]);
  });

  it('refuses one that the account does not have, and warns of one that is not told', () => {
    expect(told({ kind: 'missing', code: 'isv.SMS_SIGN_ILLEGAL', reason: 'no such sign' })).toEqual([
      'error SMS_SIGN: the account has no sign "示例商城": no such sign; write it exactly as the console shows it, without brackets',
    ]);
    expect(told({ kind: 'untold', code: 'NoPermission', reason: 'denied', missingRight: 'dysms:GetSmsSign' })).toEqual([
      'warning SMS_SIGN_UNCHECKED: the service does not tell the state of the sign "示例商城": denied; messages can go all the same; grant dysms:GetSmsSign to have it checked',
    ]);
  });
});
