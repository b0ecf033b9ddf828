/** Runs the whole program in this process, with its real adapters and clock: for tests that need it dozens of times. */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Io } from '../../src/cli/io.ts';
import { runProgram } from '../../src/cli/program.ts';
import { systemClock } from '../../src/cli/system-clock.ts';
import type { Clock } from '../../src/domain/clock.ts';
import type { CliResult } from './run-cli.ts';

export interface InProcessResult extends Pick<CliResult, 'stdout' | 'stderr'> {
  readonly code: number;
}

/**
 * Paths in `args` have to be absolute: the folder is that of the tests. So is the environment, since the credentials
 * package reads it: stub it with `vi.stubEnv`.
 */
export async function runInProcess(args: readonly string[], clock: Clock = systemClock): Promise<InProcessResult> {
  const stdin = new PassThrough().end();
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const told = Promise.all([text(stdout), text(stderr)]);
  const io: Io = {
    args,
    env: { ...process.env, NO_COLOR: '1' },
    stdin,
    stdout,
    stderr,
    onInterrupt: () => () => {},
    exitNow: (left) => {
      throw new Error(`left with ${left}`);
    },
  };
  const code = await runProgram(io, undefined, clock);
  stdout.end();
  stderr.end();
  const [out, err] = await told;
  return { code, stdout: out, stderr: err };
}
