/** Runs the built program as its users do, and answers with what they would see. */
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export const mainFile = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** What a slow machine makes it say beside the rest. */
const checkingTalk = /^checking: [\d,]+ rows? read\n/gm;

export interface CliOptions {
  /** The folder it runs in; without it the system's temporary folder. */
  readonly cwd?: string;
  /** The whole environment but the path, so that nothing of the person running the tests leaks in. */
  readonly env?: Readonly<Record<string, string>>;
  /** What stands on standard input; without it there is none. */
  readonly stdin?: string;
}

export interface CliResult {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  kill(signal: NodeJS.Signals): void;
  /** Resolves once it has written `words` to either stream, and when it has ended. */
  says(words: string): Promise<void>;
  /** Resolves when it has ended and both streams are read. */
  readonly ended: Promise<CliResult>;
}

export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return startCli(args, options).ended;
}

/** As `runCli`, for a process that the test signals while it runs. */
export function startCli(args: readonly string[], options: CliOptions = {}): RunningCli {
  return startNode([mainFile, ...args], options);
}

/** As `startCli`, for any program of ours. */
export function startNode(args: readonly string[], { cwd = tmpdir(), env = {}, stdin }: CliOptions): RunningCli {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  // It may end without reading what it was given.
  child.stdin?.on('error', () => {}).end(stdin);
  const exit = new Promise<Pick<CliResult, 'code' | 'signal'>>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve({ code, signal }));
  });
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('a piped stream is missing');
  return {
    kill: (signal) => {
      child.kill(signal);
    },
    says: (words) => Promise.race([spoken(stdout, words), spoken(stderr, words), exit.then(() => {})]),
    ended: Promise.all([exit, text(stdout), text(stderr)]).then(([how, out, err]) => ({
      ...how,
      stdout: out,
      stderr: err.replaceAll(checkingTalk, ''),
    })),
  };
}

function spoken(stream: Readable, words: string): Promise<void> {
  return new Promise((resolve) => {
    let heard = '';
    stream.on('data', (chunk: Buffer) => {
      heard += chunk.toString();
      if (heard.includes(words)) resolve();
    });
  });
}
