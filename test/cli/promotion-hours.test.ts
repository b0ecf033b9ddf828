/** Promotions by text message at hours of the day that the test chooses. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/cli/system-clock.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
  await bench.write(
    'promotion.yaml',
    `channel: sms
sign: 示例商城
recipients: { file: recipients.csv, to: phone }
template: { code: SMS_100000002, params: { name: first_name, discount: code } }
`,
  );
});
afterEach(() => bench[Symbol.asyncDispose]());

/** A clock that shows this time now, and goes on from it. */
function clockAt(time: string): Clock {
  const ahead = Date.parse(time) - systemClock.now();
  return { ...systemClock, now: () => systemClock.now() + ahead };
}

const night = () => clockAt('2026-11-21T20:00:00+08:00');
const morning = () => clockAt('2026-11-22T08:00:00+08:00');

describe('a promotion', () => {
  it('does not begin at night, and goes in the morning', async () => {
    const run = join(bench.path, 'p.run');
    const campaign = join(bench.path, 'promotion.yaml');
    const plan = await runInProcess(['plan', campaign, '--run', run, '--emulator'], night());
    expect(plan).toMatchObject({ code: 0, stdout: expect.stringContaining('SMS_HOURS') });
    for (const command of ['send', 'resume']) {
      const early = await runInProcess([command, run, '--yes', '--emulator'], night());
      expect([early.code, early.stderr.trimEnd().split('\n').slice(-2)]).toEqual([
        8,
        [
          'error: nothing was handed over: promotions go to mainland China from 8:00 to 20:00 China time alone',
          `hint: from 2026-11-22 00:00 UTC on: sendoff ${command} ${run} --emulator; --ignore-hours does so now`,
        ],
      ]);
    }
    const sent = await runInProcess(['resume', run, '--yes', '--emulator'], morning());
    expect(sent).toMatchObject({ code: 0, stdout: expect.stringMatching(/^accepted +400$/m) });
    const again = await runInProcess(['send', run, '--yes', '--emulator'], night());
    expect(again.code).toBe(0);
  });

  it('goes at night where that is said, and in a rehearsal', async () => {
    const campaign = join(bench.path, 'promotion.yaml');
    const sending = ['send', campaign, '--yes', '--emulator', '--run', join(bench.path, 'p.run')];
    expect((await runInProcess([...sending, '--dry-run'], night())).code).toBe(0);
    const sent = await runInProcess([...sending, '--ignore-hours'], night());
    expect(sent).toMatchObject({ code: 0, stdout: expect.stringMatching(/^accepted +400$/m) });
  });

  it('stops when the evening comes while it lasts', async () => {
    const sending = [
      'send',
      join(bench.path, 'promotion.yaml'),
      '--yes',
      '--emulator',
      '--run',
      join(bench.path, 'p.run'),
    ];
    await bench.write('promotion.yaml', `${await bench.read('promotion.yaml')}send: { batch: off, rate: 5/s }\n`);
    // It stands still, so that however long the beginning takes, two seconds are left when the first message leaves.
    const evening = { ...systemClock, now: () => Date.parse('2026-11-21T19:59:58+08:00') };
    const stopped = await runInProcess(sending, evening);
    expect(stopped).toMatchObject({
      code: 8,
      stdout: expect.stringMatching(/^to go on: sendoff resume/m),
      stderr: expect.stringContaining('stopped: promotions go to mainland China until 20:00 China time'),
    });
  });
});
