import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmulatorThread } from '../../src/emulator/emulator-thread.ts';
import { startEmulator } from '../../src/emulator/server.ts';
import { sendMessage } from './support/signed-request.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sendoff-emulator-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const threadModule = new URL('../../src/emulator/emulator-thread.ts', import.meta.url).href;

/** A program of its own that runs `script` after starting a thread as `emulator`. */
const program = (options: object, script: string) => [
  '--input-type=module',
  '--eval',
  `import { startEmulatorThread } from ${JSON.stringify(threadModule)};
   const emulator = await startEmulatorThread(${JSON.stringify(options)});
   ${script}`,
];

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    child.once('exit', () => reject(new Error('the program ended without a word')));
  });
}

describe('an emulator in a thread', () => {
  it('serves, and answers for its counts, to several callers at once', async () => {
    const emulator = await startEmulatorThread();
    const answers = await Promise.all([sendMessage(emulator.url), sendMessage(emulator.url, { To: '8613800000002' })]);
    expect(answers.map(({ body }) => body['Code'])).toEqual(['OK', 'OK']);
    const [first, second] = await Promise.all([emulator.stats(), emulator.stats()]);
    expect(first).toMatchObject({ sends: 2, accepted: 2, recipients: 2, duplicates: 0 });
    expect(second).toEqual(first);
    await emulator.close();
  });

  it('refuses connections and questions once it is closed', async () => {
    const emulator = await startEmulatorThread();
    await emulator.close();
    await expect(sendMessage(emulator.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(emulator.stats()).rejects.toThrow('the emulator thread has ended');
  });

  it('fails to start as the server itself does', async () => {
    const taken = await startEmulator();
    await expect(startEmulatorThread({ port: taken.port })).rejects.toMatchObject({
      name: 'EmulatorOptionError',
      message: `cannot listen on port ${taken.port}: it is taken`,
      hint: 'name another port, or 0 for any that is free',
    });
    await taken.close();
  });

  it('does not keep a program alive that has nothing left to do, yet answers one that waits for it', async () => {
    const script = 'console.log((await emulator.stats()).requests);';
    const { stdout } = await promisify(execFile)(process.execPath, program({}, script));
    expect(stdout).toBe('0\n');
  });

  it('leaves a whole log behind when its process is killed', async () => {
    const logFile = join(folder, 'accepted.jsonl');
    const options = { logFile, faults: [{ fault: 'hang-after', numbers: ['8613800000002'] }] };
    const child = spawn(process.execPath, program(options, 'console.log(emulator.url); setInterval(() => {}, 1000);'));
    const url = await firstLine(child);
    await sendMessage(url);
    const hanging = sendMessage(url, { To: '8613800000002' }).catch((error: { code?: string }) => error.code);
    while (readFileSync(logFile, 'utf8').split('\n').length < 3) await sendMessage(url, { To: 'nobody' });
    child.kill('SIGKILL');
    expect(await hanging).toBe('ECONNRESET');
    const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).to)).toEqual(['8613800000001', '8613800000002']);
  });

  it('stands up from the built program', async () => {
    const built = new URL('../../dist/emulator/emulator-thread.js', import.meta.url).href;
    const script = `import { startEmulatorThread } from ${JSON.stringify(built)};
      const emulator = await startEmulatorThread(); console.log((await emulator.stats()).requests);`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
    expect(stdout).toBe('0\n');
  });
});
