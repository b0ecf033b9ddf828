/**
 * SIGKILL to the built program at any moment, from its first instruction to its last. How many is said by
 * `SENDOFF_KILLS`: see `kill-at-each-step.test.ts`.
 */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { chance } from '../../src/emulator/chance.ts';
import { readBalance, readBooks } from '../support/books.ts';
import { emulatorEnv, openEmulatorProcess } from '../support/emulator-process.ts';
import { killAt, killsFor } from '../support/kill.ts';
import { temporaryFolder, writeCampaign } from '../support/lists.ts';
import { runCli, startCli } from '../support/run-cli.ts';

const sendKills = killsFor(1 / 3);
const planKills = killsFor(1 / 10);
const concurrency = 16;
const timeout = (kills: number) => ({ timeout: 60_000 + kills * 5_000 });

/** Repeatable, so that a failure can be looked at again; what the machine makes of it is not. */
const delayMs = (key: string, most: number) => chance(3, key) * most;

describe.concurrent('a cron job that is killed', () => {
  it('ends with nobody lost and nobody written to twice', timeout(sendKills), async () => {
    await using folder = await temporaryFolder();
    await using emulator = await openEmulatorProcess({
      folder: folder.path,
      latencyMs: 120,
      faults: [
        { fault: 'throttle', share: 0.003 },
        { fault: 'refuse', code: '131026', share: 0.02 },
      ],
    });
    const options = { cwd: folder.path, env: emulatorEnv };
    const { campaign, run } = await writeCampaign(folder.path, { name: 'cron', rows: 300 + sendKills * 40 });
    const send = ['send', campaign, '--run', run, '--yes', '--no-reconcile', '--endpoint', emulator.url];

    let unknown = 0;
    let lastedLonger = 0;
    for (let kills = 0; kills < sendKills; kills += 1) {
      const job = startCli([...send, '--rate', '100/s', '--concurrency', String(concurrency)], options);
      // Every other one while it is sending for certain, the rest from its very start.
      if (kills % 2 === 1) await job.says('EMULATOR: ');
      await wait(delayMs(`send ${kills}`, kills % 2 === 1 ? 250 : 900));
      job.kill('SIGKILL');
      const { signal } = await job.ended;
      if (signal !== 'SIGKILL') lastedLonger += 1;
      if (!existsSync(run)) continue;
      const { unknown: now } = await readBalance(run);
      expect(now - unknown).toBeLessThanOrEqual(concurrency);
      unknown = now;
    }
    expect(lastedLonger).toBe(0);

    const result = await runCli(send, options);
    const books = await readBooks(run, await emulator.accepted());
    expect(result).toMatchObject({ code: 12 });
    expect(books.contradictions).toEqual([]);
    expect(books.balance).toMatchObject({ unknown, unsent: 0, skipped: 0, invalid: 0 });
    expect(await emulator.stats()).toMatchObject({ duplicates: 0 });
  });
});

describe.concurrent('a plan that is killed', () => {
  it('leaves a whole run file or none, and nothing in the way of the next', timeout(planKills), async () => {
    await using folder = await temporaryFolder();
    await using emulator = await openEmulatorProcess({ folder: folder.path });
    const options = { cwd: folder.path, env: emulatorEnv };
    const rows = 20_000;
    const { campaign } = await writeCampaign(folder.path, { name: 'planned', rows });
    const plan = (run: string) => ['plan', campaign, '--run', run, '--endpoint', emulator.url];
    const whole = { rows, accepted: 0, rejected: 0, unknown: 0, skipped: 0, invalid: 0, unsent: rows };

    for (let kills = 0; kills < planKills; kills += 1) {
      const run = `${folder.path}/random-${kills}.run`;
      const job = startCli(plan(run), options);
      await wait(200 + delayMs(`plan ${kills}`, 1_200));
      job.kill('SIGKILL');
      await job.ended;
      if (existsSync(run)) expect(await readBalance(run)).toEqual(whole);
      else expect(await runCli(['send', run, '--yes', '--endpoint', emulator.url], options)).toMatchObject({ code: 2 });
    }
    for (const [step, remains] of [
      ['before-naming', false],
      ['after-naming', true],
    ] as const) {
      const run = `${folder.path}/${step}.run`;
      await killAt(step, 1, plan(run), options);
      expect(existsSync(run)).toBe(remains);
      expect(await runCli(plan(run), options)).toMatchObject({ code: remains ? 10 : 0 });
      expect(await readBalance(run)).toEqual(whole);
    }
    const names = await readdir(folder.path);
    expect(names.filter((name) => name.startsWith('before-naming'))).toEqual(['before-naming.run']);
    expect(await emulator.accepted()).toEqual([]);
  });
});
