/** Text messages in shared requests, with the real SDK, against an emulator that outlives every command. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openRunReader } from '../../src/adapters/checkpoints/sqlite/run-reader.ts';
import { isBalanced } from '../../src/domain/balance.ts';
import type { ResultRow } from '../../src/domain/result.ts';
import { chance } from '../../src/emulator/chance.ts';
import type { FaultRule } from '../../src/emulator/fault-rule.ts';
import type { AcceptedSms } from '../../src/emulator/sms/sms-message.ts';
import { readBalance } from '../support/books.ts';
import { type EmulatorProcess, emulatorEnv } from '../support/emulator-process.ts';
import { killAt } from '../support/kill.ts';
import { lastingEmulators } from '../support/lasting-emulators.ts';
import { addressOf } from '../support/lists.ts';
import { type CliResult, runCli, startCli } from '../support/run-cli.ts';

const emulators = lastingEmulators();
const openEmulator = emulators.open;

const options = () => ({ cwd: emulators.folder(), env: emulatorEnv });
const sendoff = (...args: readonly string[]): Promise<CliResult> => runCli(args, options());
const run = () => join(emulators.folder(), 'texts.run');
const send = (emulator: EmulatorProcess, ...flags: readonly string[]) =>
  sendoff('send', 'texts.yaml', '--run', run(), '--yes', '--endpoint', emulator.url, ...flags);
const reconcile = (emulator: EmulatorProcess, ...flags: readonly string[]) =>
  sendoff('reconcile', run(), '--endpoint', emulator.url, '--settle', '1s', ...flags);

interface CampaignChoice {
  /** All rows say the same. */
  readonly alike?: true;
  readonly send?: string;
  /** So many numbers get the rows in turn; without it each row has its own. */
  readonly numbers?: number;
}

/** Each row has words of its own, so that a request holds a hundred of them, unless all are to say the same. */
async function writeCampaign(rows: number, choice: CampaignChoice = {}) {
  const lines = Array.from({ length: rows }, (_, index) => {
    const own = choice.alike ? 'Ann,A-1' : `Ann ${index},A-${index}`;
    return `${addressOf(index % (choice.numbers ?? rows))},${own},11-21`;
  });
  await writeFile(join(emulators.folder(), 'texts.csv'), ['phone,name,code,date', ...lines, ''].join('\n'));
  await writeFile(
    join(emulators.folder(), 'texts.yaml'),
    `name: texts
channel: sms
sign: 示例商城
recipients: { file: texts.csv, to: phone }
template: { code: SMS_100000001 }
send: { stopAfter: { failures: never }, ${choice.send ?? 'concurrency: 4'} }
`,
  );
}

interface Books {
  readonly balance: Readonly<Record<string, number>>;
  /** Every way in which run file and log contradict each other or themselves. */
  readonly contradictions: readonly string[];
  readonly results: readonly ResultRow[];
}

/** The run file against the log of the emulator, whose lines for text messages have fields of their own. */
async function readBooks(emulator: EmulatorProcess): Promise<Books> {
  // The log of this emulator holds nothing but text messages.
  const log = (await emulator.accepted()) as unknown as readonly AcceptedSms[];
  const reader = openRunReader(run());
  try {
    const results: ResultRow[] = [];
    for await (const rows of reader.results()) results.push(...rows);
    const balance = await reader.balance();
    // A number may have several rows, of which each has a code of its own.
    const times = Map.groupBy(log, ({ to, params }) => `${to} ${params['code']}`);
    const nameOf = ({ to, cells }: ResultRow) => `${to} ${cells[2]}`;
    const statusOf = new Map(results.map((row) => [nameOf(row), row.status]));
    return {
      balance: { ...balance },
      results,
      contradictions: [
        ...(isBalanced(balance) && balance.rows === results.length ? [] : ['the balance does not add up']),
        ...[...times].filter(([, each]) => each.length > 1).map(([to]) => `${to} was accepted twice`),
        ...[...times.keys()]
          .filter((to) => !['accepted', 'unknown'].includes(statusOf.get(to) ?? ''))
          .map((to) => `${to} was accepted and is ${statusOf.get(to)}`),
        ...results
          .filter((row) => row.status === 'accepted' && !times.has(nameOf(row)))
          .map((row) => `${nameOf(row)} is accepted, and the log has nothing`),
      ],
    };
  } finally {
    reader.close();
  }
}

async function standing(emulator: EmulatorProcess) {
  const { balance, contradictions } = await readBooks(emulator);
  return { balance, contradictions };
}

const whole = (rows: number, changes: Partial<Record<string, number>> = {}) => ({
  balance: { rows, accepted: 0, rejected: 0, unknown: 0, skipped: 0, invalid: 0, unsent: 0, ...changes },
  contradictions: [],
});

describe('text messages', () => {
  it('share requests as the plan said: a link for those that say the same, a hundred for those that do not', async () => {
    const emulator = await openEmulator();
    await writeCampaign(450);
    const sent = await send(emulator);
    expect(sent).toMatchObject({ code: 0, stdout: expect.stringMatching(/segments +450\n +requests +5; /) });
    expect(await standing(emulator)).toEqual(whole(450, { accepted: 450 }));
    const { results } = await readBooks(emulator);
    expect(new Set(results.map(({ messageId }) => messageId)).size).toBe(5);
  });

  it('say the same to hundreds in one link, and one row a request where they are not to share', async () => {
    const emulator = await openEmulator({ flags: ['--sms-limits', 'off'] });
    await writeCampaign(300, { alike: true });
    expect((await send(emulator)).code).toBe(0);
    const shared = await readBooks(emulator);
    expect(new Set(shared.results.map(({ messageId }) => messageId)).size).toBe(1);

    await writeCampaign(20, { alike: true, send: 'batch: off' });
    const alone = await sendoff('send', 'texts.yaml', '--yes', '--run', 'alone.run', '--endpoint', emulator.url);
    expect(alone).toMatchObject({ code: 0, stdout: expect.stringMatching(/requests +20\b/) });
    const ids = (await sendoff('report', 'alone.run', '--jsonl')).stdout.match(/"sendoff_message_id":"[^"]+"/g);
    expect(new Set(ids).size).toBe(20);
  });

  it('are taken apart where one number is refused, which ends rejected alone', async () => {
    const emulator = await openEmulator({
      faults: [{ fault: 'refuse', code: 'isv.MOBILE_NUMBER_ILLEGAL', numbers: [addressOf(137)] }],
    });
    await writeCampaign(300);
    expect((await send(emulator)).code).toBe(6);
    expect(await standing(emulator)).toEqual(whole(300, { accepted: 299, rejected: 1 }));
    const { results } = await readBooks(emulator);
    expect(results.filter(({ status }) => status === 'rejected')).toMatchObject([
      { to: addressOf(137), code: 'isv.MOBILE_NUMBER_ILLEGAL' },
    ]);
  });

  it('leave whole requests unknown where they are cut, and settle each row by the details of its number', async () => {
    const faults: readonly FaultRule[] = [
      { fault: 'cut-before', numbers: [addressOf(20)], times: 1 },
      { fault: 'cut-after', numbers: [addressOf(120)], times: 1 },
      { fault: 'throttle', numbers: [addressOf(220)], times: 1 },
    ];
    const emulator = await openEmulator({ faults });
    await writeCampaign(400);
    expect((await send(emulator, '--no-reconcile')).code).toBe(12);
    expect(await standing(emulator)).toEqual(whole(400, { accepted: 200, unknown: 200 }));

    expect((await reconcile(emulator, '--resend-missing')).code).toBe(8);
    expect(await standing(emulator)).toEqual(whole(400, { accepted: 300, unsent: 100 }));
    expect((await sendoff('resume', run(), '--endpoint', emulator.url)).code).toBe(0);
    expect(await standing(emulator)).toEqual(whole(400, { accepted: 400 }));
  });
});

describe('several text messages to one number', () => {
  it('are told apart after requests were cut: each that went out is found, and each that did not goes again', async () => {
    const emulator = await openEmulator({
      faults: [
        // Six requests have a message to this number: one of them is cut before it is taken, another after.
        { fault: 'cut-before', numbers: [addressOf(20)], times: 1 },
        { fault: 'cut-after', numbers: [addressOf(70)], times: 1 },
      ],
    });
    await writeCampaign(600, { numbers: 100, send: 'concurrency: 1' });
    expect((await send(emulator, '--no-reconcile')).code).toBe(12);
    const { balance } = await standing(emulator);
    expect(balance['unknown']).toBeGreaterThanOrEqual(200);
    expect((await reconcile(emulator, '--resend-missing')).code).toBe(8);
    const settled = await standing(emulator);
    expect([settled.balance['unknown'], settled.contradictions]).toEqual([0, []]);
    expect(settled.balance['unsent']).toBeGreaterThan(0);
    expect((await sendoff('resume', run(), '--endpoint', emulator.url)).code).toBe(0);
    expect(await standing(emulator)).toEqual(whole(600, { accepted: 600 }));
  });

  it('are told apart again and again, whenever the run is killed', async () => {
    const emulator = await openEmulator({ latencyMs: 150 });
    await writeCampaign(1_200, { numbers: 60, send: 'concurrency: 2, rate: 12/s' });
    const handOver = ['--yes', '--no-reconcile', '--endpoint', emulator.url];
    for (let kill = 0; kill < 5; kill += 1) {
      const begun = existsSync(run());
      const words = begun ? ['resume', run(), ...handOver] : ['send', 'texts.yaml', '--run', run(), ...handOver];
      const job = startCli(words, options());
      await job.says('EMULATOR: ');
      await wait(chance(11, `kill ${kill}`) * 400);
      job.kill('SIGKILL');
      await job.ended;
      const { stderr } = await reconcile(emulator, '--resend-missing');
      const { balance, contradictions } = await standing(emulator);
      expect([balance['unknown'], contradictions], stderr).toEqual([0, []]);
    }
    await sendoff('resume', run(), ...handOver);
    expect(await standing(emulator)).toEqual(whole(1_200, { accepted: 1_200 }));
  });
});

describe('a run of text messages that is killed', () => {
  const kills = 8;

  it.each(['after-attempt', 'before-request', 'after-request', 'after-answer', 'after-outcome'] as const)(
    'is picked up where that left it: %s',
    async (step) => {
      const emulator = await openEmulator();
      await writeCampaign(300, { send: 'concurrency: 1' });
      const words = ['send', 'texts.yaml', '--run', run(), '--yes', '--no-reconcile', '--endpoint', emulator.url];
      await killAt(step, 2, words, options());
      expect((await readBooks(emulator)).contradictions).toEqual([]);
      await reconcile(emulator, '--resend-missing');
      expect((await sendoff('resume', run(), '--endpoint', emulator.url)).code).toBe(0);
      expect(await standing(emulator)).toEqual(whole(300, { accepted: 300 }));
    },
  );

  it('again and again ends with nobody lost and nobody written to twice, whatever goes wrong beside', {
    timeout: 180_000,
  }, async () => {
    const rows = 2_400;
    const refused = addressOf(1_234);
    const emulator = await openEmulator({
      latencyMs: 150,
      faults: [
        { fault: 'refuse', code: 'isv.MOBILE_NUMBER_ILLEGAL', numbers: [refused] },
        { fault: 'cut-before', numbers: [addressOf(310)], times: 1 },
        { fault: 'cut-after', numbers: [addressOf(620)], times: 1 },
        { fault: 'error-500', numbers: [addressOf(930)], times: 1 },
        { fault: 'throttle', numbers: [addressOf(1_540)], times: 2 },
        { fault: 'hang-after', numbers: [addressOf(1_850)], times: 1 },
      ],
    });
    await writeCampaign(rows, { send: 'concurrency: 2, rate: 12/s' });
    const handOver = ['--yes', '--no-reconcile', '--endpoint', emulator.url];
    for (let kill = 0; kill < kills; kill += 1) {
      const begun = existsSync(run());
      const words = begun ? ['resume', run(), ...handOver] : ['send', 'texts.yaml', '--run', run(), ...handOver];
      const job = startCli(words, options());
      await job.says('EMULATOR: ');
      await wait(chance(7, `kill ${kill}`) * 400);
      job.kill('SIGKILL');
      expect((await job.ended).signal).toBe('SIGKILL');
      expect((await readBooks(emulator)).contradictions).toEqual([]);
    }
    expect((await readBalance(run())).unknown).toBeGreaterThan(0);
    // What a kill or a fault left unknown is settled, and put back in line only where it provably did not go out.
    for (let round = 0; round < 4 && (await readBalance(run())).accepted < rows - 1; round += 1) {
      await reconcile(emulator, '--resend-missing');
      await sendoff('resume', run(), ...handOver);
    }
    expect(await standing(emulator)).toEqual(whole(rows, { accepted: rows - 1, rejected: 1 }));
    const { results } = await readBooks(emulator);
    expect(results.filter(({ status }) => status === 'rejected')).toMatchObject([{ to: refused }]);
  });
});
