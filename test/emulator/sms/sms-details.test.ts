import { afterEach, describe, expect, it } from 'vitest';
import type { EmulatorOptions } from '../../../src/emulator/emulator-options.ts';
import { type Emulator, startEmulator } from '../../../src/emulator/server.ts';
import { type FakeClock, fakeClock } from '../../support/fake-clock.ts';
import { callSms, international, notice, sendBatch, sendSms, signedAt } from '../support/sms-request.ts';

let emulator: Emulator | undefined;
let clock: FakeClock;
afterEach(() => emulator?.close());

/** 23:59:50 in UTC+8. */
const beforeMidnight = Date.UTC(2026, 10, 21, 15, 59, 50);

async function start(options: EmulatorOptions = {}): Promise<Emulator> {
  clock = fakeClock(beforeMidnight);
  emulator = await startEmulator({ clock, ...options });
  return emulator;
}

const send = (fields: Readonly<Record<string, string>> = {}) =>
  sendSms(emulator?.url ?? '', fields, signedAt(clock.now()));

const asked = { PhoneNumber: '13800000001', SendDate: '20261121', PageSize: '50', CurrentPage: '1' };

function details(fields: Readonly<Record<string, string>> = {}) {
  return callSms(emulator?.url ?? '', 'QuerySendDetails', { ...asked, ...fields }, signedAt(clock.now()));
}

interface Row {
  readonly [field: string]: unknown;
}

async function rows(fields: Readonly<Record<string, string>> = {}): Promise<readonly Row[]> {
  const { body } = await details(fields);
  expect(body).toMatchObject({ Code: 'OK', TotalCount: expect.any(String) });
  // The shape is asserted by the first test below.
  return (body['SmsSendDetailDTOs'] as { readonly SmsSendDetailDTO: readonly Row[] }).SmsSendDetailDTO;
}

describe('QuerySendDetails', () => {
  it('shows a message as waiting, and then as delivered', async () => {
    await start({ smsDelayMs: 3000 });
    await send({ OutId: 'o-1' });
    const waiting = {
      PhoneNum: '13800000001',
      SendStatus: 1,
      Content: '【示例商城】王芳,您的订单A1001已于3月2日发出,请留意查收。',
      SendDate: '2026-11-21 23:59:50',
      OutId: 'o-1',
      TemplateCode: 'SMS_100000001',
    };
    const answer = (row: Row) => ({
      Code: 'OK',
      Message: 'OK',
      RequestId: expect.any(String),
      TotalCount: '1',
      SmsSendDetailDTOs: { SmsSendDetailDTO: [row] },
    });
    await clock.advance(2999);
    expect((await details()).body).toEqual(answer(waiting));
    await clock.advance(1);
    const ended = { SendStatus: 3, ErrCode: 'DELIVERED', ReceiveDate: '2026-11-21 23:59:53' };
    expect((await details()).body).toEqual(answer({ ...waiting, ...ended }));
  });

  it('takes five seconds to deliver unless it is told otherwise', async () => {
    await start();
    await send();
    await clock.advance(4999);
    expect(await rows()).toMatchObject([{ SendStatus: 1 }]);
    await clock.advance(1);
    expect(await rows()).toMatchObject([{ SendStatus: 3 }]);
  });

  it('shows the days of UTC+8', async () => {
    await start();
    await send({ OutId: 'before' });
    await clock.advance(10_000);
    await send({ OutId: 'after' });
    expect((await rows()).map(({ OutId }) => OutId)).toEqual(['before']);
    expect((await rows({ SendDate: '20261122' })).map(({ OutId }) => OutId)).toEqual(['after']);
  });

  it('gives pages, newest first, with the total in text', async () => {
    await start();
    for (const OutId of ['1', '2', '3', '4', '5']) await send({ OutId });
    const page = async (CurrentPage: string) => (await rows({ PageSize: '2', CurrentPage })).map(({ OutId }) => OutId);
    expect([await page('1'), await page('2'), await page('3'), await page('4')]).toEqual([
      ['5', '4'],
      ['3', '2'],
      ['1'],
      [],
    ]);
    expect((await details({ PageSize: '2' })).body['TotalCount']).toBe('5');
  });

  it('finds a number in any of its forms, and of a batch only the one asked for', async () => {
    const { url } = await start();
    await sendBatch(url, ['13800000001', '+8613800000002'], {}, signedAt(clock.now()));
    for (const PhoneNumber of ['13800000002', '8613800000002', '+8613800000002']) {
      expect(await rows({ PhoneNumber })).toMatchObject([{ PhoneNum: '13800000002' }]);
    }
  });

  it('finds numbers abroad, also one that looks like one of the mainland', async () => {
    await start();
    await send({ ...international, PhoneNumbers: '85251234567,13105551234' });
    expect(await rows({ PhoneNumber: '85251234567' })).toMatchObject([{ PhoneNum: '85251234567' }]);
    expect(await rows({ PhoneNumber: '13105551234' })).toMatchObject([{ PhoneNum: '13105551234' }]);
  });

  it('finds one call by its BizId, and gives neither that nor an id that was not sent', async () => {
    await start();
    const { body } = await send();
    await send({ OutId: 'o-2' });
    const found = await rows({ BizId: String(body['BizId']) });
    expect(found).toHaveLength(1);
    expect(Object.keys(found[0] ?? {}).toSorted()).toEqual([
      'Content',
      'PhoneNum',
      'SendDate',
      'SendStatus',
      'TemplateCode',
    ]);
    expect(await rows({ BizId: '1^0' })).toEqual([]);
  });

  it('shows a message only when the log is as far', async () => {
    await start({ logDelayMs: 2000 });
    await send();
    await clock.advance(1999);
    expect(await rows()).toEqual([]);
    await clock.advance(1);
    expect(await rows()).toHaveLength(1);
  });

  it.each<[what: string, fields: Record<string, string>, status: number, code: string]>([
    ['no number', { PhoneNumber: '' }, 400, 'MissingPhoneNumber'],
    ['no day', { SendDate: '' }, 400, 'MissingSendDate'],
    ['no page', { CurrentPage: '' }, 400, 'MissingCurrentPage'],
    ['no page size', { PageSize: '' }, 400, 'MissingPageSize'],
    ['a day with dashes', { SendDate: '2026-11-21' }, 200, 'isv.INVALID_PARAMETERS'],
    ['a day that is none', { SendDate: '20261131' }, 200, 'isv.INVALID_PARAMETERS'],
    ['a day too long ago', { SendDate: '20261020' }, 200, 'isv.INVALID_PARAMETERS'],
    ['page nought', { CurrentPage: '0' }, 200, 'isv.INVALID_PARAMETERS'],
    ['a page of 51', { PageSize: '51' }, 200, 'isv.INVALID_PARAMETERS'],
  ])('refuses %s', async (_, fields, status, code) => {
    await start();
    expect(await details(fields)).toMatchObject({ status, body: { Code: code } });
  });
});

describe('messages that do not arrive', () => {
  const numbers = Array.from({ length: 400 }, (_, index) => String(13800000000 + index));
  const endings = async (options: EmulatorOptions) => {
    const { acceptedSms } = await start({ smsDelayMs: 0, ...options });
    await send({ PhoneNumbers: numbers.join(',') });
    await emulator?.close();
    return acceptedSms().map(({ ending }) => ending);
  };

  it('are those of the share, with the code asked for', async () => {
    const ended = await endings({ smsUndelivered: { share: 0.25, code: 'MOBILE_NOT_ON_SERVICE' } });
    expect(new Set(ended)).toEqual(new Set(['DELIVERED', 'MOBILE_NOT_ON_SERVICE']));
    const failed = ended.filter((ending) => ending !== 'DELIVERED').length;
    expect(failed).toBeGreaterThan(60);
    expect(failed).toBeLessThan(140);
  });

  it('have one of the usual codes otherwise, the same for a number under the same seed', async () => {
    const smsUndelivered = { share: 1 };
    const first = await endings({ smsUndelivered, seed: 3 });
    expect(new Set(first).size).toBe(7);
    expect(first).not.toContain('DELIVERED');
    expect(await endings({ smsUndelivered, seed: 3 })).toEqual(first);
    expect(await endings({ smsUndelivered, seed: 4 })).not.toEqual(first);
  });

  it('are told as failed with the code', async () => {
    await start({ smsDelayMs: 0, smsUndelivered: { share: 1, code: 'MOBILE_IN_BLACK' } });
    await send();
    expect(await rows()).toMatchObject([
      { SendStatus: 2, ErrCode: 'MOBILE_IN_BLACK', ReceiveDate: '2026-11-21 23:59:50' },
    ]);
  });

  it('are those whose carrier has no filing of the signature', async () => {
    const { acceptedSms } = await start();
    const carriers = { PhoneNumbers: '13900000001,13000000001,13300000001,19900000001' };
    await send({ ...notice, ...carriers, SignName: '示例物流' });
    await send({ ...notice, ...carriers });
    expect(acceptedSms().map(({ ending }) => ending)).toEqual([
      'DELIVERED',
      'DELIVERED',
      'PORT_NOT_REGISTERED',
      'PORT_NOT_REGISTERED',
      ...Array(4).fill('DELIVERED'),
    ]);
  });
});
