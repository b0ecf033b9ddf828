/** Connects the program to the real process: its streams, signals and exit code. */
import process from 'node:process';
import type { Adapt } from './context.ts';
import type { Io } from './io.ts';
import { runProgram } from './program.ts';

/** `adapt` as for `runProgram`. */
export async function runFromProcess(adapt?: Adapt): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
  process.exitCode = await runProgram(processIo(), adapt);
}

/** A reader that has gone (`sendoff status | head`) must not bring down a run that is sending. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

function processIo(): Io {
  return {
    args: process.argv.slice(2),
    env: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    onInterrupt(callback) {
      const signals = ['SIGINT', 'SIGTERM'] as const;
      for (const signal of signals) process.on(signal, callback);
      return () => {
        for (const signal of signals) process.off(signal, callback);
      };
    },
    exitNow: (code) => process.exit(code),
  };
}
