import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../../src/emulator/server.ts';
import { callSms, notice, sendBatch } from '../support/sms-request.ts';

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

const numbers = ['13800000001', '13800000002'];
const person = { name: '王芳', code: 'A1', date: '3月2日' };

/** As many numbers as asked for, none of them twice. */
const many = (count: number) => Array.from({ length: count }, (_, index) => String(13800000000 + index));

describe('SendBatchSms', () => {
  it('takes its parameters from the query, and from where the SDK puts them', async () => {
    await sendBatch(emulator.url, numbers);
    await callSms(
      emulator.url,
      'SendBatchSms',
      {},
      {
        query: { TemplateCode: notice.TemplateCode, OutId: 'o-1' },
        form: {
          PhoneNumberJson: JSON.stringify(['13800000003']),
          SignNameJson: JSON.stringify([notice.SignName]),
          TemplateParamJson: JSON.stringify([person]),
        },
      },
    );
    expect(emulator.acceptedSms()).toMatchObject([
      { to: '8613800000001', outId: null },
      { to: '8613800000002', outId: null },
      { to: '8613800000003', outId: 'o-1', params: person },
    ]);
    expect(emulator.stats()).toMatchObject({ smsBatchSends: 2, smsSends: 0, accepted: 3 });
  });

  it('takes a hundred numbers, and a template without variables without values', async () => {
    const fields = { TemplateCode: 'SMS_100000006', TemplateParamJson: '' };
    expect((await sendBatch(emulator.url, many(100), fields)).body['Code']).toBe('OK');
    expect(emulator.acceptedSms()).toHaveLength(100);
    expect(new Set(emulator.acceptedSms().map(({ bizId }) => bizId)).size).toBe(1);
  });

  it.each<[what: string, fields: Record<string, string>, refused: string]>([
    ['fewer signs than numbers', { SignNameJson: '["示例商城"]' }, 'isv.INVALID_PARAMETERS'],
    ['fewer values than numbers', { TemplateParamJson: JSON.stringify([person]) }, 'isv.INVALID_PARAMETERS'],
    ['more codes than numbers', { SmsUpExtendCodeJson: '["1","1","1"]' }, 'isv.INVALID_PARAMETERS'],
    ['numbers that are no list', { PhoneNumberJson: '13800000001,13800000002' }, 'isv.INVALID_JSON_PARAM'],
    ['numbers that are numbers', { PhoneNumberJson: '[13800000001,13800000002]' }, 'isv.INVALID_JSON_PARAM'],
    ['signs that are no list', { SignNameJson: '"示例商城"' }, 'isv.INVALID_JSON_PARAM'],
    ['values that are no list', { TemplateParamJson: JSON.stringify(person) }, 'isv.INVALID_JSON_PARAM'],
    ['values that are no JSON', { TemplateParamJson: '[{' }, 'isv.INVALID_JSON_PARAM'],
    ['no values', { TemplateParamJson: '' }, 'isv.TEMPLATE_MISSING_PARAMETERS'],
    [
      'one person without a value',
      { TemplateParamJson: JSON.stringify([person, { name: '李雷' }]) },
      'isv.TEMPLATE_MISSING_PARAMETERS',
    ],
    ['one sign that does not exist', { SignNameJson: '["示例商城","无"]' }, 'isv.SMS_SIGNATURE_ILLEGAL'],
    [
      'one code for two signs',
      { SignNameJson: '["示例商城","Sample Shop"]', SmsUpExtendCodeJson: '["1","1"]' },
      'isv.EXTEND_CODE_ERROR',
    ],
    ['one bad number', { PhoneNumberJson: '["13800000001","2"]' }, 'isv.MOBILE_NUMBER_ILLEGAL'],
    ['a template that does not exist', { TemplateCode: 'SMS_2' }, 'isv.SMS_TEMPLATE_ILLEGAL'],
  ])('refuses %s, and takes nothing', async (_, fields, refused) => {
    expect(await sendBatch(emulator.url, numbers, fields)).toMatchObject({ status: 200, body: { Code: refused } });
    expect(emulator.acceptedSms()).toEqual([]);
  });

  it('refuses a hundred and one numbers', async () => {
    expect((await sendBatch(emulator.url, many(101))).body['Code']).toBe('isv.MOBILE_COUNT_OVER_LIMIT');
  });

  it.each(['PhoneNumberJson', 'SignNameJson', 'TemplateCode'])('answers HTTP 400 where %s is missing', async (name) => {
    expect(await sendBatch(emulator.url, numbers, { [name]: '' })).toMatchObject({
      status: 400,
      body: { Code: `Missing${name}` },
    });
  });
});
