/** Mass sending with the real SDK against an emulator that outlives every command: whole, cut, killed, and found out afterwards. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { FaultRule } from '../../src/emulator/fault-rule.ts';
import { readBooks } from '../support/books.ts';
import { type EmulatorProcess, emulatorEnv } from '../support/emulator-process.ts';
import { killAt } from '../support/kill.ts';
import { lastingEmulators } from '../support/lasting-emulators.ts';
import { addressOf } from '../support/lists.ts';
import { type CliResult, runCli } from '../support/run-cli.ts';

const emulators = lastingEmulators();
const openEmulator = emulators.open;

const sendoff = (...args: readonly string[]): Promise<CliResult> =>
  runCli(args, { cwd: emulators.folder(), env: emulatorEnv });

/** Rows whose language changes from one to the next; the emulator's own template has both. */
async function writeList(rows: number): Promise<void> {
  const lines = Array.from(
    { length: rows },
    (_, index) => `${addressOf(index)},Person ${index},A-${index},21 Nov,${index % 2 === 0 ? 'en' : 'zh_CN'}`,
  );
  await writeFile(join(emulators.folder(), 'list.csv'), ['phone,name,code,date,lang', ...lines, ''].join('\n'));
}

async function writeCampaign(send: string): Promise<void> {
  await writeFile(
    join(emulators.folder(), 'mass.yaml'),
    `name: mass
from: "8613867404376"
recipients: { file: list.csv, to: phone }
template: { code: order_shipped, language: { column: lang } }
send: { mode: mass, stopAfter: { failures: never }, ${send} }
`,
  );
}

/** Changes a value of a row that is planned and was found to be fine. */
function damage(row: number, variable: string, value: string): void {
  const db = new DatabaseSync(run());
  const { changes } = db
    .prepare('UPDATE planned SET words = json_set(words, ?, ?) WHERE row = ?')
    .run(`$.${variable}`, value, row);
  db.close();
  expect(changes).toBe(1);
}

const run = () => join(emulators.folder(), 'mass.run');
const send = (emulator: EmulatorProcess, ...flags: readonly string[]) =>
  sendoff('send', 'mass.yaml', '--run', run(), '--yes', '--endpoint', emulator.url, ...flags);
const reconcile = (emulator: EmulatorProcess, ...flags: readonly string[]) =>
  sendoff('reconcile', run(), '--endpoint', emulator.url, '--settle', '1s', '--json', ...flags);

async function books(emulator: EmulatorProcess) {
  const { balance, contradictions } = await readBooks(run(), await emulator.accepted());
  return { balance, contradictions };
}

const whole = (rows: number, changes: Partial<Record<string, number>> = {}) => ({
  balance: { rows, accepted: 0, rejected: 0, unknown: 0, skipped: 0, invalid: 0, unsent: 0, ...changes },
  contradictions: [],
});

async function reported(): Promise<readonly Record<string, unknown>[]> {
  const { stdout } = await sendoff('report', run(), '--jsonl');
  // Every line is an object.
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function eventOf({ stdout }: CliResult, name: string): Record<string, unknown> | undefined {
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return events.find(({ event }) => event === name);
}

describe('mass sending', () => {
  it('hands a list of two languages over in full requests, and finds the ids afterwards', async () => {
    const emulator = await openEmulator({ flags: ['--fail-later', '1%'] });
    await writeList(2_600);
    await writeCampaign('');
    const sent = await send(emulator);
    expect(sent).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('given up: one missing answer makes up to 1,000 rows unknown'),
      stderr: expect.stringContaining('2,600 accepted rows known by group only'),
    });
    // 1,300 rows of each language, of which 1,000 fit.
    expect(await emulator.stats()).toMatchObject({ accepted: 2_600, massSends: 4, sends: 0, duplicates: 0 });
    expect(await books(emulator)).toEqual(whole(2_600, { accepted: 2_600 }));
    const before = await reported();
    expect(before.every((row) => row['sendoff_message_id'] === null && row['sendoff_delivery'] === null)).toBe(true);
    expect(new Set(before.map((row) => row['sendoff_group_message_id'])).size).toBe(4);

    expect(await sendoff('reconcile', run(), '--emulator')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('the rest: The emulator of this command started after the attempt'),
    });
    const reconciled = await reconcile(emulator);
    expect(reconciled.code).toBe(0);
    const failed = (await emulator.accepted()).filter(({ failure }) => failure !== null).map(({ to }) => to);
    expect(failed.length).toBeGreaterThan(5);
    expect(eventOf(reconciled, 'groups')).toEqual({
      event: 'groups',
      groups: 4,
      messages: 2_600,
      named: 2_600,
      troubled: failed.length,
    });
    expect(await books(emulator)).toEqual(whole(2_600, { accepted: 2_600 }));
    const after = await reported();
    expect(after.map((row) => row['sendoff_message_id'])).not.toContain(null);
    const told = after.filter((row) => row['sendoff_delivery'] !== null);
    expect(told.map((row) => row['sendoff_to']).toSorted()).toEqual(failed.toSorted());
    expect(told[0]).toMatchObject({
      sendoff_status: 'accepted',
      sendoff_delivery: expect.stringMatching(/^failed: 131026/),
    });

    const again = await send(emulator);
    expect([again.code, (await emulator.stats()).accepted]).toEqual([0, 2_600]);
  });

  it('keeps to what the sender may emit, in messages', async () => {
    // Its own quota does not help.
    const emulator = await openEmulator({ flags: ['--mass-quota', '1000'] });
    await writeList(240);
    await writeCampaign('senderRate: 80/s');
    const sent = await send(emulator);
    expect(sent).toMatchObject({ code: 0, stdout: expect.stringContaining('mass: requests of up to 8 messages') });
    const accepted = await emulator.accepted();
    const sizes = [...Map.groupBy(accepted, ({ groupMessageId }) => groupMessageId).values()].map(
      ({ length }) => length,
    );
    expect(new Set(sizes)).toEqual(new Set([8]));
    // 232 messages after the first request, at 80 a second; a busy machine only makes it longer, but for the ends.
    const tookMs = (accepted.at(-1)?.arrivedMs ?? 0) - (accepted[0]?.arrivedMs ?? 0);
    expect(tookMs).toBeGreaterThan(2_600);
    expect(await emulator.stats()).toMatchObject({ massSends: 30, accepted: 240 });
  });

  it('puts back what is throttled, and takes apart what is refused until one row is', async () => {
    const faults: readonly FaultRule[] = [
      { fault: 'throttle', numbers: [addressOf(0)], times: 1 },
      { fault: 'refuse', code: '131026', numbers: [addressOf(1)] },
    ];
    const emulator = await openEmulator({ faults });
    await writeList(60);
    await writeCampaign('senderRate: 200/s');
    const sent = await send(emulator);
    expect(sent.code).toBe(6);
    expect(await books(emulator)).toEqual(whole(60, { accepted: 59, rejected: 1 }));
    expect(sent.stdout).toContain('1 rejected: 131026');
    expect(await emulator.stats()).toMatchObject({ accepted: 59, duplicates: 0 });
  });

  it('finds the one recipient in a thousand for whose sake a request is refused', async () => {
    const emulator = await openEmulator();
    await writeList(2_000);
    await writeCampaign('');
    expect((await sendoff('plan', 'mass.yaml', '--run', run(), '--endpoint', emulator.url)).code).toBe(0);
    // Stands for whatever the service objects to and the checks of sendoff let pass.
    damage(614, 'code', 'A\n612');
    const sent = await sendoff('send', run(), '--yes', '--endpoint', emulator.url);
    expect([sent.code, sent.stdout]).toEqual([6, expect.stringContaining('1 rejected: 132018')]);
    expect(await books(emulator)).toEqual(whole(2_000, { accepted: 1_999, rejected: 1 }));
    const rejected = (await reported()).filter((row) => row['sendoff_status'] === 'rejected');
    expect(rejected).toMatchObject([{ code: 'A-612', sendoff_cause: expect.stringContaining('(SenderList[0])') }]);
    const { massSends, accepted, duplicates } = await emulator.stats();
    expect({ accepted, duplicates }).toEqual({ accepted: 1_999, duplicates: 0 });
    // One request for each language, and two more for each of the ten halvings.
    expect(massSends).toBeLessThanOrEqual(2 + 2 * 10);
    expect(rejected[0]?.['sendoff_attempts']).toBeGreaterThanOrEqual(10);
  });

  it('names the right that is missing, and the operation in the policy', async () => {
    const emulator = await openEmulator({ flags: ['--deny', 'cams:SendChatappMassMessage'] });
    await writeList(10);
    await writeCampaign('');
    const sent = await send(emulator);
    expect(sent.code).toBe(4);
    expect(sent.stderr).toContain(
      'grant cams:SendChatappMassMessage to the RAM user or role: send, resume, retry need it',
    );
    expect(sent.stderr).not.toContain('"cams:SendChatappMessage"');
    expect(await books(emulator)).toEqual(whole(10, { unsent: 10 }));
    const policy = await sendoff('doctor', 'mass.yaml', '--policy');
    expect(JSON.parse(policy.stdout).Statement[0].Action).toContain('cams:SendChatappMassMessage');
    expect(policy.stdout).not.toContain('cams:SendChatappMessage');
  });

  it('goes on one by one where the mode is changed midway', async () => {
    const emulator = await openEmulator();
    await writeList(50);
    await writeCampaign('senderRate: 200/s');
    await send(emulator, '--limit', '20');
    expect(await emulator.stats()).toMatchObject({ massSends: 2, sends: 0, accepted: 20 });
    const resumed = await sendoff('resume', run(), '--mode', 'single', '--endpoint', emulator.url);
    expect(resumed.code).toBe(0);
    expect(await emulator.stats()).toMatchObject({ massSends: 2, sends: 30, accepted: 50, duplicates: 0 });
    expect(await books(emulator)).toEqual(whole(50, { accepted: 50 }));
  });

  it('stops at the daily cap with no message too many, and leaves a dry run without a trace', async () => {
    const emulator = await openEmulator();
    await writeList(50);
    await writeCampaign('senderRate: 200/s, dailyCap: 33');
    const rehearsed = await send(emulator, '--dry-run', '--daily-cap', 'none');
    expect(rehearsed).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('50 messages would have been handed over'),
    });
    expect((await emulator.stats()).massSends).toBe(0);
    expect((await send(emulator)).code).toBe(8);
    expect(await books(emulator)).toEqual(whole(50, { accepted: 33, unsent: 17 }));
  });
});

/** Sends until nothing is left to do, reconciling what each command leaves unknown. */
async function goOn(emulator: EmulatorProcess): Promise<CliResult> {
  await reconcile(emulator, '--resend-missing');
  return sendoff('resume', run(), '--endpoint', emulator.url, '--no-reconcile');
}

describe('mass sending that is killed while a refused request is taken apart', () => {
  it.each([
    ['after-answer', 1],
    ['after-outcome', 1],
    ['after-attempt', 4],
    ['after-request', 5],
    ['after-outcome', 6],
  ] as const)('is picked up, and refuses nobody but whoever is to blame: %s, passage %i', async (step, passage) => {
    const culprits = [addressOf(13), addressOf(47)];
    const faults: readonly FaultRule[] = [{ fault: 'refuse', code: '131026', numbers: culprits }];
    const emulator = await openEmulator({ faults, flags: ['--log-delay', '1s'] });
    await writeList(64);
    await writeCampaign('concurrency: 2');
    const words = ['send', 'mass.yaml', '--run', run(), '--yes', '--endpoint', emulator.url];
    await killAt(step, passage, words, { cwd: emulators.folder(), env: emulatorEnv });
    expect((await goOn(emulator)).code).toBe(6);
    expect(await books(emulator)).toEqual(whole(64, { accepted: 62, rejected: 2 }));
    const rejected = (await reported()).filter((row) => row['sendoff_status'] === 'rejected');
    expect(rejected.map((row) => row['sendoff_to'])).toEqual(culprits);
    expect(await emulator.stats()).toMatchObject({ accepted: 62, duplicates: 0 });
  });
});

describe('mass sending that is cut', () => {
  it('makes whole requests unknown, and settles each of their rows', async () => {
    const faults: readonly FaultRule[] = [
      { fault: 'cut-before', numbers: [addressOf(0)], times: 1 },
      { fault: 'cut-after', numbers: [addressOf(1)], times: 1 },
    ];
    const emulator = await openEmulator({ faults });
    await writeList(120);
    await writeCampaign('senderRate: 200/s');
    expect((await send(emulator, '--no-reconcile')).code).toBe(12);
    expect(await books(emulator)).toEqual(whole(120, { accepted: 80, unknown: 40 }));

    const reconciled = await reconcile(emulator, '--resend-missing');
    expect(reconciled.code).toBe(8);
    expect(await books(emulator)).toEqual(whole(120, { accepted: 100, unsent: 20 }));
    const resumed = await sendoff('resume', run(), '--endpoint', emulator.url);
    expect(resumed.code).toBe(0);
    expect(await books(emulator)).toEqual(whole(120, { accepted: 120 }));
    expect(await emulator.stats()).toMatchObject({ accepted: 120, duplicates: 0 });
  });

  it('ends with nobody lost and nobody written to twice, however often it is killed', {
    timeout: 120_000,
  }, async () => {
    const emulator = await openEmulator({ latencyMs: 350, flags: ['--log-delay', '1s'] });
    await writeList(600);
    await writeCampaign('senderRate: 200/s');
    const options = { cwd: emulators.folder(), env: emulatorEnv };
    const goOnOnce = ['--yes', '--endpoint', emulator.url, '--no-reconcile'];
    await killAt('after-request', 4, ['send', 'mass.yaml', '--run', run(), ...goOnOnce], options);
    for (const [step, passage] of [
      ['after-attempt', 5],
      ['after-answer', 2],
      ['before-commit', 7],
      ['after-outcome', 3],
    ] as const) {
      await killAt(step, passage, ['resume', run(), ...goOnOnce], options);
      expect((await books(emulator)).contradictions).toEqual([]);
    }
    expect((await goOn(emulator)).code).toBe(0);
    expect(await books(emulator)).toEqual(whole(600, { accepted: 600 }));
    expect(await emulator.stats()).toMatchObject({ accepted: 600, duplicates: 0 });
  });

  it.each(['after-attempt', 'before-request', 'after-request', 'after-answer', 'after-outcome'] as const)(
    'is picked up where a kill left it: %s',
    async (step) => {
      const emulator = await openEmulator({ flags: ['--log-delay', '1s'] });
      await writeList(100);
      await writeCampaign('senderRate: 200/s');
      const words = ['send', 'mass.yaml', '--run', run(), '--yes', '--endpoint', emulator.url];
      await killAt(step, 3, words, { cwd: emulators.folder(), env: emulatorEnv });
      expect((await goOn(emulator)).code).toBe(0);
      expect(await books(emulator)).toEqual(whole(100, { accepted: 100 }));
      expect(await emulator.stats()).toMatchObject({ accepted: 100, duplicates: 0 });
    },
  );
});
