import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mainFile } from '../support/run-cli.ts';
import { eventsOf, nothingDone, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;

/** A list with a name in Chinese, a formula, a quote and a line break, and a column that nothing uses. */
const list = `phone,name,code,date,notes
8613800104729,王芳,A-1,21 Nov,=1+1
8613800112648,Bo,A-2,21 Nov,"says ""hi"", twice"
8613800120567,Chen,A-3,21 Nov,"two
lines"
,Dana,A-4,21 Nov,nobody
8613800104729,王芳,A-1,21 Nov,again
`;

beforeAll(async () => {
  bench = await openWorkbench();
  await bench.write('list.csv', list);
  await bench.write(
    'bad-day.yaml',
    JSON.stringify({ faults: [{ fault: 'refuse', code: '131049', numbers: ['8613800112648'] }] }),
  );
  const { code } = await bench.run([
    ...['send', 'list.csv', '--from', '8613867404376', '--to', 'phone', '--template', 'order_shipped'],
    ...['--language', 'en', '--faults', 'bad-day.yaml', '--skip-invalid', '--yes', '--run', 'list.run'],
  ]);
  expect(code).toBe(5);
});
afterAll(() => bench[Symbol.asyncDispose]());

const balance = { ...nothingDone, rows: 5, accepted: 2, rejected: 1, skipped: 1, invalid: 1 };

/** What differs from run to run. */
const own = {
  sendoff_message_id: expect.any(String),
  sendoff_accepted_at: expect.any(String),
  sendoff_delivery: '',
  sendoff_delivered_at: '',
  sendoff_emulated: 'yes',
};

describe('report', () => {
  it('gives as CSV every column of the list untouched, then what became of the row', async () => {
    const { code, stdout, stderr } = await bench.runRevealing(['report', 'list.run', '--csv']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.startsWith('phone,name,code,date,notes,sendoff_row,sendoff_to,sendoff_status,')).toBe(true);
    const rows: readonly Record<string, string>[] = parse(stdout, { columns: true });
    expect(rows).toHaveLength(5);
    expect(rows[0]).toMatchObject({
      ...own,
      phone: '8613800104729',
      name: '王芳',
      // Would run as a formula.
      notes: "'=1+1",
      sendoff_row: '2',
      sendoff_to: '8613800104729',
      sendoff_status: 'accepted',
      sendoff_attempts: '1',
    });
    expect(rows[1]).toMatchObject({
      notes: 'says "hi", twice',
      sendoff_status: 'rejected',
      sendoff_code: '131049',
      sendoff_retry_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    expect(rows[2]).toMatchObject({ notes: 'two\nlines', sendoff_row: '4', sendoff_status: 'accepted' });
    expect(rows[3]).toMatchObject({
      sendoff_status: 'invalid',
      sendoff_code: 'ADDRESS_MISSING',
      sendoff_attempts: '0',
    });
    expect(rows[4]).toMatchObject({ notes: 'again', sendoff_status: 'skipped', sendoff_code: 'DUPLICATE' });
  });

  it('gives as JSON lines one object a row', async () => {
    const { stdout } = await bench.runRevealing(['report', 'list.run', '--jsonl']);
    const rows = eventsOf({ stdout });
    expect(rows.map((row) => row['sendoff_status'])).toEqual([
      'accepted',
      'rejected',
      'accepted',
      'invalid',
      'skipped',
    ]);
    expect(rows[0]).toMatchObject({ notes: '=1+1', name: '王芳', sendoff_row: 2, sendoff_attempts: 1 });
  });

  it('gives with --json one document in one line, then the exit event', async () => {
    const [document, exit, ...more] = eventsOf(await bench.runRevealing(['report', 'list.run', '--json']));
    expect(more).toEqual([]);
    expect(document).toMatchObject({
      run: { campaign: 'list', emulated: true, template: 'order_shipped', from: '8613867404376' },
      balance,
      causes: [
        { status: 'rejected', code: '131049', rows: 1, firstRows: [3] },
        { status: 'invalid', code: 'ADDRESS_MISSING', rows: 1, firstRows: [5] },
        { status: 'skipped', code: 'DUPLICATE', rows: 1, firstRows: [6] },
      ],
    });
    expect(document?.['rows']).toHaveLength(5);
    expect(exit).toEqual({ event: 'exit', code: 0, balance, run: 'list.run' });
  });

  it('gives as Markdown the balance, the causes and the failed rows', async () => {
    const { stdout } = await bench.runRevealing(['report', 'list.run', '--md']);
    expect(stdout).toContain('# list\n\n> **EMULATED RUN.**');
    expect(stdout).toContain('| accepted | 2 |\n| rejected | 1 |\n');
    expect(stdout).toContain('### 1 rejected: 131049\n');
    expect(stdout).toContain('| 3 | 8613800112648 | rejected | 131049 |');
  });

  it('shows without a form the balance and the causes, addresses nowhere', async () => {
    const { code, stdout } = await bench.run(['report', 'list.run']);
    expect(code).toBe(0);
    expect(stdout).toContain(`accepted  2
rejected  1
unknown   0
skipped   1
invalid   1
unsent    0
───────────
rows read 5

1 rejected: 131049
`);
  });

  it('writes every form to files at once, for their owner alone', async () => {
    const files = ['r.csv', 'r.jsonl', 'r.md', 'r.json'];
    const report = await bench.run([
      ...['report', 'list.run', '--csv', 'r.csv', '--jsonl', 'r.jsonl', '--md', 'r.md', '--json-file', 'r.json'],
      '--json',
    ]);
    expect(report.stderr).toBe(files.map((file) => `written: ${file}\n`).join(''));
    expect(eventsOf(report)).toEqual([{ event: 'exit', code: 0, balance, run: 'list.run' }]);
    for (const file of files) {
      expect((await stat(join(bench.path, file))).mode & 0o777).toBe(0o600);
      expect(await bench.read(file)).toContain('131049');
    }
    const onScreen = await bench.runRevealing(['report', 'list.run', '--csv']);
    // Excel takes a file without a byte order mark for something else than UTF-8.
    expect(await bench.read('r.csv')).toBe(`\uFEFF${onScreen.stdout}`);
  });

  it.each([[['--csv', '--md']], [['--csv', '--json']], [['--jsonl', '--json']]])(
    'refuses two forms on standard output: %j',
    async (forms) => {
      const report = await bench.run(['report', 'list.run', ...forms]);
      expect(report.code).toBe(2);
      expect(report.stderr).toBe(
        'error: standard output takes one form at a time\nhint: name files: --csv report.csv --md report.md\n',
      );
      expect(report.stdout).not.toContain('sendoff_row');
    },
  );

  it('leaves nothing half written where it cannot write', async () => {
    const before = await bench.newFiles();
    const report = await bench.run(['report', 'list.run', '--csv', 'nowhere/r.csv']);
    expect(report).toMatchObject({
      code: 2,
      stderr: 'error: cannot write "nowhere/r.csv"\nhint: check that the folder exists, is writable, and has room\n',
    });
    expect(await bench.newFiles()).toEqual(before);
  });

  it('refuses a file that is no run file', async () => {
    const report = await bench.run(['report', 'list.csv']);
    expect(report).toMatchObject({ code: 2, stdout: '' });
    expect(report.stderr).toMatch(/^error: "list\.csv" is not a run file\n/);
  });

  it('ends without a word when its reader leaves', async () => {
    const report = spawn(process.execPath, [mainFile, 'report', 'list.run', '--csv'], {
      cwd: bench.path,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    report.stdout.destroy();
    const [[code], told] = await Promise.all([once(report, 'exit'), text(report.stderr)]);
    expect({ code, told }).toEqual({ code: 0, told: '' });
  });
});
