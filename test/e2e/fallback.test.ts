/** Messages of one's own to people of whom half have not written lately, each with a template to fall back to. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { chance } from '../../src/emulator/chance.ts';
import { realClock } from '../../src/emulator/emulator-clock.ts';
import type { AcceptedMessage } from '../../src/emulator/message-draft.ts';
import { SessionWindows } from '../../src/emulator/session-windows.ts';
import { readBooks } from '../support/books.ts';
import { emulatorEnv, openEmulatorProcess } from '../support/emulator-process.ts';
import { killAt, killsFor } from '../support/kill.ts';
import type { KillStep } from '../support/kill-steps.ts';
import { type CampaignFiles, temporaryFolder, writeCampaign } from '../support/lists.ts';
import { runCli, startCli } from '../support/run-cli.ts';
import { settleAndResume } from '../support/settle-and-resume.ts';

const message = 'message: { type: text, content: { text: "Hi {{ name }}, order {{ code }}" } }';
const fallback = (template: string) => `${message}\nfallback: { template: ${template} }`;
const toOrderShipped = fallback('{ code: order_shipped, language: en }');

const seed = 5;
const closedWindows = ['--closed-windows', '50%'];
const windows = new SessionWindows(0.5, seed, realClock);

/** What each person should have got, by address: one message of the right kind, with the words of their row. */
function expected(addresses: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    addresses.map((to, index) => [
      to,
      [windows.isOpen(to) ? `Hi Person ${index}, order A-${index}` : `order_shipped Person ${index} A-${index}`],
    ]),
  );
}

function received(log: readonly AcceptedMessage[]): ReadonlyMap<string, readonly string[]> {
  const words = ({ type, content, templateCode, params }: AcceptedMessage): string =>
    type === 'message'
      ? String(JSON.parse(content ?? '{}').text)
      : `${templateCode} ${params['name']} ${params['code']}`;
  const byAddress = new Map<string, string[]>();
  for (const entry of log) byAddress.set(entry.to, [...(byAddress.get(entry.to) ?? []), words(entry)]);
  return byAddress;
}

interface ReportedRow {
  readonly sendoff_to: string;
  readonly sendoff_status: string;
  readonly sendoff_via: string | null;
  readonly sendoff_channel: string | null;
}

async function reported(run: string, cwd: string): Promise<readonly ReportedRow[]> {
  const { stdout } = await runCli(['report', run, '--jsonl'], { cwd });
  // Every line of it is an object with these columns.
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ReportedRow);
}

/** The emulator's people, a list of them, and a campaign in words of its own. */
async function openScene(choice: { rows: number; content?: string; latencyMs?: number; hostile?: boolean }) {
  const folder = await temporaryFolder();
  const emulator = await openEmulatorProcess({
    folder: folder.path,
    seed,
    latencyMs: choice.latencyMs ?? 5,
    flags: closedWindows,
    faults:
      choice.hostile === true
        ? [
            { fault: 'throttle', share: 0.01 },
            { fault: 'cut-before', share: 0.01 },
            { fault: 'cut-after', share: 0.01 },
            { fault: 'refuse', code: '131026', share: 0.02 },
          ]
        : [],
  });
  const files: CampaignFiles = await writeCampaign(folder.path, {
    name: 'answers',
    rows: choice.rows,
    content: choice.content ?? toOrderShipped,
  });
  const options = { cwd: folder.path, env: emulatorEnv };
  const endpoint = ['--endpoint', emulator.url];
  const cli = (...args: readonly string[]) => runCli([...args, ...endpoint], options);
  return {
    folder: folder.path,
    emulator,
    files,
    options,
    send: ['send', files.campaign, '--run', files.run, '--yes', '--no-reconcile', ...endpoint],
    cli,
    /** Settles by the log what is unknown and sends what is left, until nothing of either is. */
    finish: () => settleAndResume(cli, files.run, 10),
    async [Symbol.asyncDispose]() {
      await emulator[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

type Scene = Awaited<ReturnType<typeof openScene>>;

/** Everybody who is not refused has one message and the right one, and the run file knows it. */
async function audit({
  emulator,
  files,
  folder,
}: Scene): Promise<{ readonly accepted: number; readonly rejected: number }> {
  const log = await emulator.accepted();
  const { balance, contradictions, addresses } = await readBooks(files.run, log);
  expect(contradictions).toEqual([]);
  const { rows, accepted, rejected } = balance;
  expect(balance).toEqual({ rows, accepted, rejected, unknown: 0, skipped: 0, invalid: 0, unsent: 0 });
  const refused = new Set(addresses('rejected'));
  const due = [...expected(files.addresses)].filter(([to]) => !refused.has(to));
  expect(received(log)).toEqual(new Map(due));
  for (const { sendoff_to: to, sendoff_status: status, sendoff_via: via, sendoff_channel: channel } of await reported(
    files.run,
    folder,
  )) {
    expect([to, channel]).toEqual([to, 'whatsapp']);
    if (status === 'accepted') expect([to, via]).toEqual([to, windows.isOpen(to) ? 'message' : 'fallback']);
  }
  expect(await emulator.stats()).toMatchObject({ accepted, duplicates: 0 });
  return { accepted, rejected };
}

const kills = killsFor(1 / 10);

describe('a campaign with a fallback', () => {
  it('says so in its plan, and gives everybody the one thing they can get', { timeout: 180_000 }, async () => {
    await using scene = await openScene({ rows: 60 });
    const { files, cli, send, options } = scene;
    const plan = await cli('plan', files.campaign, '--run', files.run);
    expect(plan).toMatchObject({ code: 0, stdout: expect.stringContaining('template order_shipped, for up to 60') });
    expect(await scene.emulator.accepted()).toEqual([]);
    const closed = files.addresses.filter((to) => !windows.isOpen(to)).length;
    const sent = await runCli([...send, '--json'], options);
    expect(sent).toMatchObject({ code: 0 });
    expect(sent.stdout).toContain(
      `\n{"event":"fallback","name":"template order_shipped","template":"order_shipped","accepted":${closed}}\n`,
    );
    expect(await audit(scene)).toEqual({ accepted: 60, rejected: 0 });
    for (const command of ['report', 'status']) {
      const { stdout } = await runCli([command, files.run], options);
      expect(stdout).toContain(`rows read 60\nof the accepted, ${closed} as template order_shipped`);
    }
  });

  it('survives kills at any moment and a hostile network', { timeout: 90_000 + kills * 5_000 }, async () => {
    await using scene = await openScene({ rows: 300, latencyMs: 60, hostile: true });
    const { files, send, options } = scene;
    for (let kill = 0; kill < kills; kill += 1) {
      const job = startCli([...send, '--rate', '60/s', '--concurrency', '8'], options);
      if (kill % 2 === 1) await job.says('EMULATOR: ');
      await wait(chance(seed, `kill ${kill}`) * (kill % 2 === 1 ? 300 : 900));
      job.kill('SIGKILL');
      await job.ended;
    }
    if (!existsSync(files.run)) await runCli(['plan', files.campaign, '--run', files.run], options);
    expect([0, 6, 12]).toContain((await runCli(send, options)).code);
    const code = await scene.finish();
    const { accepted, rejected } = await audit(scene);
    expect([accepted + rejected, code]).toEqual([300, rejected === 0 ? 0 : 6]);
  });

  const steps: readonly KillStep[] = [
    'after-attempt',
    'before-request',
    'after-request',
    'after-answer',
    'after-outcome',
  ];

  it.each(steps)('survives a kill between a refusal and its fallback: %s', { timeout: 180_000 }, async (step) => {
    await using scene = await openScene({ rows: 12 });
    const { send, options } = scene;
    // Strictly one at a time: each passage is a message or a fallback, and both are struck.
    for (const passage of [2, 1]) await killAt(step, passage, [...send, '--concurrency', '1'], options);
    expect(await scene.finish()).toBe(0);
    expect(await audit(scene)).toEqual({ accepted: 12, rejected: 0 });
  });
});

describe('a fallback that could not go out', () => {
  it.each([
    ['a template that was refused', '{ code: order_shipped, language: de }', 'TEMPLATE_NOT_APPROVED'],
    ['a template that is not there', '{ code: nothing_here, language: en }', 'TEMPLATE_NOT_FOUND'],
    ['a variable that nothing fills', '{ code: spring_sale, language: en }', 'VARIABLE_UNFILLED'],
    ['a language that does not exist', '{ code: order_shipped, language: EN }', 'LANGUAGE_UNKNOWN'],
  ])('stops the plan: %s', { timeout: 180_000 }, async (_name, template, code) => {
    await using scene = await openScene({ rows: 5, content: fallback(template) });
    const { files, cli, send, options } = scene;
    const plan = await cli('plan', files.campaign, '--run', files.run);
    expect(plan.code).toBe(3);
    expect(plan.stdout + plan.stderr).toContain(code);
    expect(await runCli(send, options)).toMatchObject({ code: 3 });
    expect(existsSync(files.run)).toBe(false);
    expect(await scene.emulator.accepted()).toEqual([]);
  });
});

it('leaves those refused whose window has closed where there is no fallback', async () => {
  await using scene = await openScene({ rows: 20, content: message });
  const { files, send, options, emulator } = scene;
  expect(await runCli(send, options)).toMatchObject({
    code: 6,
    stdout: expect.stringContaining('SessionWindowExpired'),
  });
  const { addresses } = await readBooks(files.run, await emulator.accepted());
  expect(addresses('accepted')).toEqual(files.addresses.filter((to) => windows.isOpen(to)));
  expect(addresses('rejected')).toEqual(files.addresses.filter((to) => !windows.isOpen(to)));
});

it('writes the template once to a person with two messages, both of which have come too late', {
  timeout: 60_000,
}, async () => {
  const content = fallback('{ code: order_shipped, language: en }').replace(
    'Hi {{ name }}, order {{ code }}',
    '{{ note }}',
  );
  await using scene = await openScene({ rows: 10, content });
  const { files, send, options, emulator } = scene;
  const to = files.addresses.find((address) => !windows.isOpen(address));
  const lines = ['on its way', 'at the door'].map((note) => `${to},Ann,A-1,21 Nov,${note}`);
  await writeFile(files.list, ['phone,name,code,date,note', ...lines, ''].join('\n'));
  expect(await runCli(send, options)).toMatchObject({
    code: 6,
    stdout: expect.stringContaining('SessionWindowExpired'),
  });
  expect([...received(await emulator.accepted())]).toEqual([[to, ['order_shipped Ann A-1']]]);
});
