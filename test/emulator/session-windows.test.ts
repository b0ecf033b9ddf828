import { afterEach, describe, expect, it } from 'vitest';
import { realClock } from '../../src/emulator/emulator-clock.ts';
import type { EmulatorOptions } from '../../src/emulator/emulator-options.ts';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { callService, sendMessage } from './support/signed-request.ts';

let emulator: Emulator | undefined;
afterEach(() => emulator?.close());

async function start(options: EmulatorOptions = {}): Promise<string> {
  emulator = await startEmulator({ ratePerSecond: 100_000, ...options });
  return emulator.url;
}

async function text(url: string, To: string, more: Record<string, string> = {}): Promise<unknown> {
  const free = { Type: 'message', TemplateCode: '', Language: '', TemplateParams: '', MessageType: 'text' };
  return (await sendMessage(url, { ...free, Content: '{"text":"hello"}', To, ...more })).body['Code'];
}

async function tell(url: string, path: string, body: object, type = 'application/json') {
  const answer = await fetch(`${url}/_emulator/${path}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: JSON.stringify(body),
  });
  return [answer.status, await answer.json()];
}

const ann = '8613800000001';
const bob = '8613800000002';

describe('a session window', () => {
  it('is open for everybody unless it is told otherwise', async () => {
    expect(await text(await start(), ann)).toBe('OK');
  });

  it('refuses free-form messages to one person once it is closed, and is opened again', async () => {
    const url = await start();
    expect(await tell(url, 'windows', { to: ann, open: false })).toEqual([200, { to: ann, open: false }]);
    expect([await text(url, ann), await text(url, bob)]).toEqual(['SessionWindowExpired', 'OK']);
    await tell(url, 'windows', { to: ann, open: true });
    expect(await text(url, ann)).toBe('OK');
    expect(emulator?.stats().refused).toEqual({ SessionWindowExpired: 1 });
  });

  it('never refuses a template, and is not opened by one', async () => {
    const url = await start({ closedWindows: 1 });
    expect((await sendMessage(url, { To: ann })).body['Code']).toBe('OK');
    expect(await text(url, ann)).toBe('SessionWindowExpired');
  });

  it('is one of WhatsApp: other channels have none here', async () => {
    const url = await start({ closedWindows: 1 });
    expect([
      await text(url, ann, { ChannelType: 'viber' }),
      await text(url, ann, { ChannelType: 'messenger' }),
      await text(url, ann, { ChannelType: 'instagram' }),
    ]).toEqual(['OK', 'OK', 'OK']);
  });

  it('comes after the faults of the message itself', async () => {
    const url = await start({ closedWindows: 1 });
    expect(await text(url, ann, { Content: '{}' })).toBe('InvalidParameter.TextNotEmpty');
  });

  it('is closed for a share of people, always the same ones of a seed', async () => {
    const people = Array.from({ length: 60 }, (_, index) => String(8613800000000 + index));
    const closedFor = async (seed: number) => {
      const url = await start({ closedWindows: 0.4, seed });
      const codes = await Promise.all(people.map(async (to) => [to, await text(url, to)] as const));
      await emulator?.close();
      return codes.filter(([, code]) => code === 'SessionWindowExpired').map(([to]) => to);
    };
    const first = await closedFor(7);
    expect(first.length).toBeGreaterThan(12);
    expect(first.length).toBeLessThan(36);
    expect(await closedFor(7)).toEqual(first);
    expect(await closedFor(8)).not.toEqual(first);
  });

  it('is opened by a message of the person, for 24 hours of the clock', async () => {
    let now = Date.UTC(2026, 10, 21, 12);
    const url = await start({ closedWindows: 1, clock: { ...realClock, now: () => now } });
    const free = { ChannelType: 'whatsapp', Type: 'message', From: '8613867404376', MessageType: 'text' };
    const send = async (To: string) => {
      const headers = { 'x-acs-date': `${new Date(now).toISOString().slice(0, 19)}Z` };
      return (await callService(url, { headers, form: { ...free, To, Content: '{"text":"hello"}' } })).body['Code'];
    };
    const openUntil = '2026-11-22T12:00:00.000Z';
    expect(await tell(url, 'inbound', { from: ann })).toEqual([200, { from: ann, openUntil }]);
    const codes = [await send(ann), await send(bob)];
    now = Date.parse(openUntil) - 1;
    codes.push(await send(ann));
    now += 1;
    codes.push(await send(ann));
    expect(codes).toEqual(['OK', 'SessionWindowExpired', 'OK', 'SessionWindowExpired']);
  });

  it.each<[path: string, body: object, error: RegExp, type?: string]>([
    ['windows', { to: ann }, /^open must be true or false$/],
    ['windows', { to: 8613800000001, open: true }, /^to must be an address as text$/],
    ['windows', { to: '', open: true }, /^to must not be empty$/],
    ['windows', { to: ann, open: true, forever: true }, /^unknown key "forever"$/],
    ['windows', { to: ann, open: true }, /^send the change as application\/json$/, 'text/plain'],
    ['inbound', { to: ann }, /^from must be an address as text$/],
  ])('%s refuses %j', async (path, body, error, type) => {
    expect(await tell(await start(), path, body, type)).toEqual([400, { error: expect.stringMatching(error) }]);
  });
});
