/** Runs a program in a process of its own and says what it took. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export interface ProcessCost {
  readonly wallMs: number;
  /** User and system time of all its threads. */
  readonly cpuMs: number;
  readonly peakMb: number;
}

export interface ProcessChoice {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const reporter = fileURLToPath(new URL('programs/report-cost.js', import.meta.url));

/** Throws with what the program said when it ends with anything but 0. */
export async function measureProcess(args: readonly string[], choice: ProcessChoice = {}): Promise<ProcessCost> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--import', reporter, ...args], {
    cwd: choice.cwd,
    env: { PATH: process.env['PATH'], ...choice.env },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const [, , stderr, report] = child.stdio;
  if (stderr === null || !report || !('read' in report)) throw new Error('the process has no pipes');
  const [said, told, [code]] = await Promise.all([text(stderr), text(report), once(child, 'exit')]);
  const wallMs = performance.now() - startedAt;
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}:\n${said}`);
  // The reporter's own words.
  const { cpuMs, peakMb } = JSON.parse(told) as Omit<ProcessCost, 'wallMs'>;
  return { wallMs, cpuMs, peakMb };
}
