/** How many rows a second mass sending hands over, beside what its quota of 10 requests a second allows. */
import { join } from 'node:path';
import { defaultRates, mostPerRequest } from '../../src/domain/request-pace.ts';
import { emulatorEnv, openEmulatorProcess } from '../support/emulator-process.ts';
import { temporaryFolder } from '../support/lists.ts';
import { mainFile, runCli } from '../support/run-cli.ts';
import { measureProcess } from './measured-process.ts';
import { type BenchOptions, type Measurement, median } from './measurement.ts';
import { writeCampaign, writeList } from './write-list.ts';

const quota = defaultRates.mass.count;
const rowsPerSecond = quota * mostPerRequest.mass;
const latencyMs = 80;
const aimShare = 0.95;

interface MassRun {
  readonly requests: number;
  readonly rowsPerSecond: number;
  readonly cpuMsPerRow: number;
  readonly peakMb: number;
  readonly worstSecond: number;
}

export async function measureMassSending({ rounds, seconds }: BenchOptions): Promise<Measurement> {
  const runs: MassRun[] = [];
  for (let round = 0; round < rounds; round += 1) runs.push(await sendAll(seconds * rowsPerSecond));
  const share = median(runs.map((run) => run.rowsPerSecond)) / rowsPerSecond;
  const worst = Math.max(...runs.map(({ worstSecond }) => worstSecond));
  return {
    title: `Mass sending of ${seconds * rowsPerSecond} rows, every answer after ${latencyMs} ms`,
    note: `Planned before. The emulator throttles nobody. Rate: rows by the intervals between arrivals of requests, which a quota of ${quota}/s bounds at ${rowsPerSecond}/s.`,
    head: ['', 'requests', 'rows', 'share of quota', 'processor time a row', 'peak', 'worst second'],
    lines: runs.map((run, round) => [
      `sendoff send --mode mass, round ${round + 1}`,
      String(run.requests),
      `${run.rowsPerSecond.toFixed(0)}/s`,
      `${((run.rowsPerSecond / rowsPerSecond) * 100).toFixed(1)} %`,
      `${run.cpuMsPerRow.toFixed(3)} ms`,
      `${run.peakMb.toFixed(0)} MB`,
      String(run.worstSecond),
    ]),
    aims: [
      {
        words: `at least ${aimShare * 100} % of the quota, median`,
        reached: `${(share * 100).toFixed(1)} %`,
        met: share >= aimShare,
      },
      {
        words: 'never more than 10 requests in any sliding second',
        reached: `worst ${worst}`,
        met: worst <= quota,
      },
    ],
  };
}

async function sendAll(rows: number): Promise<MassRun> {
  await using folder = await temporaryFolder();
  await using emulator = await openEmulatorProcess({
    folder: folder.path,
    latencyMs,
    flags: ['--mass-quota', '1000000'],
  });
  await writeList(join(folder.path, 'list.csv'), rows);
  const choice = { folder: folder.path, name: 'mass', list: 'list.csv', date: 'ship_date', rate: `${quota}/s` };
  const campaign = await writeCampaign(choice);
  const run = join(folder.path, 'mass.run');
  const plan = ['plan', campaign, '--mode', 'mass', '--run', run, '--endpoint', emulator.url];
  const planned = await runCli(plan, { env: emulatorEnv });
  if (planned.code !== 0) throw new Error(`plan ended with ${planned.code}:\n${planned.stderr}`);
  const send = [mainFile, 'send', run, '--endpoint', emulator.url, '--yes'];
  const { cpuMs, peakMb } = await measureProcess(send, { env: emulatorEnv });
  const { massSends, worstMassSecond } = await emulator.stats();
  const arrivals = new Set((await emulator.accepted()).map(({ arrivedMs }) => arrivedMs));
  const [first = 0] = arrivals;
  const last = [...arrivals].at(-1) ?? first;
  const perRequest = rows / arrivals.size;
  return {
    requests: massSends,
    rowsPerSecond: ((arrivals.size - 1) * perRequest * 1_000) / (last - first),
    cpuMsPerRow: cpuMs / rows,
    peakMb,
    worstSecond: worstMassSecond,
  };
}
