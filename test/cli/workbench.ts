/** A folder with the samples in it, in which a test runs the built program and looks at what it leaves. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CliOptions, type CliResult, runCli } from '../support/run-cli.ts';

export interface Workbench extends AsyncDisposable {
  readonly path: string;
  /** Runs the program here. Fails where a stream tells an address in full. */
  run(args: readonly string[], options?: RunOptions): Promise<CliResult>;
  /** As `run`, for reports on standard output, which hold whole addresses by design. */
  runRevealing(args: readonly string[], options?: RunOptions): Promise<CliResult>;
  read(name: string): Promise<string>;
  write(name: string, text: string): Promise<void>;
  /** Names of what has come into being since the folder was made, folders' contents included. */
  newFiles(): Promise<readonly string[]>;
}

type RunOptions = Omit<CliOptions, 'cwd'>;

const samples = fileURLToPath(new URL('../../samples', import.meta.url));

export async function openWorkbench(): Promise<Workbench> {
  const path = await mkdtemp(join(tmpdir(), 'sendoff-cli-'));
  await cp(samples, path, { recursive: true });
  const atFirst = new Set(await readdir(path, { recursive: true }));
  const runRevealing = (args: readonly string[], options: RunOptions = {}) => runCli(args, { ...options, cwd: path });
  return {
    path,
    runRevealing,
    async run(args, options) {
      const result = await runRevealing(args, options);
      const told = [result.stdout, result.stderr].flatMap(wholeAddresses);
      if (told.length > 0) throw new Error(`sendoff ${args.join(' ')} told ${told.join(', ')}`);
      return result;
    },
    read: (name) => readFile(join(path, name), 'utf8'),
    write: (name, text) => writeFile(join(path, name), text),
    async newFiles() {
      const names = await readdir(path, { recursive: true });
      return names.filter((name) => !atFirst.has(name)).toSorted();
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

/** The sender of the samples is no secret, nor is the example that hints give. */
const harmless = ['8613867404376', '8613800000000'];

/** Numbers of the samples, however they are written. */
export function wholeAddresses(text: string): readonly string[] {
  const found = text.match(/86[ -]?138[ -]?\d{4}[ -]?\d{4}\d*/g) ?? [];
  return found.filter((number) => !harmless.includes(number.replace(/\D/g, '')));
}

/** The events of `--json`. Fails where a line is no JSON. */
export function eventsOf({ stdout }: Pick<CliResult, 'stdout'>): readonly Record<string, unknown>[] {
  const lines = stdout.split('\n');
  if (lines.pop() !== '') throw new Error('the last line does not end');
  // An event is an object by the contract of --json, and tests look at its fields.
  const events = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  // Said on a slow machine only.
  return events.filter(({ event }) => event !== 'checking');
}

/** The first event of a kind. */
export function eventOf(result: Pick<CliResult, 'stdout'>, event: string): Record<string, unknown> {
  const found = eventsOf(result).find((each) => each['event'] === event);
  if (found === undefined) throw new Error(`there is no event "${event}"`);
  return found;
}

export const nothingDone = { accepted: 0, rejected: 0, unknown: 0, skipped: 0, invalid: 0, unsent: 0 } as const;
