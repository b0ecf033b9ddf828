import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventsOf, nothingDone, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(() => bench[Symbol.asyncDispose]());

it('writes a campaign and a list that run as they are', async () => {
  expect(await bench.run(['init', 'demo'])).toMatchObject({
    code: 0,
    stdout: 'wrote demo/campaign.yaml\nwrote demo/recipients.csv\n',
    stderr: 'try it without an account: sendoff send demo/campaign.yaml --emulator\n',
  });
  expect(await bench.newFiles()).toEqual(['demo', 'demo/campaign.yaml', 'demo/recipients.csv']);

  const check = await bench.run(['check', 'demo/campaign.yaml', '--emulator']);
  expect(check).toMatchObject({ code: 0, stdout: '10 rows read, 10 messages to send\n', stderr: '' });
  expect(await bench.run(['preview', 'demo/campaign.yaml', '--emulator'])).toMatchObject({ code: 0, stderr: '' });
  const plan = await bench.run(['plan', 'demo/campaign.yaml', '--emulator', '--run', 'demo.run']);
  expect(plan).toMatchObject({ code: 0, stderr: 'to hand it over: sendoff send demo.run --emulator\n' });
  const send = await bench.run(['send', 'demo.run', '--emulator', '--yes', '--json']);
  expect(send.code).toBe(0);
  expect(eventsOf(send).at(-1)).toEqual({
    event: 'exit',
    code: 0,
    balance: { ...nothingDone, rows: 10, accepted: 10 },
    run: 'demo.run',
  });
}, 60_000);

it('overwrites nothing', async () => {
  await bench.write('recipients.csv', 'mine\n');
  expect(await bench.run(['init'])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'error: there already: "recipients.csv"\nhint: nothing was written; name another folder\n',
  });
  expect(await bench.read('recipients.csv')).toBe('mine\n');
  expect(await bench.newFiles()).toEqual([]);
});

it('says as events what it wrote, and also that it could not', async () => {
  const first = await bench.run(['init', 'demo', '--json']);
  expect(eventsOf(first)).toEqual([
    { event: 'init', files: ['demo/campaign.yaml', 'demo/recipients.csv'] },
    { event: 'exit', code: 0, balance: null, run: null },
  ]);
  const second = await bench.run(['init', 'demo', '--json']);
  expect(eventsOf(second)).toEqual([
    {
      event: 'error',
      code: 'INIT_FAILED',
      message: 'there already: "demo/campaign.yaml", "demo/recipients.csv"',
      hint: 'nothing was written; name another folder',
    },
    { event: 'exit', code: 2, balance: null, run: null },
  ]);
});
