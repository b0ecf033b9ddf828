/** Ctrl-C, SIGTERM, a reader that leaves, a service that goes away: what a run in progress makes of them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRunReader } from '../../src/adapters/checkpoints/sqlite/run-reader.ts';
import { readBalance, readBooks } from '../support/books.ts';
import { emulatorEnv, openEmulatorProcess } from '../support/emulator-process.ts';
import { type TemporaryFolder, temporaryFolder, writeCampaign } from '../support/lists.ts';
import { mainFile, runCli, startCli } from '../support/run-cli.ts';

describe('a run in progress', { timeout: 180_000 }, () => {
  let folder: TemporaryFolder;

  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder[Symbol.asyncDispose]());

  const options = () => ({ cwd: folder.path, env: emulatorEnv });
  const sendArgs = (campaign: string, run: string, url: string) =>
    [
      'send',
      campaign,
      '--run',
      run,
      '--yes',
      '--no-reconcile',
      '--json',
      '--endpoint',
      url,
      '--rate',
      '100/s',
    ] as const;

  const untilAccepted = (accepted: () => Promise<readonly unknown[]>, atLeast: number) =>
    expect.poll(async () => (await accepted()).length, { timeout: 30_000 }).toBeGreaterThanOrEqual(atLeast);

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'awaits what is in flight, ends with 130 and can be resumed: %s',
    async (signal) => {
      await using emulator = await openEmulatorProcess({ folder: folder.path, latencyMs: 500 });
      const { campaign, run, addresses } = await writeCampaign(folder.path, { name: 'stopped', rows: 200 });
      const job = startCli(sendArgs(campaign, run, emulator.url), options());
      await untilAccepted(emulator.accepted, 10);
      job.kill(signal);
      const result = await job.ended;
      const stopped = await readBooks(run, await emulator.accepted());
      const { accepted, unsent } = stopped.balance;
      expect(result).toMatchObject({ code: 130, signal: null });
      expect(result.stderr).toContain('nothing new leaves');
      expect(result.stderr).toContain('stopped: interrupted');
      expect(stopped.contradictions).toEqual([]);
      expect(stopped.balance).toEqual({ rows: 200, accepted, rejected: 0, unknown: 0, skipped: 0, invalid: 0, unsent });
      expect(unsent).toBeGreaterThan(0);

      const resumed = await runCli(
        ['resume', run, '--no-reconcile', '--endpoint', emulator.url, '--rate', '1000/s'],
        options(),
      );
      const books = await readBooks(run, await emulator.accepted());
      expect(resumed).toMatchObject({ code: 0 });
      expect(books).toMatchObject({ contradictions: [], balance: { accepted: 200 } });
      expect(books.logged.toSorted()).toEqual(addresses);
    },
  );

  it('leaves at once at the second Ctrl-C, with a run file that is right', async () => {
    await using emulator = await openEmulatorProcess({ folder: folder.path, faults: [{ fault: 'hang-after' }] });
    const { campaign, run } = await writeCampaign(folder.path, { name: 'left', rows: 200 });
    const concurrency = 12;
    const args = [...sendArgs(campaign, run, emulator.url), '--concurrency', String(concurrency)];
    const job = startCli(args, options());
    await untilAccepted(emulator.accepted, concurrency);
    job.kill('SIGINT');
    await job.says('nothing new leaves');
    job.kill('SIGINT');
    const result = await job.ended;
    const books = await readBooks(run, await emulator.accepted());
    expect(result).toMatchObject({ code: 130, signal: null });
    expect(result.stdout.trimEnd().split('\n').at(-1)).toContain('"event":"exit","code":130');
    expect(books.contradictions).toEqual([]);
    expect(books.balance).toEqual({
      rows: 200,
      accepted: 0,
      rejected: 0,
      unknown: concurrency,
      skipped: 0,
      invalid: 0,
      unsent: 200 - concurrency,
    });
  });

  it('goes on to its end when nobody reads its output any more', async () => {
    await using emulator = await openEmulatorProcess({ folder: folder.path });
    const { campaign, run } = await writeCampaign(folder.path, { name: 'unread', rows: 150 });
    const job = spawn(process.execPath, [mainFile, ...sendArgs(campaign, run, emulator.url)], {
      cwd: folder.path,
      env: emulatorEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(job, 'exit');
    await untilAccepted(emulator.accepted, 1);
    job.stdout.destroy();
    job.stderr.destroy();
    expect(await ended).toEqual([0, null]);
    expect(await readBooks(run, await emulator.accepted())).toMatchObject({
      contradictions: [],
      balance: { accepted: 150 },
    });
  });

  it('waits for a service that went away, and goes on when it is back', async () => {
    const { campaign, run } = await writeCampaign(folder.path, { name: 'outage', rows: 200 });
    await using first = await openEmulatorProcess({ folder: folder.path, latencyMs: 50 });
    const job = startCli(sendArgs(campaign, run, first.url), options());
    await untilAccepted(first.accepted, 30);
    await first.kill();
    await expect.poll(() => refusedConnections(run), { timeout: 30_000 }).toBeGreaterThan(0);
    const before = await readBalance(run);

    await using second = await openEmulatorProcess({ folder: folder.path, port: first.port });
    const result = await job.ended;
    const books = await readBooks(run, await second.accepted());
    const { accepted, unknown } = books.balance;
    // Only what was on its way when it went away has no answer.
    expect(unknown).toBeLessThanOrEqual(before.unknown);
    expect(result).toMatchObject({ code: unknown > 0 ? 12 : 0 });
    expect(books.contradictions).toEqual([]);
    expect(books.balance).toEqual({ rows: 200, accepted, rejected: 0, unknown, skipped: 0, invalid: 0, unsent: 0 });
    expect(accepted).toBeGreaterThan(before.accepted);
  });

  // Where the machine holds up the emulator, which measures, what it then finds waiting looks like a burst: hence again.
  it('stays within the quota in every second and is never throttled', { retry: 2 }, async () => {
    await using emulator = await openEmulatorProcess({ folder: folder.path, latencyMs: 80, ratePerSecond: 100 });
    const { campaign, run } = await writeCampaign(folder.path, { name: 'paced', rows: 350 });
    expect(await runCli(sendArgs(campaign, run, emulator.url), options())).toMatchObject({ code: 0 });
    const { worstSecond, ...stats } = await emulator.stats();
    expect(stats).toMatchObject({ sends: 350, accepted: 350, throttled: 0, duplicates: 0 });
    expect(worstSecond).toBeLessThanOrEqual(100);
  });
});

/** Rows that are back in line because no connection could be made. */
async function refusedConnections(run: string): Promise<number> {
  const reader = openRunReader(run);
  try {
    const causes = await reader.causes();
    return causes.find(({ status, code }) => status === 'unsent' && code === 'ECONNREFUSED')?.rows ?? 0;
  } finally {
    reader.close();
  }
}
