/** A list in which one number stands several times with different texts, sent through the real SDK over real HTTP. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { whatsappPairMs } from '../../src/domain/pair-rate.ts';
import type { AcceptedMessage } from '../../src/emulator/message-draft.ts';
import { readBalance } from '../support/books.ts';
import { emulatorEnv, openEmulatorProcess } from '../support/emulator-process.ts';
import {
  addressOf,
  type CampaignFiles,
  type TemporaryFolder,
  temporaryFolder,
  writeCampaign,
} from '../support/lists.ts';
import { runCli, startCli } from '../support/run-cli.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder[Symbol.asyncDispose]());

const often = addressOf(90_000_000);

/** As many others as asked for, and among them, after so many of them each, the number that stands there three times. */
async function listWithOneThrice(others: number, after: readonly number[]): Promise<CampaignFiles> {
  const files = await writeCampaign(folder.path, { name: 'thrice', rows: others });
  const lines = files.addresses.flatMap((address, index) => [
    ...after.filter((each) => each === index).map((each) => `${often},Often,B-${each},21 Nov`),
    `${address},Person ${index},A-${index},21 Nov`,
  ]);
  await writeFile(join(folder.path, 'thrice.csv'), ['phone,name,code,date', ...lines, ''].join('\n'));
  return files;
}

function gapsOf(messages: readonly AcceptedMessage[]): readonly number[] {
  return messages.slice(1).map(({ arrivedMs }, index) => arrivedMs - (messages[index]?.arrivedMs ?? 0));
}

describe('a number that stands three times in a list', { timeout: 90_000 }, () => {
  it('gets its messages at least 6 s apart, while 300 others get theirs in list order and never wait', async () => {
    await using emulator = await openEmulatorProcess({ folder: folder.path, latencyMs: 1 });
    const { campaign, run, addresses } = await listWithOneThrice(300, [10, 11, 200]);
    const args = ['send', campaign, '--run', run, '--yes', '--rate', '50/s', '--endpoint', emulator.url] as const;
    const sent = await runCli([...args, '--concurrency', '1'], { cwd: folder.path, env: emulatorEnv });
    expect(sent).toMatchObject({ code: 0 });
    expect(sent.stdout).toContain('  time        about 12 s: one address gets 3 messages, 6 s apart\n');
    expect(sent.stdout).toContain('they leave at least 6 s apart');
    expect(await readBalance(run)).toMatchObject({ rows: 303, accepted: 303, unsent: 0 });

    const log = (await emulator.accepted()).toSorted((one, other) => one.arrivedMs - other.arrivedMs);
    const mine = log.filter(({ to }) => to === often);
    expect(mine.map(({ params }) => params['code'])).toEqual(['B-10', 'B-11', 'B-200']);
    expect(Math.min(...gapsOf(mine))).toBeGreaterThanOrEqual(whatsappPairMs);
    expect(Math.max(...gapsOf(mine))).toBeLessThan(whatsappPairMs + 2_000);
    const others = log.filter(({ to }) => to !== often);
    expect(others.map(({ to }) => to)).toEqual(addresses);
    expect(Math.max(...gapsOf(others))).toBeLessThan(whatsappPairMs / 3);
  });

  it('gets no second one too soon where the process is killed after the first and resumed at once', async () => {
    await using emulator = await openEmulatorProcess({ folder: folder.path, latencyMs: 5 });
    const { campaign, run } = await listWithOneThrice(300, [5, 6, 290]);
    const service = ['--no-reconcile', '--rate', '100/s', '--endpoint', emulator.url] as const;
    const options = { cwd: folder.path, env: emulatorEnv };
    const job = startCli(['send', campaign, '--run', run, '--yes', ...service], options);
    await expect.poll(async () => (await emulator.accepted()).length, { timeout: 30_000 }).toBeGreaterThan(50);
    job.kill('SIGKILL');
    await job.ended;
    const before = await readBalance(run);
    expect(before.unsent).toBeGreaterThan(0);

    await runCli(['resume', run, '--yes', ...service], options);
    const { unknown, ...balance } = await readBalance(run);
    expect(balance).toMatchObject({ accepted: 303 - unknown, unsent: 0 });
    expect(unknown).toBe(before.unknown);
    const mine = (await emulator.accepted())
      .filter(({ to }) => to === often)
      .toSorted((one, other) => one.arrivedMs - other.arrivedMs);
    expect(mine.map(({ params }) => params['code'])).toEqual(['B-5', 'B-6', 'B-290']);
    expect(Math.min(...gapsOf(mine))).toBeGreaterThanOrEqual(whatsappPairMs);
  });

  it('keeps no dry run waiting', async () => {
    await using emulator = await openEmulatorProcess({ folder: folder.path });
    const { campaign } = await listWithOneThrice(20, [5, 6, 7]);
    const startedAt = performance.now();
    const rehearsed = await runCli(['send', campaign, '--dry-run', '--endpoint', emulator.url], {
      cwd: folder.path,
      env: emulatorEnv,
    });
    expect(rehearsed).toMatchObject({ code: 0 });
    expect(rehearsed.stderr).toContain('dry run: 23 messages would have been handed over');
    // Three messages to one person would take twice the distance, beside what a busy machine takes to begin.
    expect(performance.now() - startedAt).toBeLessThan(2 * whatsappPairMs);
  });
});
