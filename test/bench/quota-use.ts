/** How much of a quota of 250 a second is used, and whether it is ever exceeded, as the service sees it. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EmulatorStats } from '../../src/emulator/statistics.ts';
import { emulatorEnv, openEmulatorProcess } from '../support/emulator-process.ts';
import { temporaryFolder } from '../support/lists.ts';
import { mainFile } from '../support/run-cli.ts';
import { measureProcess } from './measured-process.ts';
import { type BenchOptions, inTurn, type Measurement, median } from './measurement.ts';
import { writeCampaign, writeList } from './write-list.ts';

const quota = 250;
const latencyMs = 80;
const aimShare = 0.99;
const bareSdk = fileURLToPath(new URL('programs/bare-sdk.js', import.meta.url));

export async function measureQuotaUse({ rounds, seconds }: BenchOptions): Promise<Measurement> {
  const messages = seconds * quota;
  const bare = (count: number, inFlight: number, how: 'loop' | 'p-limit') =>
    underWatch((url) => [bareSdk, url, String(count), String(inFlight), how]);
  const sendoff = async (url: string, folder: string) => {
    await writeList(join(folder, 'list.csv'), messages);
    const choice = { folder, name: 'quota', list: 'list.csv', date: 'ship_date', rate: `${quota}/s` };
    const campaign = await writeCampaign(choice);
    return [mainFile, 'send', campaign, '--endpoint', url, '--yes', '--run', join(folder, 'quota.run')];
  };
  const { runs } = await inTurn(rounds, { runs: () => underWatch(sendoff) });
  // As many in flight as fit the quota on paper, and the round number that people take when they have no paper.
  const onPaper = (quota * latencyMs) / 1000;
  const contenders: readonly (readonly [string, EmulatorStats])[] = [
    ...runs.map((stats, round) => [`sendoff send, round ${round + 1}`, stats] as const),
    ['SDK, one after the other', await bare(Math.ceil((seconds * 1000) / latencyMs), 1, 'loop')],
    [`SDK, p-limit ${onPaper}`, await bare(messages, onPaper, 'p-limit')],
    ['SDK, p-limit 50', await bare(messages, 50, 'p-limit')],
  ];
  const share = median(runs.map(ratePerSecond)) / quota;
  const worstSecond = Math.max(...runs.map((stats) => stats.worstSecondAtLeast));
  return {
    title: `Use of a quota of ${quota}/s, ${seconds} s, every answer after ${latencyMs} ms`,
    note: `The emulator counts and throttles nobody. Rate: the intervals between arrivals, (accepted − 1) / (last arrival − first arrival). Worst second: requests that the emulator saw at once after its own thread was held up count from when they may have come; "as seen" takes them to have come at once.`,
    head: ['', 'accepted', 'rate', 'share of quota', 'worst second', 'as seen', ''],
    lines: contenders.map(([name, stats]) => [
      name,
      String(stats.accepted),
      `${ratePerSecond(stats).toFixed(1)}/s`,
      `${((ratePerSecond(stats) / quota) * 100).toFixed(1)} %`,
      String(stats.worstSecondAtLeast),
      String(stats.worstSecond),
      stats.worstSecondAtLeast <= quota ? 'held' : `over by ${stats.worstSecondAtLeast - quota}`,
    ]),
    aims: [
      {
        words: `at least ${aimShare * 100} % of the quota, median`,
        reached: `${(share * 100).toFixed(2)} %`,
        met: share >= aimShare,
      },
      {
        words: 'never over the quota in any sliding second',
        reached: `worst ${worstSecond}`,
        met: worstSecond <= quota,
      },
    ],
  };
}

/** Runs a program against an emulator of its own, and answers with what that saw. */
async function underWatch(
  programFor: (url: string, folder: string) => readonly string[] | Promise<readonly string[]>,
): Promise<EmulatorStats> {
  await using folder = await temporaryFolder();
  await using emulator = await openEmulatorProcess({
    folder: folder.path,
    ratePerSecond: 1_000_000,
    latencyMs,
    logged: false,
  });
  await measureProcess(await programFor(emulator.url, folder.path), { env: emulatorEnv });
  // Awaited here, before the emulator is ended.
  return await emulator.stats();
}

function ratePerSecond({ accepted, firstArrivalMs, lastArrivalMs }: EmulatorStats): number {
  if (firstArrivalMs === null || lastArrivalMs === null) throw new Error('nothing arrived');
  return ((accepted - 1) * 1000) / (lastArrivalMs - firstArrivalMs);
}
