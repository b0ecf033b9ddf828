import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { EmulatorOptions } from '../../../src/emulator/emulator-options.ts';
import { type Emulator, startEmulator } from '../../../src/emulator/server.ts';
import { sendMessage } from '../support/signed-request.ts';
import { callSms, international, notice, sendSms, verification } from '../support/sms-request.ts';

let emulator: Emulator | undefined;
afterEach(async () => {
  await emulator?.close();
  emulator = undefined;
});

async function start(options: EmulatorOptions = {}): Promise<Emulator> {
  emulator = await startEmulator(options);
  return emulator;
}

const values = (changes: object) => JSON.stringify({ ...JSON.parse(notice.TemplateParam), ...changes });
const code = (value: unknown) => JSON.stringify({ code: value });

describe('SendSms', () => {
  it('takes its parameters from the query, from the form, and from both', async () => {
    const { url, acceptedSms } = await start();
    await sendSms(url);
    await sendSms(url, {}, { query: {}, form: { PhoneNumbers: '13800000002', ...notice } });
    const { TemplateParam, ...rest } = notice;
    await sendSms(url, {}, { query: { PhoneNumbers: '13800000003', ...rest }, form: { TemplateParam } });
    expect(acceptedSms().map(({ to }) => to)).toEqual(['8613800000001', '8613800000002', '8613800000003']);
  });

  it.each(['13800000001', '+13800000001', '8613800000001', '+8613800000001', '008613800000001'])(
    'takes the mainland number %s',
    async (PhoneNumbers) => {
      const { url, acceptedSms } = await start();
      await sendSms(url, { PhoneNumbers });
      expect(acceptedSms()).toMatchObject([{ to: '8613800000001', segments: 1 }]);
    },
  );

  it('takes numbers abroad for an international template, also one that looks like one of the mainland', async () => {
    const { url, acceptedSms } = await start();
    await sendSms(url, { PhoneNumbers: '85251234567,13105551234', ...international });
    expect(acceptedSms()).toMatchObject([
      { to: '85251234567', templateType: 'international', text: '【Sample Shop】Hi Ann, your order A-1 has shipped.' },
      { to: '13105551234', params: { name: 'Ann', code: 'A-1' } },
    ]);
  });

  it.each<[what: string, fields: Record<string, string>, refused: string]>([
    ['a sign that does not exist', { SignName: '无此签名' }, 'isv.SMS_SIGNATURE_ILLEGAL'],
    ['a sign in its brackets', { SignName: '【示例商城】' }, 'isv.SMS_SIGNATURE_ILLEGAL'],
    ['a sign in review', { SignName: '示例新店' }, 'isv.SMS_SIGN_NAME_ILLEGAL'],
    ['a sign that was refused', { SignName: '示例旧店' }, 'isv.SMS_SIGN_NAME_ILLEGAL'],
    ['a sign that was withdrawn', { SignName: '示例撤回' }, 'isv.SIGN_STATE_ILLEGAL'],
    ['a sign for codes with a notice', { SignName: '示例验证' }, 'isv.SMS_SIGNATURE_SCENE_ILLEGAL'],
    ['a template that does not exist', { TemplateCode: 'SMS_1' }, 'isv.SMS_TEMPLATE_ILLEGAL'],
    ['a template in review', { TemplateCode: 'SMS_100000008' }, 'isv.SMS_TEMPLATE_ILLEGAL'],
    ['a template that was refused', { TemplateCode: 'SMS_100000009' }, 'isv.SMS_TEMPLATE_ILLEGAL'],
    ['a template that was withdrawn', { TemplateCode: 'SMS_100000010' }, 'isv.SMS_TEMPLATE_ILLEGAL'],
    ['no values', { TemplateParam: '' }, 'isv.TEMPLATE_MISSING_PARAMETERS'],
    ['a value that is missing', { TemplateParam: '{"name":"a","code":"b"}' }, 'isv.TEMPLATE_MISSING_PARAMETERS'],
    ['an empty value', { TemplateParam: values({ date: '' }) }, 'isv.TEMPLATE_MISSING_PARAMETERS'],
    ['values that are no JSON', { TemplateParam: '{name:a}' }, 'isv.INVALID_JSON_PARAM'],
    ['values that are a list', { TemplateParam: '["a"]' }, 'isv.INVALID_JSON_PARAM'],
    ['a value that is a number', { TemplateParam: values({ code: 7 }) }, 'isv.INVALID_JSON_PARAM'],
    ['a value of 36 characters', { TemplateParam: values({ name: '王'.repeat(36) }) }, 'isv.PARAM_LENGTH_LIMIT'],
    ['a link', { TemplateParam: values({ name: '看http://a.b' }) }, 'isv.PARAM_NOT_SUPPORT_URL'],
    ['a domain', { TemplateParam: values({ name: '看shop.example.com吧' }) }, 'isv.PARAM_NOT_SUPPORT_URL'],
    ['an address of a machine', { TemplateParam: values({ name: '10.0.0.1' }) }, 'isv.PARAM_NOT_SUPPORT_URL'],
    ['an emoji', { TemplateParam: values({ name: '王芳😀' }) }, 'isv.UNSUPPORTED_CONTENT'],
    ['a code of three digits', { ...verification, TemplateParam: code('123') }, 'isv.TEMPLATE_PARAMS_ILLEGAL'],
    ['a code of seven digits', { ...verification, TemplateParam: code('1234567') }, 'isv.PARAM_LENGTH_LIMIT'],
    ['a code of letters', { ...verification, TemplateParam: code('abcdef') }, 'isv.TEMPLATE_PARAMS_ILLEGAL'],
    ['a code with a dash', { ...verification, TemplateParam: code('12-34') }, 'isv.INVALID_PARAMETERS'],
    ['a number that is short', { PhoneNumbers: '1380000000' }, 'isv.MOBILE_NUMBER_ILLEGAL'],
    ['a landline', { PhoneNumbers: '862112345678' }, 'isv.MOBILE_NUMBER_ILLEGAL'],
    ['one bad number of three', { PhoneNumbers: '13800000001,x,13800000002' }, 'isv.MOBILE_NUMBER_ILLEGAL'],
    ['a domestic template abroad', { PhoneNumbers: '85251234567' }, 'isv.MOBILE_NUMBER_ILLEGAL'],
    ['a plus abroad', { ...international, PhoneNumbers: '+85251234567' }, 'isv.MOBILE_NUMBER_ILLEGAL'],
    [
      'an international template on the mainland',
      { ...international, PhoneNumbers: '85251234567,8613800000001' },
      'isv.DOMESTIC_NUMBER_NOT_SUPPORTED',
    ],
    [
      'more than a thousand numbers',
      { PhoneNumbers: Array(1001).fill('13800000001').join(',') },
      'isv.MOBILE_COUNT_OVER_LIMIT',
    ],
    ['an own id of 256 characters', { OutId: 'a'.repeat(256) }, 'isv.INVALID_PARAMETERS'],
    ['an extension code with a letter', { SmsUpExtendCode: '9a' }, 'isv.CODE_ERROR'],
    [
      'a text of more than 500 characters',
      {
        ...international,
        PhoneNumbers: '85251234567',
        TemplateParam: JSON.stringify({ name: 'a'.repeat(500), code: 'b' }),
      },
      'isv.PARAM_LENGTH_LIMIT',
    ],
  ])('refuses %s with HTTP 200, and takes nothing', async (_, fields, refused) => {
    const { url, acceptedSms, stats } = await start();
    expect(await sendSms(url, fields)).toEqual({
      status: 200,
      body: { Code: refused, Message: expect.any(String), RequestId: expect.any(String) },
    });
    expect(acceptedSms()).toEqual([]);
    expect(stats()).toMatchObject({ accepted: 0, refused: { [refused]: 1 }, smsSends: 1 });
  });

  it.each(['PhoneNumbers', 'SignName', 'TemplateCode'])('answers HTTP 400 where %s is missing', async (name) => {
    const { url } = await start();
    expect(await sendSms(url, { [name]: '' })).toMatchObject({
      status: 400,
      body: { Code: `Missing${name}`, Message: `${name} is mandatory for this action.` },
    });
  });

  it('takes the longest value, a code of letters where the template says so, and keys that nothing uses', async () => {
    const { url, acceptedSms } = await start();
    await sendSms(url, { TemplateParam: values({ name: '王'.repeat(35), more: 'x' }), OutId: 'a'.repeat(255) });
    await sendSms(url, { ...verification, TemplateCode: 'SMS_100000004', TemplateParam: code('aB12') });
    await sendSms(url, { ...verification, SignName: '示例商城' });
    expect(acceptedSms().map(({ text }) => text)).toEqual([
      `【示例商城】${'王'.repeat(35)},您的订单A1001已于3月2日发出,请留意查收。`,
      '【示例验证】您的注册验证码为aB12,请勿泄露。',
      '【示例商城】您的验证码为123456,5分钟内有效,请勿泄露。',
    ]);
    expect(acceptedSms()[0]?.segments).toBe(1);
  });

  it('names the bad number as the service does', async () => {
    const { url } = await start();
    const { body } = await sendSms(url, { PhoneNumbers: '13800000001,139523483377' });
    expect(body['Message']).toBe('139523483377invalid mobile number');
  });

  it('keeps an extension code to the signature that first used it', async () => {
    const { url, acceptedSms } = await start();
    const codes: unknown[] = [];
    for (const SignName of ['示例商城', 'Sample Shop', '示例商城']) {
      codes.push((await sendSms(url, { SignName, SmsUpExtendCode: '90999' })).body['Code']);
    }
    expect(codes).toEqual(['OK', 'isv.EXTEND_CODE_ERROR', 'OK']);
    expect(acceptedSms()).toHaveLength(2);
  });

  it('writes the log in one order with the messages of the other service, a line a number', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sendoff-emulator-'));
    try {
      const logFile = join(folder, 'accepted.jsonl');
      const { url, accepted, acceptedSms } = await start({ logFile });
      await sendSms(url, { PhoneNumbers: '13800000001,13800000002' });
      await sendMessage(url);
      await sendSms(url);
      const written = readFileSync(logFile, 'utf8').trimEnd().split('\n');
      const shown = (await (await fetch(`${url}/_emulator/log`)).text()).trimEnd().split('\n');
      expect(shown).toEqual(written);
      const [first, second, fourth] = acceptedSms();
      const lines = written.map((line) => JSON.parse(line));
      expect(lines).toEqual([first, second, accepted()[0], fourth]);
      expect(lines.map(({ number, channel }) => [number, channel])).toEqual([
        [1, 'sms'],
        [2, 'sms'],
        [3, 'whatsapp'],
        [4, 'sms'],
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('counts people and doubled texts with those of the other service', async () => {
    const { url, stats } = await start();
    await sendSms(url, { PhoneNumbers: '13800000001,+8613800000001' });
    await sendSms(url, { TemplateParam: values({ name: '李雷' }) });
    await sendMessage(url);
    expect(stats()).toMatchObject({
      requests: 3,
      sends: 1,
      accepted: 4,
      recipients: 1,
      duplicates: 1,
      smsSends: 2,
      smsBatchSends: 0,
    });
  });

  it('gives every call a BizId of its own', async () => {
    const { url } = await start();
    const ids = [await sendSms(url), await sendSms(url), await sendSms(url)].map(({ body }) => body['BizId']);
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^\d+\^0$/);
  });

  it('refuses an operation of the other service', async () => {
    const { url } = await start();
    expect(await callSms(url, 'SendChatappMessage', {})).toMatchObject({
      status: 404,
      body: { Code: 'InvalidAction.NotFound' },
    });
  });
});
