/** Delivery of text messages, from the emulator that took them into the report of the run. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { realClock } from '../../src/emulator/emulator-clock.ts';
import { startEmulator } from '../../src/emulator/server.ts';
import { emulatorEnv } from '../support/emulator-process.ts';
import { eventOf, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(() => bench[Symbol.asyncDispose]());

const env = { env: emulatorEnv };

interface Delivered {
  readonly sendoff_status: string;
  readonly sendoff_delivery: string | null;
  readonly sendoff_delivered_at: string | null;
}

async function reported(...flags: readonly string[]): Promise<readonly Delivered[]> {
  const { stdout } = await bench.runRevealing(['report', 'texts.run', '--jsonl', ...flags], env);
  // The report's own lines.
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Delivered);
}

it('keeps in the run which text messages were delivered, and why the others failed', async () => {
  const delayMs = 10 * 60_000;
  let ahead = 0;
  await using cleanup = new AsyncDisposableStack();
  const emulator = await startEmulator({
    clock: { ...realClock, now: () => Date.now() + ahead },
    smsDelayMs: delayMs,
    smsUndelivered: { share: 0.2, code: 'MOBILE_NOT_ON_SERVICE' },
  });
  cleanup.defer(() => emulator.close());
  const service = ['--endpoint', emulator.url];
  const sent = await bench.run(
    ['send', 'sms-order-shipped.yaml', '--limit', '40', '--yes', '--run', 'texts.run', ...service],
    env,
  );
  expect(sent.code).toBe(0);

  const early = await reported('--refresh', ...service);
  expect(early.filter(({ sendoff_delivery: told }) => told === 'waiting')).toHaveLength(40);

  ahead = delayMs;
  const told = await bench.run(
    ['report', 'texts.run', '--json', '--json-file', 'r.json', '--refresh', ...service],
    env,
  );
  const counts = eventOf(told, 'deliveries');
  expect(counts).toMatchObject({ waiting: 0, untold: 0 });

  const rows = await reported();
  const accepted = rows.filter(({ sendoff_status: status }) => status === 'accepted');
  const delivered = accepted.filter(({ sendoff_delivery: end }) => end === 'delivered');
  const failed = accepted.filter(({ sendoff_delivery: end }) => end?.startsWith('failed'));
  expect([accepted.length, delivered.length, failed.length]).toEqual([40, counts['delivered'], counts['failed']]);
  expect(failed.length).toBeGreaterThan(0);
  expect(failed[0]?.sendoff_delivery).toMatch(/^failed: MOBILE_NOT_ON_SERVICE: \S/);
  expect(failed[0]?.sendoff_delivered_at).toBeNull();
  for (const { sendoff_delivered_at: at } of delivered)
    expect(Date.parse(at ?? '')).toBeLessThanOrEqual(Date.now() + ahead);
  expect(rows.filter(({ sendoff_delivery: end }) => end === null)).toHaveLength(360);

  const again = await bench.run(['report', 'texts.run', '--refresh', ...service], env);
  expect(again.stderr).toContain('0 messages delivered since, 0 failed, 0 waiting, 0 not told of');
});

it('is refused where the service cannot tell', async () => {
  await bench.run(['plan', 'sms-order-shipped.yaml', '--run', 'texts.run', '--emulator']);
  await bench.run(['plan', 'order-shipped.yaml', '--run', 'chat.run', '--emulator']);
  const mine = await bench.run(['report', join(bench.path, 'texts.run'), '--refresh', '--emulator']);
  expect(mine).toMatchObject({ code: 2, stderr: expect.stringContaining('an emulator of this command took none') });
  const chat = await bench.run(['report', 'chat.run', '--refresh', '--endpoint', 'http://127.0.0.1:9'], env);
  expect(chat).toMatchObject({ code: 2, stderr: expect.stringContaining('--refresh is for text messages') });
});
