import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { EmulatorOptions } from '../../src/emulator/emulator-options.ts';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { callService, sendMessage } from './support/signed-request.ts';

let emulator: Emulator | undefined;
afterEach(() => emulator?.close());

async function start(options: EmulatorOptions = {}): Promise<Emulator> {
  emulator = await startEmulator({ massPerSecond: 1000, ...options });
  return emulator;
}

const TemplateParams = { name: 'Ann', code: 'A-1', date: '21 Nov' };
const address = (index: number) => String(8613800000001 + index);
const people = (count: number) => Array.from({ length: count }, (_, index) => ({ To: address(index), TemplateParams }));

function sendMass(url: string, list: unknown, fields: Record<string, string> = {}) {
  const usual = { ChannelType: 'whatsapp', From: '8613867404376', TemplateCode: 'order_shipped', Language: 'en' };
  const SenderList = typeof list === 'string' ? list : JSON.stringify(list);
  const form = Object.entries({ ...usual, SenderList, ...fields }).filter(([, value]) => value !== '');
  return callService(url, { action: 'SendChatappMassMessage', form: Object.fromEntries(form) });
}

describe('SendChatappMassMessage', () => {
  it('takes everybody of the list, each as a message of its own, and answers with the group alone', async () => {
    const { url, accepted } = await start();
    const answer = await sendMass(
      url,
      [
        { To: address(0), TemplateParams, Payload: ['yes', 'no'], FlowAction: { FlowToken: 'tk' } },
        { To: address(1), TemplateParams: { ...TemplateParams, name: 'Bob' } },
      ],
      { TaskId: 'task-7', Tag: 'spring' },
    );
    expect(answer).toEqual({
      status: 200,
      body: {
        Code: 'OK',
        Message: 'OK',
        RequestId: expect.any(String),
        GroupMessageId: expect.stringMatching(/^emulated-group-/),
      },
    });
    const common = {
      groupMessageId: answer.body['GroupMessageId'],
      failure: null,
      acceptedAt: expect.any(Number),
      arrivedMs: expect.any(Number),
      channel: 'whatsapp',
      type: 'template',
      from: '8613867404376',
      templateCode: 'order_shipped',
      language: 'en',
      messageType: null,
      content: null,
      taskId: 'task-7',
    };
    expect(accepted()).toEqual([
      {
        ...common,
        number: 1,
        messageId: expect.stringMatching(/-1$/),
        to: address(0),
        params: TemplateParams,
        fields: { Tag: 'spring', Payload: '["yes","no"]', FlowAction: '{"FlowToken":"tk"}' },
      },
      {
        ...common,
        number: 2,
        messageId: expect.stringMatching(/-2$/),
        to: address(1),
        params: { ...TemplateParams, name: 'Bob' },
        fields: { Tag: 'spring' },
      },
    ]);
  });

  it('takes a thousand, and not one more', async () => {
    const { url, stats } = await start();
    expect(await sendMass(url, people(1000))).toMatchObject({ body: { Code: 'OK' } });
    expect(await sendMass(url, people(1001))).toMatchObject({ status: 400, body: { Code: 'InvalidParameter' } });
    expect(stats()).toMatchObject({ accepted: 1000, recipients: 1000, massSends: 2, sends: 0 });
  });

  it('writes everybody to the log file before it answers', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sendoff-emulator-'));
    const logFile = join(folder, 'accepted.jsonl');
    const { url, accepted } = await start({ logFile });
    await sendMass(url, people(3));
    const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(accepted());
    rmSync(folder, { recursive: true });
  });

  it('counts its people among the recipients and doubles of single sends', async () => {
    const { url, stats } = await start();
    await sendMessage(url, { To: address(1) });
    await sendMass(url, people(3));
    expect(stats()).toMatchObject({ accepted: 4, recipients: 3, duplicates: 1 });
  });

  it('sends templates of viber, too', async () => {
    const { url, accepted } = await start();
    const viber = { ChannelType: 'viber', TemplateCode: 'any', From: '123' };
    expect(await sendMass(url, [{ To: address(0) }], viber)).toMatchObject({ body: { Code: 'OK' } });
    expect(accepted()).toMatchObject([{ channel: 'viber', templateCode: 'any', params: {} }]);
  });

  it.each<[code: string, what: string, list: unknown, fields?: Record<string, string>]>([
    ['MissingSenderList', 'no list', ''],
    ['InvalidParameter', 'a list that is no JSON', 'everybody'],
    ['InvalidParameter', 'an empty list', []],
    ['InvalidParameter', 'a list that is an object', { To: address(0) }],
    ['InvalidParameter', 'a recipient that is a text', [address(0)]],
    ['InvalidParameter', 'a number as an address', [{ To: 8613800000001, TemplateParams }]],
    ['MissingTo', 'a recipient without an address', [{ TemplateParams }]],
    ['InvalidParameter.PhoneNumberError', 'a bad address', [{ To: '12', TemplateParams }]],
    ['132000', 'a missing value', [{ To: address(0), TemplateParams: { name: 'Ann' } }]],
    ['TemplateParamInvalid', 'a value that is no text', [{ To: address(0), TemplateParams: { name: 1 } }]],
    ['TemplateParamInvalid', 'values in a text', [{ To: address(0), TemplateParams: JSON.stringify(TemplateParams) }]],
    ['InvalidParameter', 'a payload that is a text', [{ To: address(0), TemplateParams, Payload: 'yes' }]],
    ['MissingFrom', 'no sender', people(1), { From: '' }],
    ['MissingChannelType', 'no channel', people(1), { ChannelType: '' }],
    ['InvalidParameter.TemplateCodeNotEmpty', 'no template', people(1), { TemplateCode: '' }],
    ['InvalidParameter.LanguageNotEmpty', 'no language', people(1), { Language: '' }],
    ['TemplateNotFound', 'an unknown template', people(1), { TemplateCode: 'nothing' }],
    ['132015', 'a paused template', people(1), { TemplateCode: 'old_promo' }],
    ['InvalidParameter', 'a bad duration', people(1), { FallBackDuration: '5' }],
  ])('answers %s to %s', async (code, _, list, fields) => {
    const { url, stats } = await start();
    expect(await sendMass(url, list, fields)).toMatchObject({ status: 400, body: { Code: code } });
    expect(stats()).toMatchObject({ accepted: 0, refused: { [code]: 1 } });
  });

  it('lets no recipient speak for the whole call', async () => {
    const { url, accepted } = await start();
    const [person] = people(1);
    await sendMass(url, [{ ...person, From: '1', ChannelType: 'viber', Type: 'message', TaskId: 'mine' }]);
    expect(accepted()).toMatchObject([{ channel: 'whatsapp', type: 'template', from: '8613867404376', taskId: null }]);
  });

  it('takes nobody of a list with a bad recipient in it, and says which', async () => {
    const { url, accepted } = await start();
    const [first, second] = people(2);
    const answer = await sendMass(url, [first, { ...second, To: '+8613800000002' }]);
    expect(answer.body).toMatchObject({ Message: expect.stringContaining('SenderList[1]') });
    expect(accepted()).toEqual([]);
  });

  it('is refused where the right to it is missing, and single sends are not', async () => {
    const { url } = await start({ denied: ['cams:SendChatappMassMessage'] });
    expect(await sendMass(url, people(1))).toMatchObject({
      status: 403,
      body: { Code: 'Ram.PermissionDeny', AccessDeniedDetail: { AuthAction: 'cams:SendChatappMassMessage' } },
    });
    expect((await sendMessage(url)).body['Code']).toBe('OK');
  });
});

describe('the quota of mass sends', () => {
  it('is ten calls in any sliding second, beside that of single sends', async () => {
    const moved = fakeClock();
    const { url, stats } = await start({
      massPerSecond: undefined,
      ratePerSecond: 1,
      clock: { ...moved, now: () => Date.now() },
    });
    const codes: unknown[] = [];
    for (let call = 0; call < 11; call++) codes.push((await sendMass(url, people(1))).body['Code']);
    codes.push((await sendMessage(url)).body['Code']);
    await moved.advance(1000);
    codes.push((await sendMass(url, people(1))).body['Code']);
    expect(codes).toEqual([...Array(10).fill('OK'), 'System.LimitControl', 'OK', 'OK']);
    expect(stats()).toMatchObject({ sends: 1, massSends: 12, worstSecond: 1, worstMassSecond: 11, throttled: 1 });
  });
});

describe('a fault of a mass send', () => {
  it.each([
    ['cut-before', 0],
    ['cut-after', 3],
    ['truncated', 3],
  ] as const)('%s breaks the connection with %d accepted', async (fault, count) => {
    const { url, accepted } = await start({ faults: [{ fault, numbers: [address(2)] }] });
    await expect(sendMass(url, people(3))).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(accepted()).toHaveLength(count);
    expect((await sendMass(url, people(2))).body['Code']).toBe('OK');
  });

  it('is drawn for the call, and again when the same list is sent again', async () => {
    const { url, stats } = await start({ faults: [{ fault: 'error-503', times: 1 }] });
    const codes = [await sendMass(url, people(3)), await sendMass(url, people(3))].map(({ body }) => body['Code']);
    expect(codes).toEqual(['ServiceUnavailable', 'OK']);
    expect(stats().faults).toEqual({ 'error-503': 1 });
  });

  it('can be of mass sends alone', async () => {
    const { url } = await start({ faults: [{ fault: 'error-500', action: 'SendChatappMassMessage' }] });
    expect([(await sendMessage(url)).body['Code'], (await sendMass(url, people(1))).body['Code']]).toEqual([
      'OK',
      'InternalError',
    ]);
  });
});
