/** Unknown rows, settled by the message log of an emulator that outlives every command. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../src/emulator/fault-rule.ts';
import { readBooks } from '../support/books.ts';
import {
  type EmulatorProcess,
  type EmulatorProcessOptions,
  emulatorEnv,
  openEmulatorProcess,
} from '../support/emulator-process.ts';
import { killAt } from '../support/kill.ts';
import { type CampaignFiles, type TemporaryFolder, temporaryFolder, writeCampaign } from '../support/lists.ts';
import { type CliResult, runCli } from '../support/run-cli.ts';

const rows = 12;

/** A folder, a campaign and an emulator, as a test needs them. */
class Bench implements AsyncDisposable {
  readonly #folder: TemporaryFolder;
  readonly #open: EmulatorProcess[] = [];
  readonly files: CampaignFiles;

  private constructor(folder: TemporaryFolder, files: CampaignFiles) {
    this.#folder = folder;
    this.files = files;
  }

  static async open(): Promise<Bench> {
    const folder = await temporaryFolder();
    return new Bench(folder, await writeCampaign(folder.path, { name: 'orders', rows }));
  }

  get folder(): string {
    return this.#folder.path;
  }

  async emulator(options: Omit<EmulatorProcessOptions, 'folder'> = {}): Promise<EmulatorProcess> {
    const emulator = await openEmulatorProcess({ folder: this.folder, ...options });
    this.#open.push(emulator);
    return emulator;
  }

  run(...args: readonly string[]): Promise<CliResult> {
    return runCli(args, { cwd: this.folder, env: emulatorEnv });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const emulator of this.#open) await emulator[Symbol.asyncDispose]();
    await this.#folder[Symbol.asyncDispose]();
  }
}

let bench: Bench;
beforeEach(async () => {
  const opened = await Bench.open();
  bench = opened;
  return () => opened[Symbol.asyncDispose]();
});

/** What every fault of these tests strikes: rows 4, 7 and 10 of the list. */
const struckRows = [4, 7, 10];
const struck = () => struckRows.map((row) => bench.files.addresses[row - 2] ?? '');

const strike = (fault: 'cut-before' | 'cut-after'): FaultRule => ({ fault, numbers: struck(), times: 1 });

function send(emulator: EmulatorProcess, ...flags: readonly string[]): Promise<CliResult> {
  const { campaign, run } = bench.files;
  return bench.run('send', campaign, '--run', run, '--yes', '--endpoint', emulator.url, ...flags);
}

function reconcile(emulator: EmulatorProcess, ...flags: readonly string[]): Promise<CliResult> {
  return bench.run('reconcile', bench.files.run, '--endpoint', emulator.url, '--json', ...flags);
}

function events({ stdout }: CliResult, name: string): readonly Record<string, unknown>[] {
  const lines = stdout.split('\n').filter((line) => line !== '');
  // Every line of --json is an object.
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ event }) => event === name);
}

async function books(emulator: EmulatorProcess) {
  const { balance, contradictions } = await readBooks(bench.files.run, await emulator.accepted());
  return { balance, contradictions };
}

const counts = { rows, accepted: 0, rejected: 0, unknown: 0, skipped: 0, invalid: 0, unsent: 0 };

describe('reconcile', () => {
  it('accepts what the log shows, under the ids of the service', async () => {
    const emulator = await bench.emulator({ faults: [strike('cut-after')] });
    expect(await send(emulator, '--no-reconcile')).toMatchObject({ code: 12 });
    const result = await reconcile(emulator);
    const ids = new Map((await emulator.accepted()).map(({ to, messageId }) => [to, messageId]));
    expect(result).toMatchObject({ code: 0, stderr: expect.stringContaining('3 rows found in the message log') });
    expect(events(result, 'resolved')).toEqual(
      struckRows.map((row, index) => ({
        event: 'resolved',
        row,
        status: 'accepted',
        messageId: ids.get(struck()[index] ?? ''),
      })),
    );
    expect(await books(emulator)).toEqual({ balance: { ...counts, accepted: rows }, contradictions: [] });
    const report = await bench.run('report', bench.files.run, '--jsonl');
    expect(report.stdout.split('\n')[2]).toContain('found in the message log; the attempt had ended with ECONNRESET');
  });

  it('leaves unknown what the log lacks, and hands it over again only when it is told to', async () => {
    const emulator = await bench.emulator({ faults: [strike('cut-before')] });
    await send(emulator, '--no-reconcile');
    const first = await reconcile(emulator, '--settle', '1s');
    expect([first.code, events(first, 'unsettled')]).toEqual([
      12,
      [expect.objectContaining({ reason: 'NOT_IN_LOG', rows: struckRows })],
    ]);
    expect((await books(emulator)).balance).toEqual({ ...counts, accepted: rows - 3, unknown: 3 });

    const second = await reconcile(emulator, '--settle', '1s', '--resend-missing');
    expect([second.code, events(second, 'resolved').map(({ row, status }) => [row, status])]).toEqual([
      8,
      struckRows.map((row) => [row, 'unsent']),
    ]);
    expect(await bench.run('resume', bench.files.run, '--endpoint', emulator.url)).toMatchObject({ code: 0 });
    expect(await books(emulator)).toEqual({ balance: { ...counts, accepted: rows }, contradictions: [] });
    expect(await emulator.stats()).toMatchObject({ accepted: rows, duplicates: 0 });
  });

  it.each(['after-attempt', 'after-request', 'after-answer'] as const)(
    'settles what a kill left open, although the log is late: %s',
    async (step) => {
      const emulator = await bench.emulator({ flags: ['--log-delay', '2s'] });
      const { campaign, run } = bench.files;
      const words = ['send', campaign, '--run', run, '--yes', '--endpoint', emulator.url, '--rate', '50/s'];
      await killAt(step, 6, words, { cwd: bench.folder, env: emulatorEnv });
      const reconciled = await reconcile(emulator, '--settle', '5s', '--resend-missing');
      expect(reconciled).toMatchObject({ code: 8 });
      expect((await books(emulator)).contradictions).toEqual([]);
      const resumed = await bench.run('resume', run, '--endpoint', emulator.url);
      expect(resumed).toMatchObject({ code: 0 });
      expect(await books(emulator)).toEqual({ balance: { ...counts, accepted: rows }, contradictions: [] });
      expect(await emulator.stats()).toMatchObject({ accepted: rows, duplicates: 0 });
    },
  );

  it('puts nothing back in line while the log does not show what was accepted last', async () => {
    const emulator = await bench.emulator({ faults: [strike('cut-after')], flags: ['--log-delay', '1h'] });
    await send(emulator, '--no-reconcile');
    const result = await reconcile(emulator, '--settle', '1s', '--resend-missing');
    expect([result.code, events(result, 'unsettled')]).toEqual([
      12,
      [expect.objectContaining({ reason: 'LOG_BEHIND', rows: struckRows })],
    ]);
    expect(await books(emulator)).toEqual({
      balance: { ...counts, accepted: rows - 3, unknown: 3 },
      contradictions: [],
    });
  });

  it('refuses to ask the real service about an emulated run', async () => {
    const emulator = await bench.emulator({ faults: [strike('cut-after')] });
    await send(emulator, '--no-reconcile');
    const result = await bench.run('reconcile', bench.files.run);
    expect(result).toMatchObject({ code: 10, stderr: expect.stringContaining('planned on the emulator') });
  });

  it('says that an emulator of its own knows nothing, and calls no row missing', async () => {
    const emulator = await bench.emulator({ faults: [strike('cut-after')] });
    await send(emulator, '--no-reconcile');
    const result = await bench.run('reconcile', bench.files.run, '--emulator', '--resend-missing', '--json');
    expect([result.code, events(result, 'unsettled')]).toEqual([
      12,
      [expect.objectContaining({ reason: 'LOG_BEGINS_LATER', rows: struckRows })],
    ]);
  });

  it('has nothing to ask where no row is unknown', async () => {
    const emulator = await bench.emulator();
    await send(emulator);
    const before = (await emulator.stats()).requests;
    const result = await reconcile(emulator);
    expect(result).toMatchObject({ code: 0, stderr: expect.stringContaining('no row is unknown') });
    expect((await emulator.stats()).requests).toBe(before);
  });
});

describe('two messages to one number that read the same', () => {
  /** Only their links differ, and the log does not show those. */
  async function writeTwins(): Promise<string> {
    const campaign = join(bench.folder, 'twins.yaml');
    const number = '8613800000007';
    const line = (link: string) => `${number},https://shop.example.com/1.jpg,Ann,20%,30 April,${link}`;
    await writeFile(
      join(bench.folder, 'twins.csv'),
      ['phone,image,name,discount,until,link', line('first'), line('second'), ''].join('\n'),
    );
    await writeFile(
      campaign,
      `name: twins
channel: whatsapp
from: "8613867404376"
recipients: { file: twins.csv, to: phone }
template: { code: spring_sale, language: en }
send: { stopAfter: { failures: never } }
`,
    );
    return campaign;
  }

  async function sendTwins(faults: readonly FaultRule[]): Promise<{ emulator: EmulatorProcess; run: string }> {
    const emulator = await bench.emulator({ faults });
    const campaign = await writeTwins();
    const run = join(bench.folder, 'twins.run');
    const sent = await bench.run(
      ...['send', campaign, '--run', run, '--yes', '--endpoint', emulator.url, '--no-reconcile', '--concurrency', '1'],
    );
    expect(sent).toMatchObject({ code: 12 });
    return { emulator, run };
  }

  const ask = (emulator: EmulatorProcess, run: string) =>
    bench.run('reconcile', run, '--endpoint', emulator.url, '--settle', '1s', '--resend-missing', '--json');

  it('are given an entry each', async () => {
    const { emulator, run } = await sendTwins([{ fault: 'cut-after' }]);
    const result = await ask(emulator, run);
    const ids = (await emulator.accepted()).map(({ messageId }) => messageId);
    expect([result.code, events(result, 'resolved').map(({ row, messageId }) => [row, messageId])]).toEqual([
      0,
      [
        [2, ids[0]],
        [3, ids[1]],
      ],
    ]);
  });

  it('stay unknown where one of them went out, since nothing tells which', async () => {
    const { emulator, run } = await sendTwins([{ fault: 'cut-before', times: 1 }, { fault: 'cut-after' }]);
    const result = await ask(emulator, run);
    expect(await emulator.accepted()).toHaveLength(1);
    expect([result.code, events(result, 'resolved'), events(result, 'unsettled')]).toEqual([
      12,
      [],
      [expect.objectContaining({ reason: 'LOG_AMBIGUOUS', rows: [2, 3] })],
    ]);
  });
});

describe('the end of a run', () => {
  it('settles its own unknown rows', async () => {
    const emulator = await bench.emulator({ faults: [strike('cut-after')] });
    const result = await send(emulator);
    expect(result).toMatchObject({ code: 0, stderr: expect.stringContaining('3 rows found in the message log') });
    expect(await books(emulator)).toEqual({ balance: { ...counts, accepted: rows }, contradictions: [] });
  });

  it('puts nothing back in line', async () => {
    const emulator = await bench.emulator({ faults: [strike('cut-before')] });
    const result = await send(emulator, '--settle', '1s');
    expect(result).toMatchObject({
      code: 12,
      stdout: expect.stringContaining(`to go on: sendoff reconcile ${bench.files.run} --endpoint ${emulator.url}`),
    });
    expect((await books(emulator)).balance).toEqual({ ...counts, accepted: rows - 3, unknown: 3 });
  });

  it('tells once that the right is missing, and leaves rows unknown', async () => {
    const emulator = await bench.emulator({
      faults: [strike('cut-after')],
      flags: ['--deny', 'cams:ListChatappMessage'],
    });
    const sent = await send(emulator);
    expect(sent.code).toBe(12);
    expect(sent.stderr.split('the message log cannot be asked')).toHaveLength(2);
    expect(sent.stderr).toContain('cams:ListChatappMessage');

    const asked = await reconcile(emulator);
    expect(asked.code).toBe(4);
    expect(events(asked, 'error')).toMatchObject([{ hint: expect.stringContaining('cams:ListChatappMessage') }]);
    expect((await books(emulator)).balance).toEqual({ ...counts, accepted: rows - 3, unknown: 3 });
  });

  it('asks about the unknown rows of earlier commands as well', async () => {
    const emulator = await bench.emulator({ faults: [strike('cut-after')] });
    await send(emulator, '--no-reconcile');
    expect(await bench.run('resume', bench.files.run, '--endpoint', emulator.url)).toMatchObject({ code: 0 });
    expect((await books(emulator)).balance).toEqual({ ...counts, accepted: rows });
  });
});
