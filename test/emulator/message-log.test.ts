import { afterEach, describe, expect, it } from 'vitest';
import type { EmulatorClock } from '../../src/emulator/emulator-clock.ts';
import type { EmulatorOptions } from '../../src/emulator/emulator-options.ts';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { callService, sendMessage } from './support/signed-request.ts';

let emulator: Emulator | undefined;
afterEach(() => emulator?.close());

async function start(options: EmulatorOptions = {}): Promise<string> {
  emulator = await startEmulator(options);
  return emulator.url;
}

const asked = {
  BusinessNumber: '8613867404376',
  ChannelType: 'whatsapp',
  CustSpaceId: 'cams-test',
  Page: '{"Index":1,"Size":10}',
};

/** Empty fields are left out. */
function list(url: string, fields: Readonly<Record<string, string>> = {}) {
  const query = Object.fromEntries(Object.entries({ ...asked, ...fields }).filter(([, value]) => value !== ''));
  return callService(url, { action: 'ListChatappMessage', query });
}

async function numbers(url: string, fields: Readonly<Record<string, string>> = {}): Promise<readonly unknown[]> {
  const { body } = await list(url, fields);
  expect(body['Code']).toBe('OK');
  // The shape is asserted by the first test below.
  return (body['Data'] as readonly { readonly UserNumber: string }[]).map(({ UserNumber }) => UserNumber);
}

/** Real but for the wall clock, which the test sets. */
function wallClock(now: () => number): EmulatorClock {
  return {
    now,
    monotonic: () => performance.now(),
    schedule(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  };
}

describe('ListChatappMessage', () => {
  it('gives every field of the service, and no total', async () => {
    const at = Date.now();
    const url = await start({ clock: wallClock(() => at) });
    const { body: sent } = await sendMessage(url);
    const { status, body } = await list(url);
    const home = new Date(at + 8 * 3_600_000).toISOString();
    expect([status, body]).toEqual([
      200,
      {
        Code: 'OK',
        Message: 'OK',
        RequestId: expect.any(String),
        Success: true,
        Data: [
          {
            BusinessNumber: '8613867404376',
            UserNumber: '8613800000001',
            ChannelType: 'whatsapp',
            ClientAcceptStatusName: 'accepted',
            ClientReadStatus: 'unread',
            ClientReadStatusName: 'unread',
            ConversationId: 'conversation-8613800000001',
            EventAction: 'DOWN',
            EventActionName: 'sent',
            FailBackContent: '',
            FailBackFlag: 'N',
            FailReason: '',
            LanguageCode: 'en',
            Message: 'Hi Ann, your order A-1 left our warehouse on 21 Nov.',
            MessageId: sent['MessageId'],
            MessageSource: 'api',
            MessageStatus: 'success',
            MessageStatusName: 'success',
            MessageType: 'template',
            MessageTypeName: 'template',
            Month: home.slice(0, 7).replace('-', ''),
            SendTime: home.replace('Z', '+08:00'),
            TemplateCode: 'order_shipped',
            TemplateName: 'order_shipped',
            Type: 'template',
            UniqueMessageId: `unique-${sent['MessageId']}`,
          },
        ],
      },
    ]);
  });

  it('gives pages, newest first, until one has fewer than was asked for', async () => {
    const url = await start();
    for (const To of ['8613800000001', '8613800000002', '8613800000003']) await sendMessage(url, { To });
    const page = (index: number) => numbers(url, { Page: `{"Index":${index},"Size":2}` });
    expect([await page(1), await page(2), await page(3)]).toEqual([
      ['8613800000003', '8613800000002'],
      ['8613800000001'],
      [],
    ]);
  });

  it.each<[filter: Record<string, string>, found: string[]]>([
    [{}, ['8613800000002', '8613800000001']],
    [{ UserNumber: '8613800000002' }, ['8613800000002']],
    [{ BusinessNumber: '8613800009999' }, []],
    [{ TemplateCode: 'order_shipped' }, ['8613800000002', '8613800000001']],
    [{ TemplateCode: 'invoice' }, []],
    [{ EventAction: 'DOWN' }, ['8613800000002', '8613800000001']],
    [{ EventAction: 'UP' }, []],
    [{ MessageStatus: 'success' }, ['8613800000002', '8613800000001']],
    [{ MessageStatus: 'failed' }, []],
    [{ GroupMessageId: 'g-1' }, []],
    [{ ChannelType: 'viber' }, []],
  ])('filters by %j', async (filter, found) => {
    const url = await start();
    await sendMessage(url);
    await sendMessage(url, { To: '8613800000002' });
    expect(await numbers(url, filter)).toEqual(found);
  });

  it('shows those of one mass send by its group, each with a message id of its own', async () => {
    const url = await start();
    const ids: string[] = [];
    for (const last of ['1', '2']) {
      const people = [`861380000001${last}`, `861380000002${last}`];
      const params = { name: 'Ann', code: 'A-1', date: '21 Nov' };
      const SenderList = JSON.stringify(people.map((To) => ({ To, TemplateParams: params })));
      const form = { ChannelType: 'whatsapp', From: '8613867404376', TemplateCode: 'order_shipped', Language: 'en' };
      const { body } = await callService(url, { action: 'SendChatappMassMessage', form: { ...form, SenderList } });
      ids.push(String(body['GroupMessageId']));
    }
    const { body } = await list(url, { GroupMessageId: ids[1] ?? '' });
    expect(body['Data']).toMatchObject(
      [3, 2].map((index) => ({
        UserNumber: emulator?.accepted()[index]?.to,
        MessageId: emulator?.accepted()[index]?.messageId,
        MessageStatus: 'success',
        Message: 'Hi Ann, your order A-1 left our warehouse on 21 Nov.',
        Type: 'template',
      })),
    );
    expect(await numbers(url, { GroupMessageId: ids[0] ?? '', UserNumber: '8613800000011' })).toEqual([
      '8613800000011',
    ]);
    expect(await numbers(url)).toHaveLength(4);
  });

  it('shows free-form messages, of viber where that is asked for: texts as texts, the rest as they came', async () => {
    const url = await start();
    const free = { Type: 'message', TemplateCode: '', Language: '', TemplateParams: '' };
    const image = '{"link":"https://shop.example.com/1.jpg"}';
    await sendMessage(url, { ...free, MessageType: 'text', Content: '{"text":"hello, \\"Ann\\""}' });
    await sendMessage(url, { ...free, ChannelType: 'viber', MessageType: 'image', Content: image });
    await sendMessage(url, { ...free, ChannelType: 'messenger', To: '7', MessageType: 'image', Content: image });
    const rows = async (ChannelType: string) => (await list(url, { ChannelType })).body['Data'];
    const common = { Type: 'message', TemplateCode: '', TemplateName: '', LanguageCode: '' };
    const viber = { ...common, ChannelType: 'viber', MessageType: 'image', Message: image };
    const whatsapp = { ...common, ChannelType: 'whatsapp', MessageType: 'text', Message: 'hello, "Ann"' };
    expect([await rows('whatsapp'), await rows('viber')]).toEqual([
      [expect.objectContaining(whatsapp)],
      [expect.objectContaining(viber)],
    ]);
  });

  it('shows what fails after it was accepted, the same people of a seed whichever way they are written to', async () => {
    const people = Array.from({ length: 40 }, (_, index) => String(8613800000000 + index));
    const failedOf = async (seed: number, failLater: NonNullable<EmulatorOptions['failLater']>) => {
      const url = await start({ seed, failLater, ratePerSecond: 1000 });
      const params = { name: 'Ann', code: 'A-1', date: '21 Nov' };
      const SenderList = JSON.stringify(people.map((To) => ({ To, TemplateParams: params })));
      const form = { ChannelType: 'whatsapp', From: '8613867404376', TemplateCode: 'order_shipped', Language: 'en' };
      const { body } = await callService(url, { action: 'SendChatappMassMessage', form: { ...form, SenderList } });
      for (const To of people) await sendMessage(url, { To });
      const all = { Page: '{"Index":1,"Size":100}' };
      const inGroup = { ...all, GroupMessageId: String(body['GroupMessageId']), MessageStatus: 'failed' };
      const failed = (await numbers(url, inGroup)).toReversed();
      expect(await numbers(url, { ...all, MessageStatus: 'failed' })).toEqual([...failed, ...failed].toReversed());
      expect(await numbers(url, { ...all, MessageStatus: 'success' })).toHaveLength(80 - 2 * failed.length);
      expect(emulator?.accepted().filter(({ failure }) => failure !== null)).toHaveLength(2 * failed.length);
      const [row] = (await list(url, inGroup)).body['Data'] as readonly unknown[];
      await emulator?.close();
      return { failed, row };
    };
    const first = await failedOf(7, { share: 0.3 });
    expect(first.failed.length).toBeGreaterThan(4);
    expect(first.failed.length).toBeLessThan(22);
    expect(first.row).toMatchObject({ MessageStatusName: 'failed', FailReason: '131026:Message undeliverable' });
    const again = await failedOf(7, { share: 0.3, code: '131049' });
    expect(again.failed).toEqual(first.failed);
    expect(again.row).toMatchObject({ FailReason: expect.stringMatching(/^131049:This message/) });
    expect((await failedOf(8, { share: 0.3 })).failed).not.toEqual(first.failed);
  });

  it('keeps to the window, both ends included', async () => {
    const begin = Date.now();
    let now = begin;
    const url = await start({ clock: wallClock(() => now) });
    for (const To of ['8613800000001', '8613800000002', '8613800000003']) {
      await sendMessage(url, { To });
      now += 1_000;
    }
    const window = { StartTime: String(begin + 1_000), EndTime: String(begin + 2_000) };
    expect(await numbers(url, window)).toEqual(['8613800000003', '8613800000002']);
  });

  it('shows a message only when its delay has passed', async () => {
    let now = Date.now();
    const url = await start({ clock: wallClock(() => now), logDelayMs: 2_000 });
    await sendMessage(url);
    now += 1_999;
    const before = await numbers(url);
    now += 1;
    expect([before, await numbers(url)]).toEqual([[], ['8613800000001']]);
  });

  it('shows nothing that was refused', async () => {
    const url = await start();
    await sendMessage(url, { To: '12' });
    expect(await numbers(url)).toEqual([]);
  });

  it.each<[code: string, fields: Record<string, string>]>([
    ['MissingBusinessNumber', { BusinessNumber: '' }],
    ['MissingChannelType', { ChannelType: '' }],
    ['InvalidParameter.ChannelTypeNotSupport', { ChannelType: 'pigeon' }],
    ['InvalidParameter.ChannelTypeNotSupport', { ChannelType: 'messenger' }],
    ['MissingCustSpaceId', { CustSpaceId: '' }],
    ['MissingPage', { Page: '' }],
    ['InvalidParameter.PageInvalid', { Page: 'first' }],
    ['InvalidParameter.PageInvalid', { Page: '{"Index":0,"Size":10}' }],
    ['InvalidParameter.PageInvalid', { Page: '{"Index":1,"Size":101}' }],
    ['InvalidParameter', { StartTime: 'yesterday' }],
  ])('answers %s to %j', async (code, fields) => {
    expect(await list(await start(), fields)).toMatchObject({ status: 400, body: { Code: code } });
  });

  it('holds to 50 calls a second', async () => {
    const clock = { ...wallClock(() => Date.now()), monotonic: () => 0 };
    const url = await start({ clock });
    const codes = await Promise.all(Array.from({ length: 51 }, async () => (await list(url)).body['Code']));
    expect(codes.filter((code) => code === 'System.LimitControl')).toHaveLength(1);
  });

  it('lets a fault strike the look-ups about one number', async () => {
    const url = await start({
      faults: [
        { fault: 'refuse', code: 'Ram.PermissionDeny', numbers: ['8613800000002'], action: 'ListChatappMessage' },
      ],
    });
    const code = async (UserNumber: string) => (await list(url, { UserNumber })).body['Code'];
    expect([await code('8613800000001'), await code('8613800000002')]).toEqual(['OK', 'Ram.PermissionDeny']);
  });
});
