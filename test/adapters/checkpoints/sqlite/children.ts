/** Runs `child.ts`: another process at the same run file. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('child.ts', import.meta.url));

/** A process that stands still at a step, to be killed there. */
export interface Child {
  /** Kills it without a word, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Resolves when the child has come to the step. */
export async function childAt(step: string, role: string, path: string): Promise<Child> {
  const child = spawn(process.execPath, [program, role, path, step], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const [said] = await Promise.race([once(child.stdout, 'data'), ended]);
  if (String(said).trim() !== step) throw new Error(`the child did not come to "${step}": ${said}`);
  return {
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** What a child says when no file of its may grow beyond so much, as on a full disk. */
export async function saidOnFullDisk(largestFileKb: number, role: string, path: string): Promise<string> {
  // Blocks of the shell are half a kilobyte; the signal that comes with the limit would end the child otherwise.
  const limited = `trap '' XFSZ; ulimit -f ${2 * largestFileKb}; exec "$0" "$@"`;
  const child = spawn('/bin/sh', ['-c', limited, process.execPath, program, role, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return (await text(child.stdout)).trim();
}
