import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../../src/emulator/server.ts';
import { callSms, sendSms } from '../support/sms-request.ts';

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

async function change(what: string, fields: object): Promise<readonly [status: number, body: unknown]> {
  const response = await fetch(`${emulator.url}/_emulator/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  });
  return [response.status, await response.json()];
}

const code = async (fields = {}) => (await sendSms(emulator.url, fields)).body['Code'];

describe('a change while the emulator runs', () => {
  it('takes a signature out of use and back', async () => {
    expect(await change('sms-signs', { name: '示例商城', state: 'cancelled' })).toMatchObject([
      200,
      { name: '示例商城', state: 'cancelled' },
    ]);
    const { body } = await callSms(emulator.url, 'GetSmsSign', { SignName: '示例商城' });
    expect([await code(), body['SignStatus']]).toEqual(['isv.SIGN_STATE_ILLEGAL', 10]);
    await change('sms-signs', { name: '示例商城', state: 'approved' });
    expect(await code()).toBe('OK');
  });

  it('refuses a template, and gives another one new words and variables', async () => {
    await change('sms-templates', { code: 'SMS_100000006', state: 'refused' });
    expect(await code({ TemplateCode: 'SMS_100000006' })).toBe('isv.SMS_TEMPLATE_ILLEGAL');
    await change('sms-templates', {
      code: 'SMS_100000001',
      content: '${who},订单已发出。',
      attributes: { who: 'name' },
    });
    expect([await code(), await code({ TemplateParam: '{"who":"王芳"}' })]).toEqual([
      'isv.TEMPLATE_MISSING_PARAMETERS',
      'OK',
    ]);
    expect(emulator.acceptedSms()).toMatchObject([{ text: '【示例商城】王芳,订单已发出。' }]);
    expect((await callSms(emulator.url, 'GetSmsTemplate', { TemplateCode: 'SMS_100000001' })).body).toMatchObject({
      TemplateContent: '${who},订单已发出。',
      VariableAttribute: '{"who":"name"}',
      TemplateStatus: '1',
    });
  });

  it('belongs to this emulator alone', async () => {
    await change('sms-signs', { name: '示例商城', state: 'cancelled' });
    const other = await startEmulator();
    expect((await sendSms(other.url)).body['Code']).toBe('OK');
    await other.close();
  });

  it.each<[what: string, fields: object, error: string]>([
    ['sms-signs', { name: '无', state: 'approved' }, 'there is no sign "无"'],
    ['sms-signs', { name: '示例商城', state: 'gone' }, 'state must be one of pending, approved, refused, cancelled'],
    ['sms-templates', { code: 'SMS_1' }, 'there is no template "SMS_1"'],
    ['sms-templates', { code: 'SMS_100000001', text: 'a' }, 'unknown key "text"'],
  ])('is refused for %s with %j', async (what, fields, error) => {
    expect(await change(what, fields)).toEqual([400, { error }]);
  });
});
