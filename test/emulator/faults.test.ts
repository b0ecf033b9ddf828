import { afterEach, describe, expect, it } from 'vitest';
import type { EmulatorOptions } from '../../src/emulator/emulator-options.ts';
import type { FaultRule } from '../../src/emulator/fault-rule.ts';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { Cams, patience, sdkClient } from './support/sdk-client.ts';
import { callService, orderShipped, sendMessage, sendSigned } from './support/signed-request.ts';

let running: Emulator | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function emulatorWith(faults: readonly FaultRule[], options: EmulatorOptions = {}): Promise<Emulator> {
  running = await startEmulator({ ratePerSecond: 100_000, ...options, faults });
  return running;
}

/** One message through the official SDK: what it returns or throws. */
async function sendBySdk(emulator: Emulator) {
  const request = new Cams.SendChatappMessageRequest({
    channelType: 'whatsapp',
    type: 'template',
    from: orderShipped.From,
    to: orderShipped.To,
    templateCode: 'order_shipped',
    language: 'en',
    templateParams: { name: 'Ann', code: 'A-1', date: '21 Nov' },
  });
  return sdkClient(emulator.url)
    .sendChatappMessageWithOptions(request, patience)
    .then(
      ({ body }) => ({ returned: body?.code }),
      (error: { name: string; code?: string; data?: { statusCode?: number } }) => ({
        threw: error.code ?? error.name,
        status: error.data?.statusCode,
      }),
    );
}

describe('a fault, as the SDK sees it', () => {
  it.each<[what: string, rule: FaultRule, seen: object, accepted: number]>([
    ['cut-before', { fault: 'cut-before' }, { threw: 'ECONNRESET' }, 0],
    ['cut-after', { fault: 'cut-after' }, { threw: 'ECONNRESET' }, 1],
    ['error-500', { fault: 'error-500' }, { threw: 'InternalError', status: 500 }, 0],
    ['error-500 after acceptance', { fault: 'error-500', accept: true }, { threw: 'InternalError', status: 500 }, 1],
    ['error-503', { fault: 'error-503' }, { threw: 'ServiceUnavailable', status: 503 }, 0],
    [
      'error-503 after acceptance',
      { fault: 'error-503', accept: true },
      { threw: 'ServiceUnavailable', status: 503 },
      1,
    ],
    ['throttle', { fault: 'throttle' }, { threw: 'System.LimitControl', status: 400 }, 0],
    ['throttle by code', { fault: 'throttle', code: 'Throttling.User' }, { threw: 'Throttling.User', status: 400 }, 0],
    ['empty-body', { fault: 'empty-body' }, { threw: 'SyntaxError' }, 1],
    ['empty-body before acceptance', { fault: 'empty-body', accept: false }, { threw: 'SyntaxError' }, 0],
    ['not-json', { fault: 'not-json', http: 502 }, { threw: 'SyntaxError' }, 1],
    ['not-json before acceptance', { fault: 'not-json', accept: false }, { threw: 'SyntaxError' }, 0],
    ['truncated', { fault: 'truncated' }, { threw: 'ECONNRESET' }, 1],
    ['refuse', { fault: 'refuse', code: '131026' }, { threw: '131026', status: 400 }, 0],
    ['refuse in a 200', { fault: 'refuse', code: '131026', http: 200 }, { returned: '131026' }, 0],
  ])('%s', async (_, rule, seen, accepted) => {
    const emulator = await emulatorWith([rule]);
    expect(await sendBySdk(emulator)).toEqual(seen);
    expect(emulator.accepted()).toHaveLength(accepted);
    expect(emulator.stats()).toMatchObject({ accepted, faults: { [rule.fault]: 1 } });
  });
});

describe('a hang', () => {
  it.each([
    ['hang-before', 0],
    ['hang-after', 1],
  ] as const)('%s leaves the caller without an answer until the emulator closes', async (fault, accepted) => {
    const emulator = await emulatorWith([{ fault }]);
    const hanging = sendMessage(emulator.url).then(
      () => 'answered',
      (error: { code?: string }) => error.code,
    );
    // Requests of one connection at a time: when this one is answered, the earlier one has long been judged.
    while (emulator.stats().faults[fault] !== 1) await callService(emulator.url, { action: 'ListChatappTemplate' });
    expect(emulator.accepted()).toHaveLength(accepted);
    await emulator.close();
    expect(await hanging).toBe('ECONNRESET');
  });
});

describe('latency', () => {
  it('holds every answer for a time from its range, and the acceptance for none', async () => {
    const moved = fakeClock();
    const held: number[] = [];
    const clock = {
      ...moved,
      now: () => Date.now(),
      schedule: (ms: number, callback: () => void) => {
        held.push(ms);
        queueMicrotask(callback);
        return () => {};
      },
    };
    const emulator = await emulatorWith([], { latencyMs: { min: 20, max: 120 }, clock });
    for (let number = 1; number <= 50; number++)
      await sendMessage(emulator.url, { To: String(8613800000000 + number) });
    await callService(emulator.url, { action: 'ListChatappTemplate' });
    expect(held).toHaveLength(51);
    expect(Math.min(...held)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...held)).toBeLessThanOrEqual(120);
    expect(new Set(held).size).toBeGreaterThan(40);
  });

  it('answers nothing before its time, though the message is already accepted', async () => {
    const moved = fakeClock();
    const emulator = await emulatorWith([{ fault: 'latency', minMs: 80, maxMs: 80 }], {
      clock: { ...moved, now: () => Date.now() },
    });
    const events: string[] = [];
    const sending = sendMessage(emulator.url).then(() => events.push('answered'));
    while (emulator.accepted().length === 0) await new Promise((resolve) => setImmediate(resolve));
    await moved.advance(79);
    events.push('79 ms later');
    await moved.advance(1);
    await sending;
    expect(events).toEqual(['79 ms later', 'answered']);
  });

  it('comes before the afterMs of another fault', async () => {
    const moved = fakeClock();
    const held: number[] = [];
    const emulator = await emulatorWith(
      [
        { fault: 'latency', minMs: 10, maxMs: 10 },
        { fault: 'cut-after', afterMs: 40 },
      ],
      {
        clock: {
          ...moved,
          now: () => Date.now(),
          schedule: (ms, callback) => {
            held.push(ms);
            queueMicrotask(callback);
            return () => {};
          },
        },
      },
    );
    await expect(sendMessage(emulator.url)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(held).toEqual([50]);
  });
});

describe('a refusal by code', () => {
  it('uses the words of the rule where it has some', async () => {
    const emulator = await emulatorWith([{ fault: 'refuse', code: 'Odd.Code', message: 'so it is', http: 403 }]);
    expect(await sendMessage(emulator.url)).toEqual({
      status: 403,
      body: { Code: 'Odd.Code', Message: 'so it is', RequestId: expect.any(String) },
    });
    expect(emulator.stats()).toMatchObject({ refused: { 'Odd.Code': 1 }, throttled: 0 });
  });

  it('names an unknown code as a fault of the emulator', async () => {
    const emulator = await emulatorWith([{ fault: 'refuse', code: 'Odd.Code' }]);
    expect((await sendMessage(emulator.url)).body['Message']).toBe('Refused by a fault of the emulator.');
  });
});

describe('the choice of requests', () => {
  it('strikes the named numbers only, the first times only, and the named operation only', async () => {
    const emulator = await emulatorWith([
      { fault: 'refuse', code: '131026', numbers: ['8613800000001'] },
      { fault: 'error-503', numbers: ['8613800000002'], times: 2 },
      { fault: 'throttle', action: 'ListChatappTemplate' },
    ]);
    const codes: unknown[] = [];
    for (const To of ['8613800000001', '8613800000001', '8613800000003']) {
      codes.push((await sendMessage(emulator.url, { To })).body['Code']);
    }
    for (let time = 0; time < 3; time++) {
      codes.push((await sendMessage(emulator.url, { To: '8613800000002' })).body['Code']);
    }
    codes.push((await callService(emulator.url, { action: 'ListChatappTemplate' })).body['Code']);
    expect(codes).toEqual([
      '131026',
      '131026',
      'OK',
      'ServiceUnavailable',
      'ServiceUnavailable',
      'OK',
      'System.LimitControl',
    ]);
  });

  it('leaves requests alone that the gateway refuses', async () => {
    const emulator = await emulatorWith([{ fault: 'empty-body' }]);
    const { status, text } = await sendSigned(emulator.url, { form: orderShipped, secret: 'wrong' });
    expect([status, JSON.parse(text).Code]).toEqual([400, 'SignatureDoesNotMatch']);
    expect(emulator.stats().faults).toEqual({});
  });

  it('meets the same list with the same faults, in whatever order it arrives', async () => {
    const rules: readonly FaultRule[] = [
      { fault: 'refuse', code: '131026', share: 0.3 },
      { fault: 'throttle', share: '20%' },
    ];
    const addresses = Array.from({ length: 40 }, (_, index) => String(8613800000000 + index));
    const outcome = async (seed: number, order: readonly string[]) => {
      const emulator = await startEmulator({ ratePerSecond: 100_000, faults: rules, seed });
      const codes = await Promise.all(
        order.map(async (To) => [To, (await sendMessage(emulator.url, { To })).body['Code']] as const),
      );
      await emulator.close();
      return Object.fromEntries(codes.toSorted(([left], [right]) => left.localeCompare(right)));
    };
    const first = await outcome(7, addresses);
    expect(await outcome(7, addresses.toReversed())).toEqual(first);
    expect(await outcome(8, addresses)).not.toEqual(first);
    expect(new Set(Object.values(first))).toEqual(new Set(['OK', '131026', 'System.LimitControl']));
  });
});
