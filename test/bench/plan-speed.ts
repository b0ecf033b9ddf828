/** How fast a list is planned, and how much memory that takes, beside merely reading it. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emulatorEnv, openEmulatorProcess } from '../support/emulator-process.ts';
import { temporaryFolder } from '../support/lists.ts';
import { mainFile } from '../support/run-cli.ts';
import { measureProcess, type ProcessCost } from './measured-process.ts';
import { type BenchOptions, inTurn, type Measurement, median, ratio } from './measurement.ts';
import { liquidDate, writeCampaign, writeList } from './write-list.ts';

const aimRatio = 4;
const aimMb = 200;
const csvPass = fileURLToPath(new URL('programs/csv-pass.js', import.meta.url));

export async function measurePlan({ rounds, rows }: BenchOptions): Promise<Measurement> {
  await using folder = await temporaryFolder();
  await using emulator = await openEmulatorProcess({ folder: folder.path });
  const list = join(folder.path, 'list.csv');
  await writeList(list, rows);
  const campaign = { folder: folder.path, list: 'list.csv', rate: '250/s' };
  const plain = await writeCampaign({ ...campaign, name: 'plain', date: 'ship_date' });
  const liquid = await writeCampaign({ ...campaign, name: 'liquid', date: liquidDate });

  async function plan(file: string): Promise<ProcessCost> {
    const run = join(folder.path, 'plan.run');
    const cost = await measureProcess([mainFile, 'plan', file, '--endpoint', emulator.url, '--run', run], {
      env: emulatorEnv,
    });
    await rm(run);
    return cost;
  }

  const results = await inTurn(rounds, {
    'csv-parse, arrays': () => measureProcess([csvPass, list]),
    'plan, columns': () => plan(plain),
    'plan, a Liquid date': () => plan(liquid),
  });
  const floors = results['csv-parse, arrays'];
  // Round by round, since the machine is as busy for both halves of one round.
  const times = (costs: readonly ProcessCost[], part: 'wallMs' | 'cpuMs') =>
    median(costs.map((cost, round) => cost[part] / (floors[round]?.[part] ?? Number.NaN)));
  const peak = (costs: readonly ProcessCost[]) => median(costs.map(({ peakMb }) => peakMb));

  return {
    title: `Planning ${rows.toLocaleString('en')} rows of 6 columns`,
    note: `Whole processes, start-up and fsync included, medians of ${rounds} rounds; "×" is the time beside the bare csv-parse pass of the same round.`,
    head: ['', 'rows/s', 'time', 'processor time', 'peak MB'],
    lines: Object.entries(results).map(([name, costs]) => [
      name,
      Math.round((rows * 1000) / median(costs.map(({ wallMs }) => wallMs))).toLocaleString('en'),
      ratio(times(costs, 'wallMs')),
      ratio(times(costs, 'cpuMs')),
      peak(costs).toFixed(0),
    ]),
    aims: (['plan, columns', 'plan, a Liquid date'] as const).flatMap((name) => [
      {
        words: `${name}: within ${aimRatio}× of the bare pass`,
        reached: ratio(times(results[name], 'wallMs')),
        met: times(results[name], 'wallMs') <= aimRatio,
      },
      {
        words: `${name}: under ${aimMb} MB`,
        reached: `${peak(results[name]).toFixed(0)} MB`,
        met: peak(results[name]) < aimMb,
      },
    ]),
  };
}
