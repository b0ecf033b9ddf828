/** One list by two services: WhatsApp, and text messages for those whom WhatsApp does not reach. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openRunReader } from '../../src/adapters/checkpoints/sqlite/run-reader.ts';
import { systemClock } from '../../src/cli/system-clock.ts';
import { type Balance, isBalanced } from '../../src/domain/balance.ts';
import type { Clock } from '../../src/domain/clock.ts';
import type { ResultRow } from '../../src/domain/result.ts';
import { chance } from '../../src/emulator/chance.ts';
import type { FaultRule } from '../../src/emulator/fault-rule.ts';
import type { AcceptedMessage } from '../../src/emulator/message-draft.ts';
import type { AcceptedSms } from '../../src/emulator/sms/sms-message.ts';
import { emulatorEnv, openEmulatorProcess } from '../support/emulator-process.ts';
import { flatten } from '../support/flatten.ts';
import { killAt, killsFor } from '../support/kill.ts';
import type { KillStep } from '../support/kill-steps.ts';
import { type CampaignFiles, temporaryFolder, writeCampaign } from '../support/lists.ts';
import { runCli, startCli } from '../support/run-cli.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { settleAndResume } from '../support/settle-and-resume.ts';

const seed = 11;
const kills = killsFor(0.05);

const orderShipped = '{ code: SMS_100000001 }';
const promotion = '{ code: SMS_100000002, params: { discount: code } }';

interface Choice {
  readonly rows: number;
  readonly template?: string;
  /** Further lines of the fallback. */
  readonly more?: string;
  readonly latencyMs?: number;
  /** Actions that the caller has no right to. */
  readonly deny?: readonly string[];
  /** Before those that keep every other number off WhatsApp. */
  readonly faults?: (addresses: readonly string[]) => readonly FaultRule[];
  /** Behind those, so that nobody who is not on WhatsApp is accepted there. */
  readonly laterFaults?: readonly FaultRule[];
}

const isAbsent = (index: number): boolean => index % 2 === 1;

/** An emulator that has every other number of the list not on WhatsApp, and the campaign to write to all of them. */
async function openScene(choice: Choice) {
  const { rows, template = orderShipped, more = '', latencyMs = 5, deny = [] } = choice;
  const { faults = () => [], laterFaults = [] } = choice;
  const folder = await temporaryFolder();
  const files: CampaignFiles = await writeCampaign(folder.path, {
    name: 'either',
    rows,
    content: `template: { code: order_shipped, language: en }
fallback: { channel: sms, sign: 示例商城, template: ${template}${more} }`,
  });
  const absent = files.addresses.filter((_to, index) => isAbsent(index));
  const emulator = await openEmulatorProcess({
    folder: folder.path,
    seed,
    latencyMs,
    // Well before the first report.
    flags: ['--sms-delay', '1s', ...deny.flatMap((action) => ['--deny', action])],
    faults: [
      ...faults(files.addresses),
      { fault: 'refuse', code: '131026', numbers: absent, action: 'SendChatappMessage' },
      ...laterFaults,
    ],
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
    async change(what: string, fields: object): Promise<void> {
      const response = await fetch(`${emulator.url}/_emulator/${what}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fields),
      });
      if (!response.ok) throw new Error(`the emulator refused the change: ${await response.text()}`);
    },
    /** Settles by the logs what is unknown and sends what is left, until nothing of either is. */
    finish: () => settleAndResume(cli, files.run, 12),
    async [Symbol.asyncDispose]() {
      await emulator[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

type Scene = Awaited<ReturnType<typeof openScene>>;

/** What the emulator took of each address: by what, and the words that only its row has. */
async function received({ emulator }: Scene): Promise<ReadonlyMap<string, readonly string[]>> {
  // One log for both services, each with fields of its own.
  const log = (await emulator.accepted()) as unknown as readonly (AcceptedMessage | AcceptedSms)[];
  const words = ({ channel, params }: AcceptedMessage | AcceptedSms): string =>
    `${channel} ${params['code'] ?? params['discount']}`;
  const byAddress = new Map<string, string[]>();
  for (const entry of log) byAddress.set(entry.to, [...(byAddress.get(entry.to) ?? []), words(entry)]);
  return byAddress;
}

async function readRun({ files }: Scene): Promise<{ balance: Balance; results: readonly ResultRow[] }> {
  const reader = openRunReader(files.run);
  try {
    return { balance: await reader.balance(), results: await flatten(reader.results()) };
  } finally {
    reader.close();
  }
}

/** At any moment: the balance is whole, and nobody has anything twice, or anything that the run file takes for not gone. */
async function contradictions(scene: Scene): Promise<readonly string[]> {
  const { balance, results } = await readRun(scene);
  const got = await received(scene);
  return [
    ...(isBalanced(balance) && balance.rows === results.length ? [] : [`the balance is ${JSON.stringify(balance)}`]),
    ...results.flatMap(({ to, status }) => {
      const times = got.get(to ?? '')?.length ?? 0;
      const mayHave = status === 'accepted' || status === 'unknown';
      if (times > 1) return [`${to} got ${times} messages`];
      if (times === 1 && !mayHave) return [`${to} got one and is ${status}`];
      return times === 0 && status === 'accepted' ? [`${to} is accepted and got nothing`] : [];
    }),
  ];
}

/** At the end: everybody got the one thing they could get, the run file knows by what, and nothing is open. */
async function audit(scene: Scene, refused: readonly string[] = []): Promise<Pick<Balance, 'accepted' | 'rejected'>> {
  const { addresses } = scene.files;
  const { balance, results } = await readRun(scene);
  const due = addresses.map((to, index) => [to, [`${isAbsent(index) ? 'sms' : 'whatsapp'} A-${index}`]] as const);
  expect(await received(scene)).toEqual(new Map(due.filter(([to]) => !refused.includes(to))));
  const { rows, accepted, rejected } = balance;
  expect(balance).toEqual({ rows, accepted, rejected, unknown: 0, skipped: 0, invalid: 0, unsent: 0 });
  const told = results.map(({ to, status, channel, via }) => [to, status, channel, via]);
  const expected = addresses.map((to, index) => {
    const way = isAbsent(index) ? ['sms', 'fallback'] : ['whatsapp', 'template'];
    return [to, refused.includes(to) ? 'rejected' : 'accepted', ...way];
  });
  expect(told).toEqual(expected);
  return { accepted, rejected };
}

describe('text messages for those who are not on WhatsApp', () => {
  it('go after everything else, in requests that they share, and nobody gets both', async () => {
    await using scene = await openScene({ rows: 300 });
    const { files, send, options, cli } = scene;
    const sent = await runCli(send, options);
    expect(sent).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^of the accepted, 150 as text message SMS_100000001$/m),
    });
    expect(await audit(scene)).toEqual({ accepted: 300, rejected: 0 });
    const { results } = await readRun(scene);
    const texts = results.filter(({ channel }) => channel === 'sms');
    expect(new Set(texts.map(({ messageId }) => messageId)).size).toBe(2);

    const again = await runCli(send, options);
    expect(again.code).toBe(0);
    expect((await cli('retry', files.run, '--class', 'row', '--yes')).code).toBe(0);
    expect(await audit(scene)).toEqual({ accepted: 300, rejected: 0 });

    const refreshed = await cli('report', files.run, '--refresh', '--jsonl');
    const lines = refreshed.stdout.trimEnd().split('\n');
    const reported = lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    expect(reported.map((row) => [row['sendoff_channel'], row['sendoff_via'], row['sendoff_delivery']])).toEqual(
      files.addresses.map((_to, index) =>
        isAbsent(index) ? ['sms', 'fallback', 'delivered'] : ['whatsapp', 'template', null],
      ),
    );
    const details = await cli('sms', 'details', files.run);
    expect([details.code, details.stdout.match(/^ *\d+ +86138\*+\d+ +delivered /gm)?.length]).toEqual([0, 150]);
    const status = await runCli(['status', files.run], options);
    expect(status.stdout).toContain('of the accepted, 150 as text message SMS_100000001');
  });

  it('are refused in the words of their own service, and those refused for another reason get none', async () => {
    await using scene = await openScene({
      rows: 12,
      faults: ([first = '', second = '']) => [
        { fault: 'refuse', code: '131047', numbers: [first], action: 'SendChatappMessage' },
        { fault: 'refuse', code: 'isv.MOBILE_NUMBER_ILLEGAL', numbers: [second], action: 'SendSms' },
        { fault: 'refuse', code: 'isv.MOBILE_NUMBER_ILLEGAL', numbers: [second], action: 'SendBatchSms' },
      ],
    });
    const { files, send, options, cli } = scene;
    expect((await runCli(send, options)).code).toBe(6);
    const [first = '', second = ''] = files.addresses;
    expect(await audit(scene, [first, second])).toEqual({ accepted: 10, rejected: 2 });
    const { stdout } = await cli('report', files.run, '--jsonl');
    const [one, two] = stdout.split('\n').map((line) => JSON.parse(line || '{}') as Readonly<Record<string, unknown>>);
    expect(one).toMatchObject({ sendoff_channel: 'whatsapp', sendoff_code: '131047' });
    expect(two).toMatchObject({ sendoff_channel: 'sms', sendoff_code: 'isv.MOBILE_NUMBER_ILLEGAL' });
    expect(two?.['sendoff_cause']).not.toContain('does not know');
  });

  it('stop at an account that is refused, and go on when that is mended', async () => {
    const arrears: FaultRule = { fault: 'refuse', code: 'isv.AMOUNT_NOT_ENOUGH', action: 'SendBatchSms', times: 1 };
    await using scene = await openScene({ rows: 20, faults: () => [arrears] });
    const { files, send, options, cli } = scene;
    const stopped = await runCli(send, options);
    expect(stopped).toMatchObject({ code: 7, stderr: expect.stringContaining('isv.AMOUNT_NOT_ENOUGH') });
    expect((await readRun(scene)).balance).toMatchObject({ accepted: 10, rejected: 0, unsent: 10 });
    // Nothing is left for WhatsApp, so it may have changed its mind.
    await scene.change('templates', { TemplateCode: 'order_shipped', Language: 'en', AuditStatus: 'paused' });
    const text = { code: 'SMS_100000001' };
    await scene.change('sms-templates', { ...text, state: 'refused' });
    expect(await cli('resume', files.run)).toMatchObject({
      code: 10,
      stderr: expect.stringContaining('hint: nothing more was handed over'),
    });
    await scene.change('sms-templates', { ...text, state: 'approved' });
    expect((await cli('resume', files.run)).code).toBe(0);
    expect(await audit(scene)).toEqual({ accepted: 20, rejected: 0 });
  });

  it('are not part of the daily cap', async () => {
    await using scene = await openScene({ rows: 20 });
    const { send, options } = scene;
    const capped = await runCli([...send, '--daily-cap', '4'], options);
    expect(capped).toMatchObject({
      code: 8,
      stderr: expect.stringContaining('the daily cap of 4 messages is reached'),
    });
    const { balance, results } = await readRun(scene);
    const went = (by: string) =>
      results.filter(({ status, channel }) => status === 'accepted' && channel === by).length;
    expect(went('whatsapp')).toBe(4);
    expect(went('sms')).toBeGreaterThanOrEqual(3);
    expect(balance).toMatchObject({ accepted: 4 + went('sms'), unsent: 16 - went('sms') });
    expect(await contradictions(scene)).toEqual([]);
  });

  it('go at the pace that their campaign file has by then', async () => {
    await using scene = await openScene({ rows: 12 });
    const { files, send, options } = scene;
    expect((await runCli(['plan', files.campaign, '--run', files.run, ...send.slice(-2)], options)).code).toBe(0);
    const campaign = await readFile(files.campaign, 'utf8');
    await writeFile(files.campaign, campaign.replace(`${orderShipped} }`, `${orderShipped}, send: { batch: off } }`));
    expect((await runCli(send, options)).code).toBe(0);
    expect(await audit(scene)).toEqual({ accepted: 12, rejected: 0 });
    const texts = (await readRun(scene)).results.filter(({ channel }) => channel === 'sms');
    expect(new Set(texts.map(({ messageId }) => messageId)).size).toBe(6);
  });

  it('leave nobody out in a rehearsal, and hand over to nobody', async () => {
    await using scene = await openScene({ rows: 6 });
    const { send, options } = scene;
    expect((await runCli([...send, '--dry-run'], options)).code).toBe(0);
    expect(await received(scene)).toEqual(new Map());
  });
});

describe('rows that are unknown', () => {
  it('are looked for where they went, each in the log of its own service', async () => {
    await using scene = await openScene({
      rows: 40,
      more: ', send: { batch: off }',
      faults: (addresses) => [
        { fault: 'cut-after', numbers: [addresses[2] ?? '', addresses[3] ?? ''], action: 'SendSms', times: 1 },
        { fault: 'cut-after', numbers: [addresses[2] ?? ''], action: 'SendChatappMessage', times: 1 },
        { fault: 'cut-before', numbers: [addresses[4] ?? ''], action: 'SendChatappMessage', times: 1 },
        { fault: 'cut-before', numbers: [addresses[5] ?? ''], action: 'SendSms', times: 1 },
      ],
    });
    const { files, send, options, cli } = scene;
    expect((await runCli(send, options)).code).toBe(12);
    expect((await readRun(scene)).balance).toMatchObject({ accepted: 36, unknown: 4 });
    const unknown = (await readRun(scene)).results.filter(({ status }) => status === 'unknown');
    expect(unknown.map(({ channel }) => channel)).toEqual(['whatsapp', 'sms', 'whatsapp', 'sms']);

    const settled = await cli('reconcile', files.run, '--settle', '1s', '--resend-missing');
    expect(settled).toMatchObject({ code: 8, stderr: expect.stringContaining('message log of whatsapp about 2') });
    expect(settled.stderr).toContain('message log of sms about 2 unknown rows');
    expect((await readRun(scene)).balance).toMatchObject({ accepted: 38, unknown: 0, unsent: 2 });
    expect((await cli('resume', files.run, '--yes')).code).toBe(0);
    expect(await audit(scene)).toEqual({ accepted: 40, rejected: 0 });
  });

  it('are settled by their own log although that of WhatsApp may not be read', async () => {
    await using scene = await openScene({
      rows: 6,
      faults: (addresses) => [
        { fault: 'cut-after', numbers: [addresses[2] ?? ''], action: 'SendChatappMessage', times: 1 },
        { fault: 'cut-after', numbers: [addresses[3] ?? ''], action: 'SendBatchSms', times: 1 },
      ],
      deny: ['cams:ListChatappMessage'],
    });
    const { files, send, options, cli } = scene;
    expect((await runCli(send, options)).code).toBe(12);
    expect((await readRun(scene)).balance).toMatchObject({ accepted: 2, unknown: 4 });
    expect(await cli('reconcile', files.run, '--settle', '1s')).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(
        /message log of sms about 3 unknown rows.*hint: grant cams:ListChatappMessage .*dysms:SendSms/s,
      ),
    });
    expect((await readRun(scene)).balance).toMatchObject({ accepted: 5, unknown: 1 });
  });

  it('are settled at the end of a send by both logs', async () => {
    await using scene = await openScene({
      rows: 20,
      faults: (addresses) => [
        { fault: 'cut-after', numbers: [addresses[2] ?? ''], action: 'SendChatappMessage', times: 1 },
        { fault: 'cut-after', numbers: [addresses[3] ?? ''], action: 'SendBatchSms', times: 1 },
      ],
    });
    const { send, options } = scene;
    const asking = send.filter((word) => word !== '--no-reconcile');
    expect(await runCli([...asking, '--settle', '1s'], options)).toMatchObject({ code: 0 });
    expect(await audit(scene)).toEqual({ accepted: 20, rejected: 0 });
  });
});

describe('a run by two services that is killed', () => {
  const steps: readonly KillStep[] = [
    'after-attempt',
    'before-request',
    'after-request',
    'after-answer',
    'after-outcome',
  ];

  it.each(steps)(
    'is picked up where that left it, in the one and in the other: %s',
    { timeout: 240_000 },
    async (step) => {
      await using scene = await openScene({ rows: 12, more: ', send: { batch: off }' });
      const { send, options } = scene;
      // Strictly one at a time: the fourth passage is a message by WhatsApp, and the tenth of those that are left is a text.
      for (const passage of [4, 10]) {
        await killAt(step, passage, [...send, '--concurrency', '1'], options);
        expect(await contradictions(scene)).toEqual([]);
      }
      const { results } = await readRun(scene);
      expect(results.filter(({ channel, status }) => channel === 'sms' && status !== 'unsent')).not.toEqual([]);
      expect(await scene.finish()).toBe(0);
      expect(await audit(scene)).toEqual({ accepted: 12, rejected: 0 });
    },
  );

  it.each(['after-request', 'after-outcome'] as const)(
    'knows what a shared request of texts carried: %s',
    {
      timeout: 60_000,
    },
    async (step) => {
      await using scene = await openScene({ rows: 12 });
      const { send, options } = scene;
      // Twelve by WhatsApp, and then one request for the six who are not there.
      await killAt(step, 13, [...send, '--concurrency', '1'], options);
      const { results } = await readRun(scene);
      const statuses = results.filter(({ channel }) => channel === 'sms').map(({ status }) => status);
      expect(statuses).toEqual(Array(6).fill(step === 'after-request' ? 'unknown' : 'accepted'));
      expect(await contradictions(scene)).toEqual([]);
      expect(await scene.finish()).toBe(0);
      expect(await audit(scene)).toEqual({ accepted: 12, rejected: 0 });
    },
  );

  it('at any moment, again and again, on a hostile network, has everybody get the one thing they could get', {
    timeout: 120_000 + kills * 5_000,
  }, async () => {
    const bad = 3;
    await using scene = await openScene({
      rows: 300,
      latencyMs: 60,
      faults: (addresses) => [
        { fault: 'refuse', code: 'isv.MOBILE_NUMBER_ILLEGAL', numbers: [addresses[bad] ?? ''], action: 'SendSms' },
        { fault: 'refuse', code: 'isv.MOBILE_NUMBER_ILLEGAL', numbers: [addresses[bad] ?? ''], action: 'SendBatchSms' },
        { fault: 'throttle', share: 0.01 },
        { fault: 'cut-before', share: 0.01 },
        { fault: 'cut-before', share: 0.2, action: 'SendBatchSms' },
      ],
      laterFaults: [
        { fault: 'cut-after', share: 0.01 },
        { fault: 'cut-after', share: 0.2, action: 'SendBatchSms' },
      ],
    });
    const { files, send, options } = scene;
    for (let kill = 0; kill < kills; kill += 1) {
      const job = startCli([...send, '--rate', '100/s', '--concurrency', '8'], options);
      if (kill % 2 === 1) await job.says('EMULATOR: ');
      await wait(chance(seed, `kill ${kill}`) * (kill % 2 === 1 ? 1_200 : 900));
      job.kill('SIGKILL');
      await job.ended;
      if (existsSync(files.run)) expect(await contradictions(scene)).toEqual([]);
    }
    if (!existsSync(files.run)) await runCli(['plan', files.campaign, '--run', files.run], options);
    expect([0, 6, 12]).toContain((await runCli(send, options)).code);
    expect(await scene.finish()).toBe(6);
    expect(await audit(scene, [files.addresses[bad] ?? ''])).toEqual({ accepted: 299, rejected: 1 });
  });
});

describe('promotions as text messages', () => {
  afterEach(() => vi.unstubAllEnvs());

  /** A clock that shows this time now, and goes on from it. */
  function clockAt(time: string): Clock {
    const ahead = Date.parse(time) - systemClock.now();
    return { ...systemClock, now: () => systemClock.now() + ahead };
  }

  it('wait for the morning, while WhatsApp goes at night', async () => {
    await using scene = await openScene({ rows: 20, template: promotion });
    const { files, emulator } = scene;
    for (const [name, value] of Object.entries(emulatorEnv)) vi.stubEnv(name, value);
    const atNight = await runInProcess(
      ['send', files.campaign, '--run', files.run, '--yes', '--endpoint', emulator.url],
      clockAt('2026-11-21T21:00:00+08:00'),
    );
    expect(atNight).toMatchObject({
      code: 8,
      stderr: expect.stringContaining('stopped: promotions go to mainland China until 20:00 China time'),
      stdout: expect.stringMatching(/^to go on: sendoff resume/m),
    });
    expect((await readRun(scene)).balance).toMatchObject({ accepted: 10, unsent: 10 });

    const resume = ['resume', files.run, '--endpoint', emulator.url];
    expect((await runInProcess(resume, clockAt('2026-11-22T07:59:00+08:00'))).code).toBe(8);
    expect((await readRun(scene)).balance).toMatchObject({ accepted: 10, unsent: 10 });
    expect(await runInProcess(resume, clockAt('2026-11-22T08:00:00+08:00'))).toMatchObject({ code: 0 });
    expect(await audit(scene)).toEqual({ accepted: 20, rejected: 0 });
  });
});

describe('a text template that has changed since it was planned', () => {
  it.each([
    ['its words', { code: 'SMS_100000001', content: '${name}，订单${code}于${date}寄出。' }],
    ['its approval', { code: 'SMS_100000001', state: 'refused' }],
  ])('makes the plan stale: %s', async (_what, change) => {
    await using scene = await openScene({ rows: 6 });
    const { files, cli, change: tell } = scene;
    expect((await cli('plan', files.campaign, '--run', files.run)).code).toBe(0);
    await tell('sms-templates', change);
    for (const command of ['send', 'resume']) {
      expect(await cli(command, files.run, '--yes')).toMatchObject({
        code: 10,
        stderr: expect.stringContaining('template "SMS_100000001"'),
      });
    }
    expect(await received(scene)).toEqual(new Map());
  });
});

it('is planned for both: a number that a text message cannot reach, or a value that it may not have, stops the plan', async () => {
  await using scene = await openScene({ rows: 4 });
  const { files, cli } = scene;
  const [first = ''] = files.addresses;
  const lines = [`${first},Ann,https://example.com/a,21 Nov`];
  await writeFile(join(scene.folder, 'either.csv'), ['phone,name,code,date', ...lines, ''].join('\n'));
  const plan = await cli('plan', files.campaign, '--run', files.run);
  expect(plan.code).toBe(3);
  expect(existsSync(files.run)).toBe(false);
});
