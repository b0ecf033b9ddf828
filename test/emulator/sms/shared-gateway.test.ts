/** What both services have in common: faults, quotas and rights, as text messages meet them. */
import { afterEach, describe, expect, it } from 'vitest';
import type { EmulatorOptions } from '../../../src/emulator/emulator-options.ts';
import type { FaultRule } from '../../../src/emulator/fault-rule.ts';
import { type Emulator, startEmulator } from '../../../src/emulator/server.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { sendMessage } from '../support/signed-request.ts';
import { callSms, notice, sendBatch, sendSms } from '../support/sms-request.ts';
import { Dysms, smsPatience, smsSdkClient } from '../support/sms-sdk-client.ts';

let emulator: Emulator | undefined;
afterEach(async () => {
  await emulator?.close();
  emulator = undefined;
});

async function start(options: EmulatorOptions = {}): Promise<Emulator> {
  emulator = await startEmulator(options);
  return emulator;
}

const request = new Dysms.SendSmsRequest({
  phoneNumbers: '13800000001',
  signName: notice.SignName,
  templateCode: notice.TemplateCode,
  templateParam: notice.TemplateParam,
});

/** What the SDK returns or throws. */
const sendBySdk = ({ url }: Emulator) =>
  smsSdkClient(url)
    .sendSmsWithOptions(request, smsPatience)
    .then(
      ({ body }) => ({ returned: body?.code }),
      (error: { name: string; code?: string; statusCode?: number }) => ({
        threw: error.code ?? error.name,
        status: error.statusCode,
      }),
    );

describe('a fault, as the SDK of text messages sees it', () => {
  it.each<[what: string, rule: FaultRule, seen: object, accepted: number]>([
    ['cut-before', { fault: 'cut-before' }, { threw: 'ECONNRESET' }, 0],
    ['cut-after', { fault: 'cut-after' }, { threw: 'ECONNRESET' }, 1],
    ['error-500 after acceptance', { fault: 'error-500', accept: true }, { threw: 'InternalError', status: 500 }, 1],
    ['error-503', { fault: 'error-503' }, { threw: 'ServiceUnavailable', status: 503 }, 0],
    ['throttle', { fault: 'throttle' }, { threw: 'Throttling.User', status: 400 }, 0],
    ['empty-body', { fault: 'empty-body' }, { threw: 'SyntaxError' }, 1],
    ['truncated', { fault: 'truncated' }, { threw: 'ECONNRESET' }, 1],
    [
      'refuse, with the HTTP status of the code',
      { fault: 'refuse', code: 'isv.AMOUNT_NOT_ENOUGH' },
      { returned: 'isv.AMOUNT_NOT_ENOUGH' },
      0,
    ],
    [
      'refuse, with another',
      { fault: 'refuse', code: 'isv.AMOUNT_NOT_ENOUGH', http: 400 },
      { threw: 'isv.AMOUNT_NOT_ENOUGH', status: 400 },
      0,
    ],
    [
      'refuse, with a code of the gateway',
      { fault: 'refuse', code: 'InternalError' },
      { threw: 'InternalError', status: 500 },
      0,
    ],
  ])('%s', async (_, rule, seen, accepted) => {
    const running = await start({ faults: [rule] });
    expect(await sendBySdk(running)).toEqual(seen);
    expect(running.acceptedSms()).toHaveLength(accepted);
    expect(running.stats()).toMatchObject({ accepted, smsSends: 1, faults: { [rule.fault]: 1 } });
  });
});

describe('fault rules', () => {
  it('strike a call for several where any of them is named, in whatever form', async () => {
    const { url, acceptedSms } = await start({ faults: [{ fault: 'throttle', numbers: ['8613800000002'], times: 1 }] });
    const codes: unknown[] = [];
    for (const numbers of [['13800000001'], ['13800000001', '+8613800000002'], ['13800000001', '+8613800000002']]) {
      codes.push((await sendBatch(url, numbers)).body['Code']);
    }
    expect(codes).toEqual(['OK', 'Throttling.User', 'OK']);
    expect(acceptedSms()).toHaveLength(3);
  });

  it('strike one operation alone where they name it, and look-ups by their number', async () => {
    const details = { PhoneNumber: '13800000001', SendDate: '20261121', PageSize: '1', CurrentPage: '1' };
    const { url } = await start({
      faults: [
        { fault: 'error-503', action: 'SendBatchSms' },
        { fault: 'error-500', action: 'QuerySendDetails', numbers: ['8613800000001'] },
      ],
    });
    const answers = [
      await sendSms(url),
      await sendBatch(url, ['13800000001']),
      await callSms(url, 'QuerySendDetails', details),
      await callSms(url, 'QuerySmsSignList', {}),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 503, 500, 200]);
  });
});

describe('quotas', () => {
  it('are each operation’s own, in every sliding second', async () => {
    const clock = fakeClock();
    const { url, stats } = await start({ smsPerSecond: 2, clock: { ...clock, now: () => Date.now() } });
    const codes: unknown[] = [];
    for (let call = 0; call < 3; call++) codes.push((await sendSms(url)).body['Code']);
    codes.push((await sendBatch(url, ['13800000001'])).body['Code']);
    await clock.advance(1000);
    codes.push((await sendSms(url)).body['Code']);
    expect(codes).toEqual(['OK', 'OK', 'Throttling.User', 'OK', 'OK']);
    expect(stats()).toMatchObject({
      throttled: 1,
      refused: {},
      smsSends: 4,
      worstSmsSecond: 3,
      smsBatchSends: 1,
      worstSmsBatchSecond: 1,
      sends: 0,
      worstSecond: 0,
      worstSecondAtLeast: 0,
    });
  });

  it.each([
    ['QuerySmsSignList', 10],
    ['QuerySmsTemplateList', 10],
    ['QuerySendStatistics', 20],
    ['GetSmsSign', 150],
  ])('let %s be called %d times a second', async (action, count) => {
    const clock = fakeClock();
    const { url } = await start({ clock: { ...clock, now: () => Date.now() } });
    const statuses = [];
    for (let call = 0; call <= count; call++) {
      statuses.push((await callSms(url, action, { SignName: notice.SignName })).body['Code'] === 'Throttling.User');
    }
    expect(statuses.indexOf(true)).toBe(count);
  });
});

describe('rights', () => {
  it('that are taken away refuse the operation with the code of the service, and leave the others', async () => {
    const { url, acceptedSms } = await start({ denied: ['dysms:SendSms'] });
    expect(await sendSms(url)).toEqual({
      status: 200,
      body: {
        Code: 'isp.RAM_PERMISSION_DENY',
        Message: expect.stringContaining('dysms:SendSms'),
        RequestId: expect.any(String),
      },
    });
    expect((await sendBatch(url, ['13800000001'])).body['Code']).toBe('OK');
    expect((await sendMessage(url)).body['Code']).toBe('OK');
    expect(acceptedSms()).toHaveLength(1);
  });
});

it('checks the signature of a call as for the other service', async () => {
  const { url } = await start();
  expect(await sendSms(url, {}, { secret: 'wrong' })).toMatchObject({
    status: 400,
    body: { Code: 'SignatureDoesNotMatch' },
  });
});
