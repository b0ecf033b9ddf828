import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventOf, eventsOf, nothingDone, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
  await bench.run(['init', 'ten']);
  await bench.write('bad-day.yaml', JSON.stringify({ faults }));
  const send = ['send', 'ten/campaign.yaml', '--faults', 'bad-day.yaml', '--yes', '--run', 'ten.run', '--json'];
  const { code } = await bench.run(send);
  expect(code).toBe(6);
});
afterEach(() => bench[Symbol.asyncDispose]());

/** Of the ten, two are refused for good and one for a day. */
const faults = [
  { fault: 'refuse', code: '131026', numbers: ['8613800000101', '8613800000104'] },
  { fault: 'refuse', code: '131049', numbers: ['8613800000107'] },
];

const retry = (...flags: readonly string[]) => bench.run(['retry', 'ten.run', '--emulator', ...flags]);

async function attemptsByRow(): Promise<ReadonlyMap<unknown, unknown>> {
  const { stdout } = await bench.runRevealing(['report', 'ten.run', '--jsonl']);
  // As JSON lines are written, one object a row.
  const rows = stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return new Map(rows.map((row) => [row['sendoff_row'], row['sendoff_attempts']]));
}

it('takes nothing before its time has come', async () => {
  const early = await retry('--yes');
  expect(early.code).toBe(6);
  expect(early.stdout.split('\n')[0]).toBe('0 rejected rows may be tried again, of 3; 0 rows unsent');
  expect(early.stderr).toBe('nothing to hand over\n');
});

it('takes the rows of a code that a person names, and counts each row once', async () => {
  const again = await retry('--code', '131026', '--yes', '--json');
  expect(eventOf(again, 'retry')).toMatchObject({ chosen: 2, balance: { rows: 10, accepted: 7, rejected: 3 } });
  expect(eventsOf(again).at(-1)).toEqual({
    event: 'exit',
    code: 5,
    balance: { ...nothingDone, rows: 10, accepted: 9, rejected: 1 },
    run: 'ten.run',
  });
  const attempts = await attemptsByRow();
  expect([attempts.get(2), attempts.get(3), attempts.get(5), attempts.get(8)]).toEqual([2, 1, 2, 1]);
});

it('takes the rows of a class, but none that must wait', async () => {
  const again = await retry('--class', 'row', '--class', 'account', '--yes', '--json');
  expect(eventOf(again, 'retry')).toMatchObject({ chosen: 2 });
});

it('takes no refusal younger than it is told', async () => {
  const again = await retry('--code', '131026', '--after', '1h', '--yes', '--json');
  expect(eventOf(again, 'retry')).toMatchObject({ chosen: 0 });
  expect(eventsOf(again).at(-1)).toMatchObject({ code: 6, balance: { accepted: 7, rejected: 3 } });
});

it('is confirmed like a send, and changes nothing before', async () => {
  const asked = await retry('--code', '131026');
  expect(asked).toMatchObject({
    code: 2,
    stderr: `error: nothing was handed over: there is no terminal to confirm on
hint: confirm with --yes: sendoff retry ten.run --emulator --yes
`,
  });
  const status = await bench.run(['status', 'ten.run', '--json']);
  expect(eventOf(status, 'status')).toMatchObject({ balance: { accepted: 7, rejected: 3, unsent: 0 } });
});

it('says with --dry-run how many it would take', async () => {
  const dry = await retry('--code', '131026', '--dry-run');
  expect(dry).toMatchObject({ code: 0, stderr: '' });
  expect(dry.stdout.split('\n')[0]).toBe('2 rejected rows may be tried again, of 3; 0 rows unsent');
  const status = await bench.run(['status', 'ten.run', '--json']);
  expect(eventOf(status, 'status')).toMatchObject({ balance: { accepted: 7, rejected: 3, unsent: 0 } });
});
