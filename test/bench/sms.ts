/** How many rows a second go out as text messages, together and one by one, beside the loop that people write first. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openRunReader } from '../../src/adapters/checkpoints/sqlite/run-reader.ts';
import { smsRate } from '../../src/domain/request-pace.ts';
import { type EmulatorProcess, emulatorEnv, openEmulatorProcess } from '../support/emulator-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/lists.ts';
import { mainFile, runCli } from '../support/run-cli.ts';
import { measureProcess } from './measured-process.ts';
import { type BenchOptions, inTurn, type Measurement, median } from './measurement.ts';
import { writeList } from './write-list.ts';

const quota = smsRate.count;
const latencyMs = 1;
const aimRowsPerSecond = 50_000;
/** A request a row takes longer, and so does one after the other. */
const fewerRows = 10;
const mostOneByOne = 2_000;
const bareSdk = fileURLToPath(new URL('programs/bare-sms.js', import.meta.url));

/** Every row with words of its own, or all with the same. */
const ownWords = { code: 'SMS_100000001', params: { name: 'first_name', date: "{{ ship_date | date: '%m-%d' }}" } };
const sameWords = { code: 'SMS_100000006' };

interface SmsRun {
  readonly rows: number;
  readonly requests: number;
  readonly seconds: number;
  readonly cpuMs: number;
  readonly worstSecond: number;
}

export async function measureTextMessages({ rounds, rows }: BenchOptions): Promise<Measurement> {
  const results = await inTurn(rounds, {
    'sendoff send, own words (SendBatchSms)': () => sendAll(rows, ownWords, true),
    'sendoff send, same words (SendSms)': () => sendAll(rows, sameWords, true),
    'sendoff send, batch: off (SendSms)': () => sendAll(Math.ceil(rows / fewerRows), sameWords, false),
    'SDK, SendSms one after the other': () => sendOneByOne(Math.min(rows, mostOneByOne)),
  });
  const rate = median(results['sendoff send, own words (SendBatchSms)'].map(rowsPerSecond));
  const worst = Math.max(...Object.values(results).flatMap((runs) => runs.map(({ worstSecond }) => worstSecond)));
  return {
    title: `Text messages of a list of ${rows} rows, every answer after ${latencyMs} ms`,
    note: `Planned before. The emulator throttles nobody and holds no number to its limits. Rate: from the first attempt to the last answer; of the SDK alone, of its whole process. Medians of ${rounds} rounds.`,
    head: ['', 'rows', 'rows a second', 'requests a second', `worst second of ${quota}`, 'processor time a row'],
    lines: Object.entries(results).map(([name, runs]) => [
      name,
      String(runs[0]?.rows),
      `${median(runs.map(rowsPerSecond)).toFixed(0)}/s`,
      `${median(runs.map(({ requests, seconds }) => requests / seconds)).toFixed(0)}/s`,
      String(Math.max(...runs.map(({ worstSecond }) => worstSecond))),
      `${median(runs.map((run) => (run.cpuMs * 1_000) / run.rows)).toFixed(0)} µs`,
    ]),
    aims: [
      {
        words: `at least ${aimRowsPerSecond} rows a second in one process, own words`,
        reached: `${rate.toFixed(0)}/s`,
        met: rate >= aimRowsPerSecond,
      },
      { words: `never over ${quota} requests in any sliding second`, reached: `worst ${worst}`, met: worst <= quota },
    ],
  };
}

function rowsPerSecond({ rows, seconds }: SmsRun): number {
  return rows / seconds;
}

async function sendAll(rows: number, template: object, batch: boolean): Promise<SmsRun> {
  await using folder = await temporaryFolder();
  await using emulator = await openSmsEmulator(folder);
  await writeList(join(folder.path, 'list.csv'), rows);
  const campaign = join(folder.path, 'sms.yaml');
  const recipients = { file: 'list.csv', to: 'phone', country: 'CN' };
  // JSON is YAML.
  await writeFile(
    campaign,
    JSON.stringify({ channel: 'sms', sign: '示例商城', recipients, template, send: { batch: batch ? 'on' : 'off' } }),
  );
  const run = join(folder.path, 'sms.run');
  const planned = await runCli(['plan', campaign, '--run', run, '--endpoint', emulator.url], { env: emulatorEnv });
  if (planned.code !== 0) throw new Error(`plan ended with ${planned.code}:\n${planned.stderr}`);
  const send = [mainFile, 'send', run, '--endpoint', emulator.url, '--yes'];
  const { cpuMs } = await measureProcess(send, { env: emulatorEnv });
  return { rows, cpuMs, seconds: await secondsOf(run), ...(await requestsTo(emulator)) };
}

async function sendOneByOne(rows: number): Promise<SmsRun> {
  await using folder = await temporaryFolder();
  await using emulator = await openSmsEmulator(folder);
  const { cpuMs, wallMs } = await measureProcess([bareSdk, emulator.url, String(rows)], { env: emulatorEnv });
  return { rows, cpuMs, seconds: wallMs / 1_000, ...(await requestsTo(emulator)) };
}

function openSmsEmulator({ path }: TemporaryFolder): Promise<EmulatorProcess> {
  const flags = ['--sms-quota', '1000000', '--sms-limits', 'off'];
  return openEmulatorProcess({ folder: path, latencyMs, logged: false, flags });
}

/** From the first attempt to the last answer: without starting, and without reporting. */
async function secondsOf(run: string): Promise<number> {
  const reader = openRunReader(run);
  try {
    const { firstAttemptAt } = await reader.activity();
    if (firstAttemptAt === null) throw new Error('nothing left');
    let lastAnswerAt = firstAttemptAt;
    for await (const rows of reader.results()) {
      for (const { endedAt } of rows) lastAnswerAt = Math.max(lastAnswerAt, endedAt ?? 0);
    }
    return (lastAnswerAt - firstAttemptAt) / 1_000;
  } finally {
    reader.close();
  }
}

async function requestsTo(emulator: EmulatorProcess): Promise<Pick<SmsRun, 'requests' | 'worstSecond'>> {
  const { smsSends, smsBatchSends, worstSmsSecond, worstSmsBatchSecond } = await emulator.stats();
  return { requests: smsSends + smsBatchSends, worstSecond: Math.max(worstSmsSecond, worstSmsBatchSecond) };
}
