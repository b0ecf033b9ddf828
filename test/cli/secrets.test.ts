/** What must never be told: secrets anywhere, message text in logs, whole addresses on a screen. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type EmulatorProcess, emulatorEnv, openEmulatorProcess } from '../support/emulator-process.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;
let emulator: EmulatorProcess;

beforeEach(async () => {
  bench = await openWorkbench();
  await bench.run(['init', 'ten']);
  emulator = await openEmulatorProcess({
    folder: bench.path,
    faults: [
      { fault: 'refuse', code: '131026', numbers: ['8613800000103'] },
      { fault: 'throttle', numbers: ['8613800000105'], times: 1 },
    ],
  });
});
afterEach(async () => {
  await emulator[Symbol.asyncDispose]();
  await bench[Symbol.asyncDispose]();
});

const secret = emulatorEnv.ALIBABA_CLOUD_ACCESS_KEY_SECRET;
it('keeps secrets, message text and addresses out of streams, logs and the run file', async () => {
  const env = emulatorEnv;
  const more = ['--endpoint', emulator.url, '--log-level', 'debug'];
  const outputs = [
    await bench.run(['check', 'ten/campaign.yaml', ...more], { env }),
    await bench.run(['plan', 'ten/campaign.yaml', '--run', 'ten.run', ...more], { env }),
    await bench.run(['send', 'ten.run', '--yes', '--results', 'results.csv', ...more, '--json'], { env }),
    await bench.run(['retry', 'ten.run', '--code', '131026', '--yes', ...more], { env }),
    await bench.run(['status', 'ten.run', '--log-level', 'debug']),
    await bench.run(['report', 'ten.run', '--log-level', 'debug']),
  ];
  const [, , send] = outputs;
  expect(send?.code).toBe(6);

  // The log is there, and names a recipient by the masked number only.
  expect(send?.stderr).toMatch(/"recipient":"86138\*\*\*\*0101".*"msg":"accepted"/);
  expect(send?.stderr).toMatch(/"recipient":"86138\*\*\*\*0103".*"code":"131026".*"msg":"rejected"/);
  expect(send?.stderr).toMatch(/"recipient":"86138\*\*\*\*0105".*"msg":"throttled"/);

  const said = outputs.map(({ stdout, stderr }) => stdout + stderr).join('\n');
  const logged = outputs.map(({ stderr }) => stderr).join('\n');
  const kept = (await bench.read('ten.run')) + (await bench.read('results.csv'));
  expect(said).not.toContain(secret);
  expect(kept).not.toContain(secret);
  for (const words of ['left our warehouse', 'A-1001', 'Emeka']) expect(logged).not.toContain(words);
  expect(kept).toContain('8613800000101');
}, 60_000);

it.each([
  ['key secret', { ALIBABA_CLOUD_ACCESS_KEY_ID: 'emulator', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'mistyped-9c1e' }],
  ['security token', { ...emulatorEnv, ALIBABA_CLOUD_SECURITY_TOKEN: 'mistyped-9c1e' }],
])('tells of a wrong %s what to do, not what it is', async (_what, env) => {
  const send = await bench.run(
    ['send', 'ten/campaign.yaml', '--endpoint', emulator.url, '--yes', '--run', 'ten.run', '--log-level', 'debug'],
    { env },
  );
  expect(send.code).toBe(4);
  expect(send.stderr).toMatch(/^error: the service refuses: .+\nhint: .+\n$/);
  expect(send.stdout + send.stderr).not.toContain('mistyped-9c1e');
  expect((await bench.newFiles()).filter((name) => name.startsWith('ten.run'))).toEqual([]);
});
