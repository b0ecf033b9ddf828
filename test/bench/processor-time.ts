/** What a message costs the processor at full speed: checkpoint, pacing and all, beside the SDK's call alone. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emulatorEnv, openEmulatorProcess } from '../support/emulator-process.ts';
import { temporaryFolder } from '../support/lists.ts';
import { mainFile } from '../support/run-cli.ts';
import { measureProcess } from './measured-process.ts';
import { type BenchOptions, inTurn, type Measurement, median, ratio } from './measurement.ts';
import { writeCampaign, writeList } from './write-list.ts';

const inFlight = 64;
/** Runs of both lengths, so that start-up and warming up fall out of the difference. */
const few = 2_000;
const many = 20_000;
const aimRatio = 1.3;
const bareSdk = fileURLToPath(new URL('programs/bare-sdk.js', import.meta.url));

export async function measureProcessorTime({ rounds }: BenchOptions): Promise<Measurement> {
  await using folder = await temporaryFolder();
  await using emulator = await openEmulatorProcess({
    folder: folder.path,
    ratePerSecond: 1_000_000,
    latencyMs: 1,
    logged: false,
  });
  const campaigns = new Map<number, string>();
  for (const messages of [few, many]) {
    const list = `${messages}.csv`;
    await writeList(join(folder.path, list), messages);
    const name = `send-${messages}`;
    campaigns.set(
      messages,
      await writeCampaign({ folder: folder.path, name, list, date: 'ship_date', rate: '100000/s' }),
    );
  }

  async function sendoff(messages: number, round: number): Promise<number> {
    const run = join(folder.path, `${messages}-${round}.run`);
    const service = ['--endpoint', emulator.url];
    await measureProcess([mainFile, 'plan', campaigns.get(messages) ?? '', ...service, '--run', run], {
      env: emulatorEnv,
    });
    const { cpuMs } = await measureProcess([mainFile, 'send', run, ...service, '--yes'], { env: emulatorEnv });
    return cpuMs;
  }

  async function bare(messages: number): Promise<number> {
    const args = [bareSdk, emulator.url, String(messages), String(inFlight), 'loop'];
    return (await measureProcess(args, { env: emulatorEnv })).cpuMs;
  }

  const perMessage = (long: number, short: number) => ((long - short) * 1000) / (many - few);
  const results = await inTurn(rounds, {
    'SDK, typed call': async () => perMessage(await bare(many), await bare(few)),
    'sendoff send': async (round) => perMessage(await sendoff(many, round), await sendoff(few, round)),
  });
  const floors = results['SDK, typed call'];
  const times = median(results['sendoff send']) / median(floors);
  return {
    title: 'Processor time of a message at full speed',
    note: `${inFlight} in flight; user and system time of the process, (${many} messages − ${few} messages) / ${many - few}, medians of ${rounds} rounds.`,
    head: ['', 'µs a message', 'beside the SDK'],
    lines: [
      ['SDK, typed call', median(floors).toFixed(0), ratio(1)],
      ['sendoff send', median(results['sendoff send']).toFixed(0), ratio(times)],
    ],
    aims: [{ words: `within ${aimRatio}× of the SDK`, reached: ratio(times), met: times <= aimRatio }],
  };
}
