/** How long a person waits before the program says its first word. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mainFile } from '../support/run-cli.ts';
import { type BenchOptions, inTurn, type Measurement, median } from './measurement.ts';

/** Starts cost little, and their spread is large. */
const startsPerRound = 7;
const aimMs = 150;

export async function measureStartUp({ rounds }: BenchOptions): Promise<Measurement> {
  const contenders = {
    'node -e 0': () => wallMs(['-e', '0']),
    'sendoff --version': () => wallMs([mainFile, '--version']),
    'sendoff plan --help': () => wallMs([mainFile, 'plan', '--help']),
  };
  // The first start of a build compiles it, and keeps the outcome for the next ones.
  await inTurn(1, contenders);
  const results = await inTurn(rounds * startsPerRound, contenders);
  const bare = median(results['node -e 0']);
  const over = (times: readonly number[]) => median(times) - bare;
  return {
    title: 'Start-up',
    note: `From the start of the process to its end, medians of ${rounds * startsPerRound}.`,
    head: ['', 'ms', 'over bare node'],
    lines: Object.entries(results).map(([name, times]) => [
      name,
      median(times).toFixed(0),
      `${over(times).toFixed(0)} ms`,
    ]),
    aims: (['sendoff --version', 'sendoff plan --help'] as const).map((name) => ({
      words: `${name} within ${aimMs} ms over bare node`,
      reached: `${over(results[name]).toFixed(0)} ms`,
      met: over(results[name]) < aimMs,
    })),
  };
}

async function wallMs(args: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
  return performance.now() - startedAt;
}
