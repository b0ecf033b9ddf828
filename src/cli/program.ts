/** The list of commands, and the one place where an error becomes a line and an exit code. */
import { Command, CommanderError, Option } from 'commander';
import { OperatorError } from '../domain/operator-error.ts';
import { version } from '../domain/version.ts';
import { registerCheck } from './commands/check.ts';
import { registerEmulator } from './commands/emulator.ts';
import { registerExplain } from './commands/explain.ts';
import { registerInit } from './commands/init.ts';
import { registerPlan } from './commands/plan.ts';
import { registerPreview } from './commands/preview.ts';
import { registerReport } from './commands/report.ts';
import { registerResume } from './commands/resume.ts';
import { registerRetry } from './commands/retry.ts';
import { registerRuns } from './commands/runs.ts';
import { registerSend } from './commands/send.ts';
import { registerStatus } from './commands/status.ts';
import { type Adapt, type CliContext, type CliState, createContext } from './context.ts';
import { type ExitCode, exitCode, exitCodeOfError } from './exit-code.ts';
import type { Io } from './io.ts';
import { createOutput } from './output.ts';
import { systemClock } from './system-clock.ts';

const commands: readonly ((program: Command, cli: CliContext) => void)[] = [
  registerInit,
  registerCheck,
  registerPreview,
  registerPlan,
  registerSend,
  registerResume,
  registerStatus,
  registerRuns,
  registerRetry,
  registerReport,
  registerExplain,
  registerEmulator,
];

/** Runs one command line and answers with its exit code. `adapt` lets tests stand between the commands and their parts. */
export async function runProgram(io: Io, adapt: Adapt = (composition) => composition): Promise<ExitCode> {
  const state: CliState = { code: undefined };
  const program = createProgram(io, createContext(io, systemClock, state, codeOfError, adapt));
  try {
    await program.parseAsync(io.args, { from: 'user' });
  } catch (error) {
    return endOfParsing(io, error);
  }
  return state.code ?? exitCode.done;
}

export function createProgram(io: Pick<Io, 'stdout' | 'stderr'>, cli: CliContext): Command {
  const program = new Command('sendoff')
    .description(
      'Sends one message to every row of a list through Alibaba Cloud, within its quota, and picks up where it stopped.',
    )
    .version(version, '--version', 'the version')
    .helpCommand(false)
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) => write(text.replace(/\n\((Did you mean .*)\)/, '\nhint: $1')),
    });
  for (const register of commands) register(program, cli);
  for (const command of program.commands) addCommonOptions(command);
  return program;
}

function addCommonOptions(command: Command): void {
  const options = [
    new Option('--json', 'events as lines of JSON on standard output'),
    new Option('--no-input', 'never ask; what would be asked must be given by a flag'),
    new Option('--quiet', 'no talk on standard error, errors only'),
    new Option('--log-level <level>', 'log to standard error: debug, info, warn, error, silent')
      .choices(['debug', 'info', 'warn', 'error', 'silent'])
      .default('silent'),
  ];
  for (const option of options) command.addOption(option.helpGroup('Common options:'));
}

function codeOfError(error: unknown): ExitCode {
  return error instanceof OperatorError ? exitCodeOfError(error.kind) : exitCode.bug;
}

/** Commander has printed its help or its error by now. */
function endOfParsing(io: Io, error: unknown): ExitCode {
  const code = error instanceof CommanderError ? (error.exitCode === 0 ? exitCode.done : exitCode.usage) : exitCode.bug;
  const output = createOutput(io, { json: io.args.includes('--json'), quiet: false });
  if (code === exitCode.bug) output.error(error);
  if (code !== exitCode.done) output.exit(code, { balance: null, run: null });
  return code;
}
