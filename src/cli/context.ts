/** What every command is handed: its streams, its clock, and the way to everything concrete. */
import type { Command } from 'commander';
import type { Balance } from '../domain/balance.ts';
import type { Clock } from '../domain/clock.ts';
import type { Composition } from './compose.ts';
import { type ExitCode, exitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { createOutput, type Output } from './output.ts';

/** Options that every command takes. */
export interface CommonOptions {
  readonly json?: true;
  /** False with `--no-input`. */
  readonly input: boolean;
  readonly quiet?: true;
  readonly logLevel: string;
}

/** How a command ended, for the exit event. */
export interface Ending {
  readonly code: ExitCode;
  readonly balance?: Balance | null;
  readonly run?: string | null;
}

/** Wraps the parts that commands are handed. */
export type Adapt = (composition: Composition) => Composition;

export interface CliContext {
  readonly io: Io;
  readonly clock: Clock;
  /** Loads the adapters when they are first needed: `--help` must not wait for an SDK. */
  compose(options: CommonOptions): Promise<Composition>;
  /**
   * Turns a command's work into its action: makes its output, prints its error, and keeps the exit code. `remember` tells
   * early what the exit event needs if the work fails later on.
   */
  action<Options extends CommonOptions>(
    work: (call: Call<Options>) => Promise<Ending | ExitCode>,
  ): (...args: unknown[]) => Promise<void>;
}

export interface Call<Options> {
  readonly args: readonly string[];
  readonly options: Options;
  readonly output: Output;
  remember(known: { readonly balance?: Balance; readonly run?: string }): void;
}

export interface CliState {
  /** The exit code of the command that ran; undefined while none has. */
  code: ExitCode | undefined;
}

export function createContext(
  io: Io,
  clock: Clock,
  state: CliState,
  codeOfError: (error: unknown) => ExitCode,
  adapt: Adapt,
): CliContext {
  return {
    io,
    clock,
    async compose(options) {
      const { createComposition } = await import('./compose.ts');
      return adapt(createComposition(io, clock, options));
    },
    action(work) {
      return async (...raw) => {
        // Commander hands over the arguments, then the options, then the command.
        const command = raw.at(-1) as Command;
        const options = raw.at(-2) as Parameters<typeof work>[0]['options'];
        const output = createOutput(io, { json: options.json === true, quiet: options.quiet === true });
        let known: { balance: Balance | null; run: string | null } = { balance: null, run: null };
        const remember = (more: Partial<typeof known>) => {
          known = { ...known, ...more };
        };
        try {
          const ending = await work({ args: command.args, options, output, remember });
          const { code, ...more } = typeof ending === 'number' ? { code: ending } : ending;
          remember(more);
          state.code = code;
        } catch (error) {
          output.error(error);
          state.code = codeOfError(error);
        }
        output.exit(state.code ?? exitCode.bug, known);
      };
    },
  };
}
