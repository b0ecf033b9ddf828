/** Runs the program to its death, as planned. */
import { fileURLToPath } from 'node:url';
import type { KillStep } from './kill-steps.ts';
import { type CliOptions, startNode } from './run-cli.ts';

const killer = fileURLToPath(new URL('killer.ts', import.meta.url));

/** Throws where it ended in any other way: then the step was not passed so often, and the test proves nothing. */
export async function killAt(
  step: KillStep,
  passage: number,
  args: readonly string[],
  options: CliOptions,
): Promise<void> {
  const { code, signal, stderr } = await startNode([killer, step, String(passage), ...args], options).ended;
  if (signal !== 'SIGKILL')
    throw new Error(`not killed at passage ${passage} of ${step} but ended with ${code}: ${stderr}`);
}

/** How many processes the tests of one file kill: a share of `SENDOFF_KILLS`, which is 200 unless it is set. */
export function killsFor(share: number): number {
  return Math.ceil(Number(process.env['SENDOFF_KILLS'] ?? 200) * share);
}
