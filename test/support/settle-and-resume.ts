import type { CliResult } from './run-cli.ts';

/** Settles by the logs what is unknown and sends what is left of a run, until nothing of either is. Answers with the exit code. */
export async function settleAndResume(
  cli: (...args: readonly string[]) => Promise<CliResult>,
  run: string,
  rounds: number,
): Promise<number | null> {
  let said = '';
  for (let round = 0; round < rounds; round += 1) {
    const settled = await cli('reconcile', run, '--settle', '1s', '--resend-missing');
    const { code, stderr } = await cli('resume', run, '--yes', '--no-reconcile');
    if (code === 0 || code === 6) return code;
    said = `${settled.stderr}\n${stderr}`;
  }
  throw new Error(`${rounds} rounds were not enough: ${said}`);
}
