/** What is written where: the answer to standard output, the talk to standard error, and with `--json` events only. */
import type { Balance } from '../domain/balance.ts';
import { OperatorError } from '../domain/operator-error.ts';
import type { ExitCode } from './exit-code.ts';
import type { Io, TextStream } from './io.ts';

export interface OutputOptions {
  readonly json: boolean;
  readonly quiet: boolean;
}

export interface Output {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /** For text on standard output. */
  readonly width: number;
  /** Whether standard output, or standard error, takes colour. */
  colour(stream: TextStream): boolean;
  /** The answer, as text. Nothing with `--json`. */
  answer(text: string): void;
  /** A line of talk. Nothing with `--quiet`. */
  talk(text: string): void;
  /** What must be read, also with `--quiet`. */
  insist(text: string): void;
  /** One event, a line of JSON. Nothing without `--json`. */
  event(event: Readonly<Record<string, unknown>>): void;
  /** The last line of every `--json` output. */
  exit(code: ExitCode, ending: { readonly balance: Balance | null; readonly run: string | null }): void;
  error(error: unknown): void;
}

const defaultWidth = 80;

export function createOutput(io: Pick<Io, 'stdout' | 'stderr' | 'env'>, { json, quiet }: OutputOptions): Output {
  const { stdout, stderr, env } = io;
  const line = (stream: TextStream, text: string) => {
    stream.write(text.endsWith('\n') ? text : `${text}\n`);
  };
  const event = (value: Readonly<Record<string, unknown>>) => {
    if (json) line(stdout, JSON.stringify(value));
  };
  return {
    json,
    quiet,
    stdout,
    stderr,
    width: Math.max(40, stdout.columns ?? defaultWidth),
    // See no-color.org: any non-empty value turns colour off.
    colour: (stream) => stream.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
    answer(text) {
      if (!json) line(stdout, text);
    },
    talk(text) {
      if (!quiet) line(stderr, text);
    },
    insist: (text) => line(stderr, text),
    event,
    exit: (code, { balance, run }) => event({ event: 'exit', code, balance, run }),
    error(error) {
      line(stderr, describe(error));
      event({ event: 'error', ...fields(error) });
    },
  };
}

function describe(error: unknown): string {
  if (error instanceof OperatorError) {
    return [`error: ${error.message}`, ...(error.hint === undefined ? [] : [`hint: ${error.hint}`])].join('\n');
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `error: this is a bug in sendoff\n${trace}\nhint: please report it with the lines above; the run file is safe`;
}

function fields(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof OperatorError) return { code: error.code, message: error.message, hint: error.hint ?? null };
  return { code: 'BUG', message: error instanceof Error ? error.message : String(error), hint: null };
}
