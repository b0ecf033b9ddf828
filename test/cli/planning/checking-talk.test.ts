import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createOutput } from '../../../src/cli/output.ts';
import { withCheckingTalk } from '../../../src/cli/planning/checking-talk.ts';
import { fakeClock } from '../../support/fake-clock.ts';

function streams(json: boolean) {
  const stdout = new PassThrough({ encoding: 'utf8' });
  const stderr = new PassThrough({ encoding: 'utf8' });
  const output = createOutput({ stdout, stderr, env: {} }, { json, quiet: json });
  return { output, told: () => ({ stdout: stdout.read() as string | null, stderr: stderr.read() as string | null }) };
}

it('says nothing of a check that is soon through', async () => {
  const clock = fakeClock();
  const { output, told } = streams(false);
  await withCheckingTalk(output, clock, () => clock.advance(600));
  await clock.advance(60_000);
  expect(told()).toEqual({ stdout: null, stderr: null });
});

it('gives a sign of life within a second, and then every ten seconds', async () => {
  const clock = fakeClock();
  const { output, told } = streams(false);
  await withCheckingTalk(output, clock, async (onProgress) => {
    await clock.advance(900);
    onProgress(120_000);
    await clock.advance(10_000);
  });
  expect(told()).toEqual({ stdout: null, stderr: 'checking: 0 rows read\nchecking: 120,000 rows read\n' });
});

it('tells programs every second', async () => {
  const clock = fakeClock();
  const { output, told } = streams(true);
  await withCheckingTalk(output, clock, async (onProgress) => {
    await clock.advance(700);
    onProgress(1_000);
    await clock.advance(1_000);
  });
  expect(told()).toEqual({
    stdout: '{"event":"checking","rows":0}\n{"event":"checking","rows":1000}\n',
    stderr: null,
  });
});
