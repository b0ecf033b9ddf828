import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../../src/emulator/server.ts';
import { callSms } from '../support/sms-request.ts';

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

type Fields = Readonly<Record<string, string>>;

const call = (action: string, fields: Fields = {}) => callSms(emulator.url, action, fields);

async function listOf(action: string, list: string, fields: Fields = {}): Promise<readonly Record<string, unknown>[]> {
  const { body } = await call(action, fields);
  return (body[list] ?? Reflect.get(Object(body['Data']), list)) as readonly Record<string, unknown>[];
}

describe('signatures', () => {
  it('are listed in every state, ten a page where nothing is said', async () => {
    const { body } = await call('QuerySmsSignList');
    expect(body).toMatchObject({ TotalCount: 7, CurrentPage: 1, PageSize: 10 });
    const rows = await listOf('QuerySmsSignList', 'SmsSignList');
    expect(rows.map(({ SignName, AuditStatus }) => [SignName, AuditStatus])).toEqual([
      ['示例商城', 'AUDIT_STATE_PASS'],
      ['Sample Shop', 'AUDIT_STATE_PASS'],
      ['示例验证', 'AUDIT_STATE_PASS'],
      ['示例物流', 'AUDIT_STATE_PASS'],
      ['示例新店', 'AUDIT_STATE_INIT'],
      ['示例旧店', 'AUDIT_STATE_NOT_PASS'],
      ['示例撤回', 'AUDIT_STATE_CANCEL'],
    ]);
    expect(rows.filter((row) => 'authorizationLetterAuditPass' in row)).toHaveLength(7);
  });

  it.each([
    ['示例商城', 1, [3, 3, 3]],
    ['示例物流', 1, [3, 1, -2]],
    ['示例新店', 0, [-2, -2, -2]],
    ['示例旧店', 2, [-2, -2, -2]],
    ['示例撤回', 10, [-2, -2, -2]],
  ])('tell of %s state %d and the filings with the carriers', async (SignName, SignStatus, filings) => {
    const { body } = await call('GetSmsSign', { SignName });
    expect(body).toMatchObject({
      SignName,
      SignStatus,
      SignIspRegisterDetailList: filings.map((RegisterStatus) => ({ RegisterStatus })),
    });
  });

  it('say why one was refused', async () => {
    expect((await call('GetSmsSign', { SignName: '示例旧店' })).body).toMatchObject({
      AuditInfo: { RejectInfo: '文件不能证明信息真实性,请重新上传。' },
    });
  });
});

describe('templates', () => {
  it('are listed with two numbers for their type', async () => {
    const rows = await listOf('QuerySmsTemplateList', 'SmsTemplateList', { PageSize: '50' });
    expect(rows.map((row) => [row['TemplateType'], row['OuterTemplateType']])).toEqual([
      [0, 1],
      [1, 2],
      [2, 0],
      [2, 0],
      [6, 3],
      [0, 1],
      [0, 1],
      [0, 1],
      [1, 2],
      [0, 1],
    ]);
  });

  it.each([
    ['SMS_100000001', '1', '1'],
    ['SMS_100000002', '1', '2'],
    ['SMS_100000003', '1', '0'],
    ['SMS_100000005', '1', '3'],
    ['SMS_100000008', '0', '1'],
    ['SMS_100000009', '2', '2'],
    ['SMS_100000010', '10', '1'],
  ])('tell of %s state %s and type %s, in text', async (TemplateCode, TemplateStatus, TemplateType) => {
    const { body } = await call('GetSmsTemplate', { TemplateCode });
    expect(body).toMatchObject({ TemplateCode, TemplateStatus, TemplateType });
    // Only international ones have a type of their own there, and no rules of variables.
    expect(['IntlType' in body, 'VariableAttribute' in body]).toEqual(
      TemplateType === '3' ? [true, false] : [false, true],
    );
  });
});

describe('qualifications', () => {
  it('are listed in every state', async () => {
    const rows = await listOf('QuerySmsQualificationRecord', 'List');
    expect(rows.map(({ StateName, UseBySelf }) => [StateName, UseBySelf])).toEqual([
      ['PASS', 'true'],
      ['INIT', 'true'],
      ['NOT_PASS', 'true'],
      ['NOT_FINISH', 'true'],
      ['CANCEL', 'false'],
    ]);
  });

  it.each<[Fields, readonly number[]]>([
    [{ State: 'PASS' }, [100000001]],
    [{ UseBySelf: 'false' }, [100000005]],
    [{ CompanyName: '代理' }, [100000005]],
    [{ LegalPersonName: '李示例4' }, [100000004]],
    [{ WorkOrderId: '200100002' }, [100000002]],
    [{ State: 'PASS', UseBySelf: 'false' }, []],
    [{ PageSize: '2', PageNo: '2' }, [100000003, 100000004]],
  ])('are found by %j', async (fields, found) => {
    const rows = await listOf('QuerySmsQualificationRecord', 'List', fields);
    expect(rows.map(({ GroupId }) => GroupId)).toEqual(found);
  });

  it.each([
    ['100000001', 'PASSED'],
    ['100000002', 'INT'],
    ['100000003', 'FAILED'],
    ['100000004', 'NOT_FINISH'],
    ['100000005', 'CANCELED'],
  ])('have other words for the state in the detail of %s', async (QualificationGroupId, State) => {
    const { body } = await call('QuerySingleSmsQualification', { QualificationGroupId });
    expect(body).toMatchObject({ Success: true, Data: { State } });
  });
});

it.each<[action: string, fields: Fields, status: number, code: string]>([
  ['QuerySmsSignList', { PageSize: '51' }, 200, 'isv.INVALID_PARAMETERS'],
  ['QuerySmsSignList', { PageIndex: 'x' }, 200, 'isv.INVALID_PARAMETERS'],
  ['QuerySmsTemplateList', { PageSize: '0' }, 200, 'isv.INVALID_PARAMETERS'],
  ['GetSmsSign', {}, 400, 'MissingSignName'],
  ['GetSmsSign', { SignName: '无' }, 200, 'isv.SMS_SIGNATURE_ILLEGAL'],
  ['GetSmsTemplate', {}, 400, 'MissingTemplateCode'],
  ['GetSmsTemplate', { TemplateCode: 'SMS_1' }, 200, 'isv.SMS_TEMPLATE_ILLEGAL'],
  ['QuerySmsQualificationRecord', { State: 'PASSED' }, 200, 'isv.INVALID_PARAMETERS'],
  ['QuerySmsQualificationRecord', { PageSize: '51' }, 200, 'isv.INVALID_PARAMETERS'],
  ['QuerySingleSmsQualification', {}, 400, 'MissingQualificationGroupId'],
  ['QuerySingleSmsQualification', { QualificationGroupId: '7' }, 200, 'isv.INVALID_PARAMETERS'],
  [
    'QuerySingleSmsQualification',
    { QualificationGroupId: '100000001', OrderId: '200100002' },
    200,
    'isv.INVALID_PARAMETERS',
  ],
])('%s refuses %j', async (action, fields, status, code) => {
  expect(await call(action, fields)).toMatchObject({ status, body: { Code: code } });
});
