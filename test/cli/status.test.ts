import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startCli } from '../support/run-cli.ts';
import { eventOf, eventsOf, nothingDone, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(() => bench[Symbol.asyncDispose]());

const withoutPort = (text: string) => text.replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT');

describe('status', () => {
  it('shows how the newest run stands', async () => {
    await bench.run(['init', 'ten']);
    await bench.run(['send', 'ten/campaign.yaml', '--emulator', '--yes', '--limit', '4', '--run', 'runs/ten.run']);
    const status = await bench.run(['status']);
    expect(status).toMatchObject({ code: 0, stderr: '' });
    expect(withoutPort(status.stdout)).toBe(`order-shipped: runs/ten.run
stopped
account: key ****

 EMULATOR  nobody receives anything: messages go to http://127.0.0.1:PORT
accepted   4
rejected   0
unknown    0
skipped    0
invalid    0
unsent     6
────────────
rows read 10
`);
  });

  it('shows the pace while another process sends, and disturbs it in nothing', async () => {
    const args = ['send', 'order-shipped.yaml', '--emulator', '--yes', '--run', 'slow.run', '--rate', '40/s', '--json'];
    const sending = startCli(args, { cwd: bench.path });
    const seen = await statusOnceSending();
    expect(seen).toMatchObject({
      state: 'sending',
      perSecond: expect.any(Number),
      etaMs: expect.any(Number),
      balance: { rows: 400 },
    });
    const runs = await bench.run(['runs', '.', '--json']);
    expect(eventOf(runs, 'run')).toMatchObject({ run: 'slow.run', state: 'sending' });
    const second = await bench.run(['resume', 'slow.run', '--emulator', '--yes']);
    expect(second.code).toBe(11);
    sending.kill('SIGINT');
    const ended = await sending.ended;
    expect(ended.code).toBe(130);
    const { balance } = eventsOf(ended).at(-1) ?? {};
    const status = await bench.run(['status', 'slow.run', '--json']);
    expect(eventOf(status, 'status')).toMatchObject({ state: 'stopped', balance });
  }, 60_000);

  /** Asks until something has been accepted. */
  async function statusOnceSending(): Promise<Record<string, unknown>> {
    for (;;) {
      const status = await bench.run(['status', 'slow.run', '--json']);
      const begun = status.code === 0 && !/"accepted":0,/.test(status.stdout);
      if (begun) return eventOf(status, 'status');
    }
  }

  it('says where there is no run file', async () => {
    expect(await bench.run(['status'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'error: there is no run file in "runs"\nhint: name the run file, or make one with sendoff plan\n',
    });
    const missing = await bench.run(['status', 'nowhere.run', '--json']);
    expect(eventsOf(missing)).toEqual([
      {
        event: 'error',
        code: 'RUN_FILE_MISSING',
        message: 'there is no run file "nowhere.run"',
        hint: 'sendoff runs lists the run files of a folder',
      },
      { event: 'exit', code: 2, balance: null, run: 'nowhere.run' },
    ]);
  });
});

describe('runs', () => {
  it('lists the run files of a folder, the last changed first, and passes over what is none', async () => {
    await bench.run(['init', 'ten']);
    const send = ['send', 'ten/campaign.yaml', '--emulator', '--yes'];
    await bench.run([...send, '--run', 'runs/whole.run']);
    await bench.run([...send, '--run', 'runs/half.run', '--limit', '5']);
    await bench.run(['plan', 'mistakes.yaml', '--emulator', '--skip-invalid', '--run', 'runs/next.run']);
    await bench.write('runs/other.run', 'something else');

    const runs = await bench.run(['runs']);
    expect(runs.code).toBe(0);
    expect(
      runs.stdout.replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, 'TIME').replace(/ +/g, ' '),
    ).toBe(`run file planned state rows accepted rejected unknown unsent
runs/next.run TIME planned (EMULATOR) 20 0 0 0 5
runs/half.run TIME stopped (EMULATOR) 10 5 0 0 5
runs/whole.run TIME finished (EMULATOR) 10 10 0 0 0
`);
    expect(runs.stderr).toBe('"runs/other.run" is not a run file\n');

    const events = eventsOf(await bench.run(['runs', '--json']));
    expect(events.map(({ run, state }) => [run, state])).toEqual([
      ['runs/next.run', 'planned'],
      ['runs/half.run', 'stopped'],
      ['runs/whole.run', 'finished'],
      [null, undefined],
    ]);
    expect(events[2]).toMatchObject({ balance: { ...nothingDone, rows: 10, accepted: 10 } });
  });

  it('finds none in a folder that is not there', async () => {
    expect(await bench.run(['runs', 'nowhere'])).toMatchObject({
      code: 0,
      stdout: 'no run files in "nowhere"\n',
      stderr: '',
    });
  });
});
