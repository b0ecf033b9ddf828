import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emulatorBanner } from '../../src/emulator/banner.ts';
import { EmulatorOptionError } from '../../src/emulator/emulator-option-error.ts';
import { startEmulator } from '../../src/emulator/server.ts';
import { sampleTemplates } from '../../src/emulator/templates.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { sendMessage, sendSigned } from './support/signed-request.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sendoff-emulator-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const readLog = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

describe('the log file', () => {
  it('has a message before its request is answered, readable by nobody else', async () => {
    const logFile = join(folder, 'accepted.jsonl');
    const emulator = await startEmulator({ logFile });
    await sendMessage(emulator.url);
    expect(readLog(logFile)).toEqual(emulator.accepted());
    expect(statSync(logFile).mode & 0o777).toBe(0o600);
    await emulator.close();
  });

  it('has a message whose caller left without waiting', async () => {
    const logFile = join(folder, 'accepted.jsonl');
    const emulator = await startEmulator({ logFile, faults: [{ fault: 'cut-after' }] });
    await expect(sendMessage(emulator.url)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(readLog(logFile)).toMatchObject([{ number: 1, to: '8613800000001' }]);
    await emulator.close();
  });

  it('leaves out what was refused, and goes on where an earlier emulator ended', async () => {
    const logFile = join(folder, 'accepted.jsonl');
    for (const To of ['8613800000001', '8613800000002']) {
      const emulator = await startEmulator({ logFile });
      await sendMessage(emulator.url, { To });
      await sendMessage(emulator.url, { To: 'nobody' });
      await emulator.close();
    }
    const ids = readLog(logFile).map(({ to, messageId }) => [to, messageId]);
    expect(ids.map(([to]) => to)).toEqual(['8613800000001', '8613800000002']);
    expect(new Set(ids.map(([, id]) => id)).size).toBe(2);
  });
});

describe('a connection', () => {
  it('is kept for the next request', async () => {
    const emulator = await startEmulator();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const sockets = new Set<unknown>();
    const ask = () =>
      new Promise<void>((resolve, reject) => {
        const asking = request(`${emulator.url}/_emulator/stats`, { agent }, (response) => {
          expect(response.headers['keep-alive']).toBeUndefined();
          response.resume().on('end', resolve);
        });
        asking.on('socket', (socket) => sockets.add(socket)).on('error', reject);
        asking.end();
      });
    for (let time = 0; time < 5; time++) await ask();
    expect(sockets.size).toBe(1);
    agent.destroy();
    await emulator.close();
  });

  it('carries the whole of a long query', async () => {
    const emulator = await startEmulator();
    const { status } = await sendSigned(emulator.url, { query: { Content: '你'.repeat(4000) } });
    expect(status).toBe(400);
    await emulator.close();
  });
});

describe('a caller who leaves', () => {
  it('in the middle of a request is not taken to have made it', async () => {
    const emulator = await startEmulator();
    const { promise: gone, resolve } = Promise.withResolvers<void>();
    const socket = connect(emulator.port, '127.0.0.1', () => {
      socket.write('POST / HTTP/1.1\r\nhost: x\r\nx-acs-action: SendChatappMessage\r\ncontent-length: 10\r\n\r\nTo=1');
    });
    socket.on('close', () => resolve());
    while (emulator.stats().sends === 0) await sendSigned(emulator.url, { path: '/_emulator/stats', method: 'GET' });
    socket.destroy();
    await gone;
    expect((await sendMessage(emulator.url)).body['Code']).toBe('OK');
    expect(emulator.stats()).toMatchObject({ sends: 2, accepted: 1, refused: {} });
    await emulator.close();
  });

  it('before the answer is due leaves no timer behind', async () => {
    const moved = fakeClock();
    const cancelled: string[] = [];
    const emulator = await startEmulator({
      latencyMs: { min: 50, max: 50 },
      clock: { ...moved, now: () => Date.now(), schedule: () => () => cancelled.push('answer') },
    });
    const asking = sendMessage(emulator.url).catch((error: { code?: string }) => error.code);
    while (emulator.accepted().length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(cancelled).toEqual([]);
    await emulator.close();
    expect([await asking, cancelled]).toEqual(['ECONNRESET', ['answer']]);
  });
});

describe('starting', () => {
  it('takes a free port of the loopback address', async () => {
    const emulator = await startEmulator();
    expect(emulator.url).toBe(`http://127.0.0.1:${emulator.port}`);
    expect(emulator.port).toBeGreaterThan(0);
    await emulator.close();
  });

  it('refuses a port that is taken, and says what to do', async () => {
    const first = await startEmulator();
    const second = startEmulator({ port: first.port, logFile: join(folder, 'log') });
    await expect(second).rejects.toMatchObject({
      name: 'EmulatorOptionError',
      message: `cannot listen on port ${first.port}: it is taken`,
      hint: 'name another port, or 0 for any that is free',
    });
    await first.close();
  });

  it('refuses a log file that cannot be', async () => {
    const logFile = join(folder, 'nowhere', 'log');
    await expect(startEmulator({ logFile })).rejects.toMatchObject({
      message: `cannot write the log "${logFile}"`,
      hint: 'name a file in a folder that exists',
    });
  });

  it.each([
    [{ port: 70_000 }, 'emulator: port must be 0 to 65535'],
    [{ ratePerSecond: 0 }, 'emulator: ratePerSecond must be at least 1'],
    [{ ratePerSecond: 2.5 }, 'emulator: ratePerSecond must be a whole number'],
    [{ latencyMs: { min: 20, max: 10 } }, 'emulator: latencyMs.max must not be below min'],
    [{ massPerSecond: 0 }, 'emulator: massPerSecond must be at least 1'],
    [{ closedWindows: 1.5 }, 'emulator: closedWindows must be a share from 0 to 1'],
    [{ failLater: { share: -1 } }, 'emulator: failLater.share must be a share from 0 to 1'],
    [{ seed: 0.5 }, 'emulator: seed must be a whole number'],
    [
      { faults: [{ fault: 'cut-after' as const, share: 2 }] },
      'emulator: faults[0].share must be a share from 0 to 1, or a percentage such as 5%',
    ],
  ])('refuses %j', async (options, message) => {
    await expect(startEmulator(options)).rejects.toThrow(new EmulatorOptionError(message));
  });

  it('takes other credentials and templates', async () => {
    const [sample] = sampleTemplates;
    if (sample === undefined) throw new Error('there is a first sample');
    const emulator = await startEmulator({
      credentials: { accessKeyId: 'other', accessKeySecret: 'other-secret' },
      templates: [{ ...sample, TemplateCode: 'fresh', Name: 'fresh' }],
    });
    expect((await sendMessage(emulator.url)).body['Code']).toBe('InvalidAccessKeyId.NotFound');
    const { text } = await sendSigned(emulator.url, {
      action: 'GetChatappTemplateDetail',
      keyId: 'other',
      secret: 'other-secret',
      query: { TemplateCode: 'fresh', Language: 'en' },
    });
    expect(JSON.parse(text)).toMatchObject({ Code: 'OK', Data: { TemplateCode: 'fresh' } });
    await emulator.close();
  });
});

describe('the banner', () => {
  it('says that nothing leaves this machine, and how to be let in', () => {
    expect(emulatorBanner('http://127.0.0.1:4000')).toBe(
      [
        'EMULATOR at http://127.0.0.1:4000: nothing leaves this machine, nobody gets a message',
        'its credentials, for another shell:',
        '  export ALIBABA_CLOUD_ACCESS_KEY_ID=emulator',
        '  export ALIBABA_CLOUD_ACCESS_KEY_SECRET=emulator-secret',
        'then add to any command: --endpoint http://127.0.0.1:4000',
      ].join('\n'),
    );
  });
});
