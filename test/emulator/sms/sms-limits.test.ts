import { afterEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../../src/emulator/server.ts';
import { SmsLimits } from '../../../src/emulator/sms/sms-limits.ts';
import type { SmsDraft } from '../../../src/emulator/sms/sms-message.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { notice, sendBatch, sendSms, signedAt, verification } from '../support/sms-request.ts';

let emulator: Emulator | undefined;
afterEach(() => emulator?.close());

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** 12:59:40 in UTC+8: the next minute is the next hour. */
const start = Date.UTC(2026, 10, 21, 4, 59, 40);

interface Limited {
  /** Sends a code unless `fields` say otherwise: what the service answers. */
  send(fields?: Readonly<Record<string, string>>): Promise<unknown>;
  advance(ms: number): Promise<void>;
}

async function startLimited(smsLimits?: boolean): Promise<Limited> {
  const clock = fakeClock(start);
  emulator = await startEmulator({ clock, smsLimits });
  const { url } = emulator;
  return {
    send: async (fields = {}) => {
      const { body } = await sendSms(url, { ...verification, ...fields }, signedAt(clock.now()));
      return body['Code'] === 'OK' ? 'OK' : `${body['Code']} ${body['Message']}`;
    },
    advance: (ms) => clock.advance(ms),
  };
}

const overMinute = 'isv.BUSINESS_LIMIT_CONTROL 触发分钟级流控Permits:1';
const overHour = 'isv.BUSINESS_LIMIT_CONTROL 触发小时级流控Permits:5';
const overDay = 'isv.BUSINESS_LIMIT_CONTROL 触发天级流控Permits:10';

describe('codes to one number', () => {
  it('go once in a minute of the clock, not in sixty seconds', async () => {
    const { send, advance } = await startLimited();
    expect(await send()).toBe('OK');
    expect(await send()).toBe(overMinute);
    await advance(19_999);
    expect(await send()).toBe(overMinute);
    await advance(1);
    expect(await send()).toBe('OK');
  });

  it('go five times in an hour of the clock', async () => {
    const { send, advance } = await startLimited();
    await advance(20_000);
    for (let sent = 0; sent < 5; sent++) {
      expect(await send()).toBe('OK');
      await advance(minuteMs);
    }
    expect(await send()).toBe(overHour);
    await advance(55 * minuteMs - 1);
    expect(await send()).toBe(overHour);
    await advance(1);
    expect(await send()).toBe('OK');
  });

  it('go ten times in any 24 hours, whatever the date', async () => {
    const { send, advance } = await startLimited();
    for (let sent = 0; sent < 10; sent++) {
      expect(await send()).toBe('OK');
      await advance(hourMs);
    }
    await advance(14 * hourMs - 1);
    expect(await send()).toBe(overDay);
    await advance(1);
    expect(await send()).toBe('OK');
  });

  it('are counted for each signature and number', async () => {
    const { send } = await startLimited();
    expect(await send()).toBe('OK');
    expect(await send({ SignName: '示例商城' })).toBe('OK');
    expect(await send({ PhoneNumbers: '13800000002' })).toBe('OK');
    expect(await send({ PhoneNumbers: '+8613800000001' })).toBe(overMinute);
  });

  it('go forty times a day to one number, under however many signatures', () => {
    const limits = new SmsLimits();
    const code = (sign: string): SmsDraft => ({
      channel: 'sms',
      to: '8613800000001',
      sign,
      templateCode: 'SMS_100000003',
      templateType: 'verification',
      params: { code: '123456' },
      text: '',
      segments: 1,
      outId: null,
      extendCode: null,
    });
    for (let sent = 0; sent < 40; sent++) {
      expect(limits.take([code(`sign ${sent % 5}`)], start + Math.floor(sent / 5) * hourMs)).toBeNull();
    }
    const refusal = limits.take([code('sign 5')], start + 8 * hourMs);
    expect(refusal).toMatchObject({ code: 'isv.BUSINESS_LIMIT_CONTROL', message: '触发天级流控Permits:40' });
    expect(limits.take([code('sign 5')], start + 24 * hourMs)).toBeNull();
  });

  it('refuse a call of many for one, and count none of it', async () => {
    const { send } = await startLimited();
    expect(await send()).toBe('OK');
    expect(await send({ PhoneNumbers: '13800000002,13800000001,13800000003' })).toBe(overMinute);
    expect(await send({ PhoneNumbers: '13800000002,13800000003' })).toBe('OK');
    expect(await send({ PhoneNumbers: '13800000004,13800000004' })).toBe(overMinute);
    expect(emulator?.acceptedSms()).toHaveLength(3);
  });

  it('are not counted where the call is refused for another reason', async () => {
    const { send } = await startLimited();
    expect(await send({ SmsUpExtendCode: '1', PhoneNumbers: '13800000002' })).toBe('OK');
    expect(await send({ SmsUpExtendCode: '1', SignName: '示例商城' })).toContain('isv.EXTEND_CODE_ERROR');
    expect(await send({ SignName: '示例商城' })).toBe('OK');
  });

  it('go as often as one likes with the limits off', async () => {
    const { send } = await startLimited(false);
    for (let sent = 0; sent < 60; sent++) expect(await send()).toBe('OK');
  });
});

describe('notices to one number', () => {
  it('go fifty times in 24 hours of one template and signature, whatever their values', async () => {
    const { send, advance } = await startLimited();
    const over = 'isv.BUSINESS_LIMIT_CONTROL 触发天级流控Permits:50';
    const numbers = Array(50).fill('13800000001').join(',');
    const params = { ...JSON.parse(notice.TemplateParam), name: '李雷' };
    expect(await send({ ...notice, PhoneNumbers: numbers })).toBe('OK');
    expect(await send({ ...notice, TemplateParam: JSON.stringify(params) })).toBe(over);
    expect(await send({ ...notice, SignName: 'Sample Shop' })).toBe('OK');
    expect(await send({ SignName: '示例商城', TemplateCode: 'SMS_100000006' })).toBe('OK');
    await advance(24 * hourMs);
    expect(await send({ ...notice })).toBe('OK');
  });

  it('are counted in batches, too', async () => {
    emulator = await startEmulator();
    const numbers = Array<string>(51).fill('13800000001');
    expect((await sendBatch(emulator.url, numbers)).body['Code']).toBe('isv.BUSINESS_LIMIT_CONTROL');
    expect((await sendBatch(emulator.url, numbers.slice(1))).body['Code']).toBe('OK');
  });
});

it('limits nobody abroad', async () => {
  const { send } = await startLimited();
  const abroad = { SignName: 'Sample Shop', TemplateCode: 'SMS_100000005', TemplateParam: '{"name":"Ann","code":"1"}' };
  const numbers = Array(60).fill('85251234567').join(',');
  expect(await send({ ...abroad, PhoneNumbers: numbers })).toBe('OK');
});
