/** How long it takes to settle 1,000 unknown rows by the message log, beside what its limit of 50 calls a second allows. */
import { join } from 'node:path';
import { emulatorEnv, openEmulatorProcess } from '../support/emulator-process.ts';
import { temporaryFolder } from '../support/lists.ts';
import { mainFile, runCli } from '../support/run-cli.ts';
import { measureProcess, type ProcessCost } from './measured-process.ts';
import { type BenchOptions, type Measurement, median, ratio } from './measurement.ts';
import { writeCampaign, writeList } from './write-list.ts';

const rows = 1_000;
const callsPerSecond = 50;
const latencyMs = 80;
const aimRatio = 1.25;

export async function measureReconcile({ rounds }: BenchOptions): Promise<Measurement> {
  const costs: ProcessCost[] = [];
  for (let round = 0; round < rounds; round += 1) costs.push(await settleAll());
  const floorMs = (rows / callsPerSecond) * 1_000;
  const wallMs = median(costs.map((cost) => cost.wallMs));
  const cpuMs = median(costs.map((cost) => cost.cpuMs));
  const reached = wallMs / floorMs;
  return {
    title: `Settling ${rows} unknown rows, each to a number of its own, every answer after ${latencyMs} ms`,
    note: `Median of ${rounds}. The floor is one call a number at ${callsPerSecond} a second; the time is that of the whole command.`,
    head: ['', 'time', 'of the floor', 'processor time a row'],
    lines: [
      ['sendoff reconcile', seconds(wallMs), ratio(reached), `${(cpuMs / rows).toFixed(2)} ms`],
      ['the floor', seconds(floorMs), ratio(1), ''],
    ],
    aims: [{ words: `at most ${ratio(aimRatio)} the floor`, reached: ratio(reached), met: reached <= aimRatio }],
  };
}

/** Hands a list over to a service that takes every message and cuts every answer, and settles all of it. */
async function settleAll(): Promise<ProcessCost> {
  await using folder = await temporaryFolder();
  await using emulator = await openEmulatorProcess({
    folder: folder.path,
    latencyMs,
    faults: [{ fault: 'cut-after' }],
  });
  await writeList(join(folder.path, 'list.csv'), rows);
  const choice = { folder: folder.path, name: 'unknown', list: 'list.csv', date: 'ship_date', rate: '1000/s' };
  const campaign = await writeCampaign(choice);
  const run = join(folder.path, 'unknown.run');
  const send = ['send', campaign, '--run', run, '--yes', '--endpoint', emulator.url, '--no-reconcile'];
  const sent = await runCli([...send, '--stop-after', 'never'], { env: emulatorEnv });
  if (sent.code !== 12) throw new Error(`send ended with ${sent.code}, and 12 was expected:\n${sent.stderr}`);
  // It ends with anything but 0 where a single row stays unknown, and that throws.
  const reconcile = [mainFile, 'reconcile', run, '--endpoint', emulator.url];
  // Awaited here, before the emulator is ended.
  return await measureProcess(reconcile, { env: emulatorEnv });
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
