/**
 * SIGKILL at every step of the loop, again and again on one run file, which is picked up after each. `SENDOFF_KILLS`
 * says how many processes die here and in `kill-at-random.test.ts` together; 200 unless it is set, and 5,000 take half an hour.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBalance, readBooks } from '../support/books.ts';
import { type EmulatorProcess, emulatorEnv, openEmulatorProcess } from '../support/emulator-process.ts';
import { killAt, killsFor } from '../support/kill.ts';
import type { KillStep } from '../support/kill-steps.ts';
import { type CampaignFiles, type TemporaryFolder, temporaryFolder, writeCampaign } from '../support/lists.ts';
import { runCli } from '../support/run-cli.ts';

/** What a process that died has changed. */
interface Traces {
  readonly accepted: number;
  readonly unknown: number;
  /** Accepted by the emulator, as it says itself. */
  readonly logged: number;
}

/** The nth message is under way. */
const notRecorded = (n: number): Traces => ({ accepted: n - 1, unknown: 0, logged: n - 1 });
const recorded = (n: number): Traces => ({ accepted: n - 1, unknown: 1, logged: n - 1 });
const handedOver = (n: number): Traces => ({ accepted: n - 1, unknown: 1, logged: n });
const settled = (n: number): Traces => ({ accepted: n, unknown: 0, logged: n });

interface StepCase {
  readonly step: KillStep;
  /** With one message at a time, where the nth passage is fatal. */
  readonly leaves: (n: number) => Traces;
}

const nothing: Traces = { accepted: 0, unknown: 0, logged: 0 };

/** The first transaction of a run closes what was left open; then a message takes two, its attempt and its outcome. */
const byTransaction = (attempt: (n: number) => Traces, outcome: (n: number) => Traces) => (passage: number) => {
  const message = Math.floor(passage / 2);
  if (message === 0) return nothing;
  return passage % 2 === 0 ? attempt(message) : outcome(message);
};

const loopSteps: readonly StepCase[] = [
  { step: 'before-attempt', leaves: notRecorded },
  { step: 'after-begin', leaves: byTransaction(notRecorded, handedOver) },
  { step: 'before-commit', leaves: byTransaction(notRecorded, handedOver) },
  { step: 'after-commit', leaves: byTransaction(recorded, settled) },
  { step: 'after-attempt', leaves: recorded },
  { step: 'before-request', leaves: recorded },
  { step: 'after-request', leaves: handedOver },
  { step: 'after-answer', leaves: handedOver },
  { step: 'after-outcome', leaves: settled },
];

const rounds = Math.ceil(killsFor(1 / 3) / (loopSteps.length + 5));
const concurrentRounds = Math.ceil(killsFor(1 / 3) / loopSteps.length);
const concurrency = 8;
/** More than the kills can use up: a passage is an attempt, or a group of at most `concurrency`. */
const rows = 200 + (rounds * (rounds + 1) + concurrentRounds * 12 * concurrency) * loopSteps.length;
const timeout = (kills: number) => 60_000 + kills * 5_000;

describe('a run that is killed', () => {
  let folder: TemporaryFolder;
  let emulator: EmulatorProcess;
  let files: CampaignFiles;

  beforeAll(
    async () => {
      folder = await temporaryFolder();
      emulator = await openEmulatorProcess({ folder: folder.path });
      files = await writeCampaign(folder.path, { name: 'killed', rows });
      const args = ['plan', files.campaign, '--run', files.run, '--endpoint', emulator.url];
      expect(await runCli(args, options())).toMatchObject({ code: 0 });
    },
    timeout(rows / 1_000),
  );
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  const options = () => ({ cwd: folder.path, env: emulatorEnv });
  const resume = (...more: string[]) => [
    'resume',
    files.run,
    '--yes',
    '--no-reconcile',
    '--endpoint',
    emulator.url,
    ...more,
  ];

  async function standing(): Promise<Traces> {
    const [{ accepted, unknown }, stats] = await Promise.all([readBalance(files.run), emulator.stats()]);
    return { accepted, unknown, logged: stats.accepted };
  }

  async function changes(before: Traces): Promise<Traces> {
    const { accepted, unknown, logged } = await standing();
    return {
      accepted: accepted - before.accepted,
      unknown: unknown - before.unknown,
      logged: logged - before.logged,
    };
  }

  async function contradictions(): Promise<readonly string[]> {
    return (await readBooks(files.run, await emulator.accepted())).contradictions;
  }

  it.each(loopSteps)(
    'leaves what it had made durable, one at a time: $step',
    { timeout: timeout(rounds) },
    async ({ step, leaves }) => {
      for (let passage = 1; passage <= rounds; passage += 1) {
        const before = await standing();
        await killAt(step, passage, resume('--concurrency', '1'), options());
        // The emulator may still be reading what the dead process wrote.
        await expect.poll(() => changes(before), { timeout: 20_000 }).toEqual(leaves(passage));
      }
      expect(await contradictions()).toEqual([]);
    },
  );

  it.each(['before-closing-open', 'after-closing-open'] as const)(
    'keeps unknown what the one before it left open: %s',
    { timeout: timeout(2 * rounds) },
    async (step) => {
      for (let round = 1; round <= rounds; round += 1) {
        await killAt('after-attempt', 1, resume('--concurrency', '1'), options());
        const before = await standing();
        await killAt(step, 1, resume('--concurrency', '1'), options());
        expect(await changes(before)).toEqual(nothing);
      }
      expect(await contradictions()).toEqual([]);
    },
  );

  it('has lost nothing when it dies at its very end: before-close', { timeout: timeout(rounds) }, async () => {
    for (let limit = 1; limit <= rounds; limit += 1) {
      const before = await standing();
      await killAt('before-close', 1, resume('--limit', String(limit)), options());
      expect(await changes(before)).toEqual(settled(limit));
    }
    expect(await contradictions()).toEqual([]);
  });

  it.each(loopSteps)(
    'leaves no more unknown than were in flight: $step',
    { timeout: timeout(concurrentRounds) },
    async ({ step }) => {
      for (let round = 0; round < concurrentRounds; round += 1) {
        const before = await standing();
        await killAt(step, 1 + ((round * 5) % 12), resume('--concurrency', String(concurrency)), options());
        const { unknown } = await changes(before);
        expect(unknown).toBeLessThanOrEqual(concurrency);
      }
      expect(await contradictions()).toEqual([]);
    },
  );

  it('is brought to its end with nobody lost and nobody written to twice', {
    timeout: timeout(rows / 200),
  }, async () => {
    const result = await runCli(resume(), options());
    const books = await readBooks(files.run, await emulator.accepted());
    const { accepted, unknown } = books.balance;
    expect(result).toMatchObject({ code: 12 });
    expect(books.contradictions).toEqual([]);
    expect(books.balance).toEqual({ rows, accepted, rejected: 0, unknown, skipped: 0, invalid: 0, unsent: 0 });
    expect(await emulator.stats()).toMatchObject({ duplicates: 0 });
  });
});

describe('a run that the service stops', { timeout: 180_000 }, () => {
  it.each([
    ['before-withdraw', { accepted: 0, unknown: 1, unsent: 2 }],
    ['after-withdraw', { accepted: 0, unknown: 0, unsent: 3 }],
  ] as const)('leaves what had been recorded and had not gone as it had made durable: %s', async (step, left) => {
    await using folder = await temporaryFolder();
    const { campaign, run, addresses } = await writeCampaign(folder.path, { name: 'stopped', rows: 3 });
    await using emulator = await openEmulatorProcess({
      folder: folder.path,
      faults: [
        { fault: 'refuse', code: 'Product.Unsubscript', times: 1, numbers: addresses.slice(0, 1) },
        { fault: 'latency', minMs: 300, maxMs: 300 },
      ],
    });
    const options = { cwd: folder.path, env: emulatorEnv };
    const send = ['send', campaign, '--run', run, '--yes', '--no-reconcile', '--endpoint', emulator.url];
    // The second message is recorded while the first is under way, and would leave two seconds later.
    await killAt(step, 1, [...send, '--rate', '0.5/s'], options);
    expect(await readBalance(run)).toMatchObject(left);

    await runCli(send, options);
    expect(await readBooks(run, await emulator.accepted())).toMatchObject({
      balance: { accepted: 3 - left.unknown, unknown: left.unknown, unsent: 0 },
      contradictions: [],
    });
  });
});
