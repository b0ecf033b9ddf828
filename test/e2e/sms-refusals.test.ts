/** Text messages of which some are refused, from the run file to the wire: the loop, the checkpoint, the SDK, and the emulator. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../src/adapters/checkpoints/sqlite/checkpoint.ts';
import { openRunReader } from '../../src/adapters/checkpoints/sqlite/run-reader.ts';
import { staticCredentials } from '../../src/adapters/providers/alibaba-cloud/credentials.ts';
import { createSmsClient } from '../../src/adapters/providers/sms/client.ts';
import { createSmsProvider } from '../../src/adapters/providers/sms/provider.ts';
import { createPacer } from '../../src/adapters/quotas/local-pacer.ts';
import { retryChooser } from '../../src/campaign/choose-retries.ts';
import { systemClock } from '../../src/cli/system-clock.ts';
import type { Message, SmsContent } from '../../src/domain/message.ts';
import { causeGroups } from '../../src/domain/report.ts';
import { reportTable } from '../../src/domain/report-table.ts';
import { realClock } from '../../src/emulator/emulator-clock.ts';
import { emulatorAccessKeyId, emulatorAccessKeySecret } from '../../src/emulator/emulator-options.ts';
import type { FaultRule } from '../../src/emulator/fault-rule.ts';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { createRun } from '../../src/run/execute-run.ts';
import type { StopReason } from '../../src/run/stop-rules.ts';
import { aRunFile } from '../adapters/checkpoints/sqlite/run-files.ts';
import { anSms } from '../support/an-sms.ts';
import { emulatorEnv, openEmulatorProcess } from '../support/emulator-process.ts';
import { flatten } from '../support/flatten.ts';
import { addressOf, type TemporaryFolder, temporaryFolder } from '../support/lists.ts';
import { anSmsCampaign, planRecord } from '../support/plan-record.ts';
import { runCli } from '../support/run-cli.ts';

const plan = planRecord({ campaign: { ...planRecord().campaign, ...anSmsCampaign }, columns: ['phone', 'what'] });
const minuteMs = 60_000;
/** A code that verifies a login: one a minute for each number. */
const code: Partial<SmsContent> = { sign: '示例验证', code: 'SMS_100000003', params: { code: '482913' } };

/** The emulator's, and the one by which a retry is chosen; it stands still, so that no minute ends during a test. */
let now: number;
let emulator: Emulator;
let folder: (TemporaryFolder & { readonly run: string }) | undefined;

beforeEach(async () => {
  now = Math.floor(Date.now() / minuteMs) * minuteMs + 20_000;
  emulator = await startEmulator({ clock: { ...realClock, now: () => now } });
});
afterEach(async () => {
  await emulator.close();
  await folder?.[Symbol.asyncDispose]();
  folder = undefined;
});

function provider() {
  const client = createSmsClient({
    service: { kind: 'emulator', endpoint: emulator.url },
    credentials: staticCredentials(emulatorAccessKeyId, emulatorAccessKeySecret),
    userAgent: 'sendoff/0.1.0',
    timeoutMs: 10_000,
  });
  return createSmsProvider({ client, outId: ({ row }) => `run-1.${row}`, batch: true });
}

/** Sends what is in line; where `retry` is set, after what may be tried again was put back. */
async function send(path: string, retry = false): Promise<{ stopped: StopReason | null; retried: number }> {
  const clock = { ...systemClock, now: () => now };
  const { checkpoint } = openCheckpoint(path, clock);
  const choose = retryChooser({ classes: [], codes: [], afterMs: null }, now);
  const retried = retry ? await checkpoint.requeue(choose) : 0;
  const run = createRun({
    checkpoint,
    clock,
    lanes: [
      {
        channel: 'sms',
        provider: provider(),
        quota: createPacer({ limit: { count: 1_000, perMs: 1_000 }, clock }),
        messagesPerRequest: 1_000,
        concurrency: 8,
        fallbackOn: [],
        hours: () => ({ kind: 'open', closing: null }),
        dailyCap: null,
        pairMs: null,
      },
    ],
    stopAfter: null,
    maxDurationMs: null,
    limit: null,
    only: null,
    attemptPrefix: `at-${now}`,
  });
  const stopped = await run.execute();
  await checkpoint.close();
  return { stopped, retried };
}

/** The report by row, as far as it is asked for. */
async function reported(path: string) {
  const reader = openRunReader(path);
  const table = reportTable(plan);
  const results = await flatten(reader.results());
  const causes = causeGroups(await reader.causes());
  const balance = await reader.balance();
  reader.close();
  const cell = (index: number, column: string) => {
    const result = results[index];
    return result === undefined ? undefined : table.cells(result)[table.columns.indexOf(column)];
  };
  const rejected = results.flatMap(({ row, status }, index) =>
    status === 'rejected' ? [[row, cell(index, 'sendoff_code'), cell(index, 'sendoff_retry_at')]] : [],
  );
  return { rejected, causes, balance };
}

describe('a list of text messages with numbers that are refused', () => {
  const illegal = 57;
  const limited = 203;
  const messages: readonly Message[] = Array.from({ length: 300 }, (_, index) => {
    const row = index + 2;
    return anSms(row, code, row === illegal ? { to: '8613800' } : {});
  });

  it('goes out but for these numbers, and one that had enough goes out in the next minute', async () => {
    folder = await aRunFile(messages, plan);
    const { run } = folder;
    // Somebody else has just sent this number its code.
    expect(await provider().send([anSms(limited, code)])).toMatchObject([{ kind: 'accepted' }]);

    expect(await send(run)).toEqual({ stopped: null, retried: 0 });
    const next = new Date(now + 40_000).toISOString();
    const { rejected, causes, balance } = await reported(run);
    expect(rejected).toEqual([
      [illegal, 'isv.MOBILE_NUMBER_ILLEGAL', null],
      [limited, 'isv.BUSINESS_LIMIT_CONTROL', next],
    ]);
    expect(balance).toMatchObject({ accepted: 298, rejected: 2, unknown: 0, unsent: 0 });
    expect(causes.map(({ code: of, rows, retryAt }) => [of, rows, retryAt])).toEqual([
      ['isv.BUSINESS_LIMIT_CONTROL', 1, now + 40_000],
      ['isv.MOBILE_NUMBER_ILLEGAL', 1, null],
    ]);
    // One request, two more for each halving of either way, and that of somebody else.
    expect(emulator.stats().smsSends).toBeLessThanOrEqual(1 + 1 + 2 * 2 * 9);

    now += 39_999;
    expect(await send(run, true)).toEqual({ stopped: null, retried: 0 });
    now += 1;
    expect(await send(run, true)).toEqual({ stopped: null, retried: 1 });
    expect((await reported(run)).rejected.map(([row]) => row)).toEqual([illegal]);

    const numbers = emulator.acceptedSms().map(({ to }) => to);
    expect(numbers).toHaveLength(1 + 299);
    expect(new Set(numbers).size).toBe(299);
    expect(numbers.filter((to) => to === anSms(limited).to)).toHaveLength(2);
  });

  it('goes out by SendBatchSms in the same way, in requests of a hundred', async () => {
    const notice: Partial<SmsContent> = { sign: '示例商城', code: 'SMS_100000001' };
    const each = messages.map(({ row, to }) =>
      anSms(row, { ...notice, params: { name: '王芳', code: `A${row}`, date: '11月21日' } }, { to }),
    );
    folder = await aRunFile(each, plan);
    expect(await send(folder.run)).toEqual({ stopped: null, retried: 0 });
    const { rejected, balance } = await reported(folder.run);
    expect(rejected).toEqual([[illegal, 'isv.MOBILE_NUMBER_ILLEGAL', null]]);
    expect(balance).toMatchObject({ accepted: 299, rejected: 1, unknown: 0, unsent: 0 });
    const { smsSends, smsBatchSends } = emulator.stats();
    expect(smsSends + smsBatchSends).toBeLessThanOrEqual(3 + 2 * 7);
    const words = emulator.acceptedSms().map(({ to, params }) => [to, params['code']]);
    const due = each.filter(({ row }) => row !== illegal).map(({ to, row }) => [to, `A${row}`]);
    expect(words.toSorted()).toEqual(due.toSorted());
  });
});

describe('the program', () => {
  it('sends text messages but for those refused, and says from when a number may be written to again', async () => {
    await using place = await temporaryFolder();
    const capped = addressOf(7);
    const faults: readonly FaultRule[] = [
      {
        fault: 'refuse',
        code: 'isv.BUSINESS_LIMIT_CONTROL',
        message: '触发小时级流控Permits:5',
        http: 200,
        numbers: [capped],
      },
    ];
    await using service = await openEmulatorProcess({ folder: place.path, faults });
    const campaign = [
      'name: codes',
      'channel: sms',
      'sign: 示例验证',
      'recipients: { file: list.csv, to: phone }',
      'template: { code: SMS_100000003 }',
      'send: { stopAfter: { failures: 2, atLeast: 1 } }',
    ];
    const lines = Array.from({ length: 40 }, (_, index) => `${addressOf(index)},482913`);
    await writeFile(join(place.path, 'codes.yaml'), campaign.join('\n'));
    await writeFile(join(place.path, 'list.csv'), ['phone,code', ...lines].join('\n'));
    const sendoff = (...words: readonly string[]) => runCli(words, { cwd: place.path, env: emulatorEnv });
    const began = Date.now();
    const sent = await sendoff('send', 'codes.yaml', '--run', 'codes.run', '--yes', '--endpoint', service.url);
    // What the limit of a number refuses may pass, and one failure of many is none too many.
    expect([sent.code, sent.stderr]).toEqual([5, expect.not.stringContaining('stopped')]);
    const { stdout } = await sendoff('report', 'codes.run', '--jsonl');
    // Every line is an object with these fields.
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { sendoff_status: string; sendoff_retry_at: string | null });
    const rejected = rows.filter((row) => row.sendoff_status !== 'accepted');
    expect(rejected).toMatchObject([{ phone: capped, sendoff_code: 'isv.BUSINESS_LIMIT_CONTROL' }]);
    const retryAt = Date.parse(rejected[0]?.sendoff_retry_at ?? '');
    expect(retryAt % (60 * minuteMs)).toBe(0);
    expect(retryAt).toBeGreaterThan(began);
    expect(retryAt).toBeLessThanOrEqual(Date.now() + 60 * minuteMs);
    expect(sent.stdout).toContain(`${new Date(retryAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`);
  });
});
