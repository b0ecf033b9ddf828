import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventOf, eventsOf, nothingDone, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(() => bench[Symbol.asyncDispose]());

const flags = ['--from', '8613867404376', '--to', 'phone', '--template', 'order_shipped', '--language', 'en'];

/** As many people of the samples, with columns named like the variables. */
async function listOf(rows: number): Promise<string> {
  const people = (await bench.read('recipients.csv')).split('\n').slice(1, rows + 1);
  return ['phone,name,code,date', ...people, ''].join('\n');
}

async function writeFaults(...faults: readonly Record<string, unknown>[]): Promise<void> {
  await bench.write('bad-day.yaml', JSON.stringify({ faults }));
}

const accepted = (rows: number) => ({ ...nothingDone, rows, accepted: rows });

describe('send', () => {
  it('plans, hands over and reports a campaign', async () => {
    await bench.write('list.csv', await listOf(12));
    const send = await bench.run([
      ...['send', 'list.csv', ...flags, '--emulator', '--yes', '--run', 'list.run', '--results', 'results.csv'],
      ...['--sender-rate', '80/s'],
    ]);
    expect(send.code).toBe(0);
    expect(send.stdout.slice(send.stdout.lastIndexOf('accepted'))).toBe(`accepted  12
rejected   0
unknown    0
skipped    0
invalid    0
unsent     0
────────────
rows read 12
`);
    expect(send.stdout.match(/ EMULATOR {2}nobody receives anything/g)).toHaveLength(2);
    expect(send.stderr).toMatch(/^EMULATOR: 0 of 12 \(0%\).*\nresults: results\.csv\n$/);
    expect(await bench.newFiles()).toEqual(['list.csv', 'list.run', 'results.csv']);
    for (const file of ['list.run', 'results.csv']) {
      expect((await stat(join(bench.path, file))).mode & 0o777).toBe(0o600);
    }
    const results = await bench.read('results.csv');
    expect(results.split('\r\n')).toHaveLength(12 + 2);
    expect(results).toContain('8613800104729,Ann,A-1001,2026-11-23,2,8613800104729,accepted,emulated-');
  });

  it('leaves invalid rows out where it may, in whatever language they are', async () => {
    const send = await bench.run([
      ...['send', 'mistakes.yaml', '--emulator', '--skip-invalid', '--yes', '--run', 'some.run', '--json'],
    ]);
    expect(send.code).toBe(0);
    expect(eventsOf(send).at(-1)).toEqual({
      event: 'exit',
      code: 0,
      balance: { ...nothingDone, rows: 20, accepted: 5, skipped: 1, invalid: 14 },
      run: 'some.run',
    });
  });

  it('takes a list from standard input', async () => {
    const send = await bench.run(
      ['send', '-', '--format', 'csv', ...flags, '--emulator', '--yes', '--run', 'input.run', '--json'],
      { stdin: await listOf(5) },
    );
    expect(eventsOf(send).at(-1)).toEqual({ event: 'exit', code: 0, balance: accepted(5), run: 'input.run' });
  });

  it('hands over what plan froze, having shown it again with its first message', async () => {
    await bench.write('list.csv', await listOf(3));
    const plan = await bench.run(['plan', 'list.csv', ...flags, '--emulator', '--run', 'list.run']);
    const send = await bench.run(['send', 'list.run', '--emulator', '--yes']);
    expect(send.code).toBe(0);
    const planned = plan.stdout.slice(plan.stdout.indexOf('plan of list'));
    expect(send.stdout).toContain(planned.slice(0, planned.indexOf('  service ')));
    expect(send.stdout).toContain(planned.slice(planned.indexOf('first message, to 86138****4729:')));
  });

  it('goes by another pace where it is told so', async () => {
    await bench.write('list.csv', await listOf(3));
    await bench.run(['plan', 'list.csv', ...flags, '--emulator', '--run', 'list.run']);
    const send = await bench.run(['send', 'list.run', '--emulator', '--yes', '--rate', '40/s']);
    expect(send.code).toBe(0);
    expect(send.stdout).toContain('  time        under 1 s at 40/s\n');
  });

  it('finishes with 6 for rows that failed for good, and groups the causes', async () => {
    await bench.write('list.csv', await listOf(6));
    await writeFaults({ fault: 'refuse', code: '131026', numbers: ['8613800104729', '8613800128486'] });
    const send = await bench.run(['send', 'list.csv', ...flags, '--faults', 'bad-day.yaml', '--yes', '--run', 'x.run']);
    expect(send.code).toBe(6);
    expect(send.stdout.slice(send.stdout.indexOf('2 rejected'))).toBe(`2 rejected: 131026
  The message cannot be delivered: number not on WhatsApp, terms not accepted,
  or an outdated client.
  fix: Verify the number, then use SMS for this recipient.
  rows: 2, 5
`);
  });

  it('finishes with 5 where a retry may help, and names the command', async () => {
    await bench.write('list.csv', await listOf(4));
    await writeFaults({ fault: 'refuse', code: '131049', numbers: ['8613800104729'] });
    const send = await bench.run(['send', 'list.csv', ...flags, '--faults', 'bad-day.yaml', '--yes', '--run', 'x.run']);
    expect(send.code).toBe(5);
    expect(send.stdout).toMatch(/\n {2}may be tried again from \d{4}-\d\d-\d\d \d\d:\d\d UTC\n/);
    expect(send.stdout.endsWith('\nto go on: sendoff retry x.run --emulator\n')).toBe(true);
  });

  it('stops where the service refuses the account, and says what to do and how to go on', async () => {
    await bench.write('list.csv', await listOf(8));
    await writeFaults({ fault: 'refuse', code: 'Product.Unsubscript' });
    const send = await bench.run([
      ...['send', 'list.csv', ...flags, '--faults', 'bad-day.yaml', '--yes', '--run', 'x.run', '--concurrency', '1'],
      '--json',
    ]);
    expect(send.code).toBe(7);
    expect(send.stderr).toContain('stopped: the service refuses the account: Product.Unsubscript: ');
    expect(eventOf(send, 'stopped')).toMatchObject({
      reason: { kind: 'refused', refusal: { code: 'Product.Unsubscript', scope: 'account' } },
    });
    expect(eventsOf(send).at(-1)).toEqual({
      event: 'exit',
      code: 7,
      balance: { ...nothingDone, rows: 8, unsent: 8 },
      run: 'x.run',
    });
  });

  it('stops where too many fail', async () => {
    await bench.write('list.csv', await listOf(20));
    await writeFaults({ fault: 'refuse', code: '131026' });
    const send = await bench.run([
      ...['send', 'list.csv', ...flags, '--faults', 'bad-day.yaml', '--yes', '--run', 'x.run', '--concurrency', '1'],
      ...['--stop-after', '3'],
    ]);
    expect(send.code).toBe(8);
    expect(send.stderr).toContain(
      'stopped: 3 of 3 answers were failures\nhint: look at the causes below; --stop-after changes the threshold\n',
    );
    expect(send.stdout.endsWith('\nto go on: sendoff resume x.run --emulator\n')).toBe(true);
  });
});

describe('confirming', () => {
  it('is asked for by flag where there is no terminal, and the plan is kept', async () => {
    await bench.write('list.csv', await listOf(3));
    const send = await bench.run(['send', 'list.csv', ...flags, '--emulator', '--run', 'list.run']);
    expect(send).toMatchObject({
      code: 2,
      stderr: `error: nothing was handed over: there is no terminal to confirm on
hint: confirm with --yes: sendoff send list.run --emulator --yes
`,
    });
    const status = await bench.run(['status', 'list.run', '--json']);
    expect(eventOf(status, 'status')).toMatchObject({
      state: 'planned',
      balance: { ...nothingDone, rows: 3, unsent: 3 },
    });
  });

  it('is not needed where there is nothing to hand over', async () => {
    await bench.write('list.csv', await listOf(3));
    const first = ['send', 'list.csv', ...flags, '--emulator', '--run', 'list.run'];
    expect((await bench.run([...first, '--yes'])).code).toBe(0);
    expect(await bench.run(first)).toMatchObject({ code: 0, stderr: 'nothing to hand over\n' });
    expect(await bench.run([...first, '--error-on-nothing'])).toMatchObject({ code: 9 });
  });
});

describe('a dry run', () => {
  it('does everything but the requests, and leaves nothing', async () => {
    await bench.write('list.csv', await listOf(7));
    const send = await bench.run(['send', 'list.csv', ...flags, '--emulator', '--dry-run', '--json']);
    expect(send.code).toBe(0);
    expect(send.stderr).toContain('dry run: 7 messages would have been handed over; nothing left this machine\n');
    expect(eventsOf(send).at(-1)).toEqual({
      event: 'exit',
      code: 0,
      balance: { ...nothingDone, rows: 7, unsent: 7 },
      run: null,
    });
    expect(await bench.newFiles()).toEqual(['list.csv']);
  });

  it('of a run file leaves it as it was', async () => {
    await bench.write('list.csv', await listOf(7));
    await bench.run(['plan', 'list.csv', ...flags, '--emulator', '--run', 'list.run']);
    const dry = await bench.run(['send', 'list.run', '--emulator', '--dry-run', '--limit', '2']);
    expect(dry.stderr).toContain('dry run: 2 messages would have been handed over; nothing left this machine\n');
    const status = await bench.run(['status', 'list.run', '--json']);
    expect(eventOf(status, 'status')).toMatchObject({
      state: 'planned',
      balance: { ...nothingDone, rows: 7, unsent: 7 },
    });
  });
});

describe('a part of a list', () => {
  it('goes by --limit, then by --only, then the rest by resume', async () => {
    await bench.write('list.csv', await listOf(9));
    const first = await bench.run([
      ...['send', 'list.csv', ...flags, '--emulator', '--yes', '--run', 'list.run', '--limit', '2', '--json'],
    ]);
    expect(eventsOf(first).at(-1)).toMatchObject({ code: 0, balance: { rows: 9, accepted: 2, unsent: 7 } });

    const only = ['send', 'list.run', '--emulator', '--yes', '--only', '+86 138 0016 0162', '--json'];
    const second = await bench.runRevealing(only);
    expect(eventsOf(second).at(-1)).toMatchObject({ code: 0, balance: { rows: 9, accepted: 3, unsent: 6 } });

    const resume = await bench.run(['resume', 'list.run', '--emulator']);
    expect(resume.stdout.split('\n')[0]).toBe('3 done, 6 left, 0 unknown');
    expect(resume.code).toBe(0);

    const report = await bench.runRevealing(['report', 'list.run', '--jsonl']);
    const rows = report.stdout.split('\n').slice(0, -1);
    // As JSON lines are written, one object a row.
    const attempts = rows.map((line) => (JSON.parse(line) as Record<string, unknown>)['sendoff_attempts']);
    expect(attempts).toEqual(Array.from({ length: 9 }, () => 1));
  });
});

describe('the same run file again', () => {
  it('goes on with the same campaign and list, at the pace they ask for now', async () => {
    await bench.write('list.csv', await listOf(6));
    const send = ['send', 'list.csv', ...flags, '--emulator', '--yes', '--run', 'daily.run', '--json'];
    expect((await bench.run([...send, '--limit', '4'])).code).toBe(0);
    const again = await bench.run([...send, '--rate', '40/s']);
    expect(eventOf(again, 'plan')).toMatchObject({
      plan: { campaign: { send: { rate: { count: 40, perMs: 1000 } } } },
    });
    expect(eventsOf(again).at(-1)).toEqual({ event: 'exit', code: 0, balance: accepted(6), run: 'daily.run' });
  });

  it('is refused with another list', async () => {
    await bench.write('list.csv', await listOf(6));
    const send = ['send', 'list.csv', ...flags, '--emulator', '--yes', '--run', 'daily.run'];
    await bench.run([...send, '--limit', '4']);
    await bench.write('list.csv', await listOf(7));
    expect(await bench.run(send)).toMatchObject({
      code: 10,
      stdout: '',
      stderr: `error: the run file exists and holds another list
hint: choose another --run, or go on with what it holds: sendoff resume <run file>
`,
    });
  });

  it('is refused once the list it was planned from has changed', async () => {
    await bench.write('list.csv', await listOf(6));
    await bench.run(['plan', 'list.csv', ...flags, '--emulator', '--run', 'list.run']);
    await bench.write('list.csv', await listOf(5));
    expect(await bench.run(['send', 'list.run', '--emulator', '--yes'])).toMatchObject({
      code: 10,
      stdout: '',
      stderr: `error: the list "list.csv" has changed since it was planned
hint: nothing was handed over; check the change and make a new plan
`,
    });
  });

  it('never goes elsewhere than it was planned for', async () => {
    await bench.write('list.csv', await listOf(2));
    await bench.run(['plan', 'list.csv', ...flags, '--emulator', '--run', 'list.run']);
    const send = await bench.run(['send', 'list.run', '--yes'], {
      env: { ALIBABA_CLOUD_ACCESS_KEY_ID: 'id', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'secret' },
    });
    expect(send).toMatchObject({
      code: 10,
      stdout: '',
      stderr: `error: this run was planned on the emulator and cannot go to the real service
hint: go on with --emulator, or plan it again for the real service
`,
    });
  });
});

describe('a run file and flags', () => {
  const refused: readonly [readonly string[], string][] = [
    [
      ['--max-messages', '5'],
      'error: --max-messages: a run file is planned already\nhint: leave the flag out, or name the campaign to plan it again\n',
    ],
    [
      ['--skip-invalid'],
      'error: --skip-invalid: a run file is planned already\nhint: leave the flag out, or name the campaign to plan it again\n',
    ],
    [
      ['--from', '8613867404377'],
      'error: --from: a run file holds its words and its list as they were planned\nhint: leave the flag out, or make a new plan\n',
    ],
    [
      ['--template', 'spring_sale'],
      'error: --template: a run file holds its words and its list as they were planned\nhint: leave the flag out, or make a new plan\n',
    ],
  ];
  it.each(refused)('that it cannot heed are refused before anything is asked: %j', async (more, told) => {
    await bench.write('list.csv', await listOf(2));
    await bench.run(['plan', 'list.csv', ...flags, '--emulator', '--run', 'list.run']);
    const send = await bench.runRevealing(['send', 'list.run', '--emulator', '--yes', ...more]);
    expect(send).toMatchObject({ code: 2, stdout: '', stderr: told });
  });
});

it('says little with --quiet, and all that matters', async () => {
  await bench.write('list.csv', await listOf(4));
  await writeFaults({ fault: 'refuse', code: '131026' });
  const send = await bench.run([
    ...['send', 'list.csv', ...flags, '--faults', 'bad-day.yaml', '--yes', '--run', 'x.run', '--quiet'],
    ...['--results', 'results.csv', '--stop-after', '1', '--concurrency', '1'],
  ]);
  expect(send).toMatchObject({
    code: 8,
    stderr:
      'stopped: 1 of 1 answers were failures\nhint: look at the causes below; --stop-after changes the threshold\n',
  });
  expect((await bench.read('results.csv')).split('\r\n')).toHaveLength(4 + 2);
});

it('reports progress as events, at least at the start', async () => {
  await bench.write('list.csv', await listOf(4));
  const send = await bench.run([...['send', 'list.csv', ...flags, '--emulator', '--yes', '--run', 'x.run', '--json']]);
  expect(eventOf(send, 'progress')).toEqual({
    event: 'progress',
    emulated: true,
    done: 0,
    total: 4,
    accepted: 0,
    rejected: 0,
    unknown: 0,
    throttled: 0,
    fellBack: 0,
    perSecond: 0,
    etaMs: null,
    stopping: false,
  });
  expect([...new Set(eventsOf(send).map(({ event }) => event))]).toEqual(['plan', 'progress', 'causes', 'exit']);
});
