/** The list of commands, and the one place where an error becomes a line and an exit code. */
import { Command, CommanderError, Option } from 'commander';
import type { Clock } from '../domain/clock.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { parseOneOf } from '../domain/parse-one-of.ts';
import { version } from '../domain/version.ts';
import { registerCheck } from './commands/check.ts';
import { registerDoctor } from './commands/doctor.ts';
import { registerEmulator } from './commands/emulator.ts';
import { registerExplain } from './commands/explain.ts';
import { registerInit } from './commands/init.ts';
import { registerPlan } from './commands/plan.ts';
import { registerPreview } from './commands/preview.ts';
import { registerReconcile } from './commands/reconcile.ts';
import { registerReport } from './commands/report.ts';
import { registerResume } from './commands/resume.ts';
import { registerRetry } from './commands/retry.ts';
import { registerRuns } from './commands/runs.ts';
import { registerSend } from './commands/send.ts';
import { registerSms } from './commands/sms.ts';
import { registerStatus } from './commands/status.ts';
import { registerTemplates } from './commands/templates.ts';
import { type Adapt, type CliContext, type CliState, createContext } from './context.ts';
import { type ExitCode, exitCode, exitCodeOfError } from './exit-code.ts';
import type { Io } from './io.ts';
import { createOutput } from './output.ts';
import { parsedBy } from './shared-options.ts';
import { systemClock } from './system-clock.ts';
import { usageErrorOf } from './usage-error.ts';

type Register = (program: Command, cli: CliContext) => void;

/** In the order in which they are used, as the help shows them. */
const commands: readonly (readonly [string, readonly Register[]])[] = [
  ['Before:', [registerInit, registerDoctor, registerCheck, registerPreview, registerPlan]],
  ['Handing over:', [registerSend, registerResume, registerRetry, registerReconcile]],
  ['Looking at runs:', [registerStatus, registerRuns, registerReport]],
  ['Templates:', [registerTemplates]],
  ['Text messages:', [registerSms]],
  ['Help and practice:', [registerExplain, registerEmulator]],
];

const firstSteps = `
A first try, without an account; nothing leaves this machine:
  sendoff init demo
  sendoff preview demo/campaign.yaml --emulator
  sendoff send demo/campaign.yaml --emulator

sendoff <command> --help shows the options of a command.`;

/**
 * Runs one command line and answers with its exit code. `adapt` lets tests stand between the commands and their parts, and
 * `clock` lets them choose the hour.
 */
export async function runProgram(
  io: Io,
  adapt: Adapt = (composition) => composition,
  clock: Clock = systemClock,
): Promise<ExitCode> {
  const state: CliState = { code: undefined };
  const program = createProgram(io, createContext(io, clock, state, codeOfError, adapt));
  try {
    await program.parseAsync(io.args, { from: 'user' });
  } catch (error) {
    return endOfParsing(io, program, error);
  }
  return state.code ?? exitCode.done;
}

export function createProgram(io: Pick<Io, 'stdout' | 'stderr'>, cli: CliContext): Command {
  const program = new Command('sendoff')
    .usage('<command> [options]')
    .description(
      'Sends one message to every row of a list through Alibaba Cloud, within its quota, and picks up where it stopped.',
    )
    .version(version, '--version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand(false)
    .addHelpText('after', firstSteps)
    .configureHelp({ subcommandTerm: termOf })
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      // Told where every other error is.
      outputError: () => {},
    });
  for (const [heading, group] of commands) {
    program.commandsGroup(heading);
    for (const register of group) register(program, cli);
  }
  for (const command of program.commands) addCommonOptions(command);
  return program;
}

/** `send <campaign or run file>`: every command takes options, so that goes without saying. */
function termOf(command: Command): string {
  const names = command.registeredArguments.map((each) => (each.required ? `<${each.name()}>` : `[${each.name()}]`));
  return [command.name(), ...names].join(' ');
}

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** To the commands that do something, which may stand within a group. */
function addCommonOptions(command: Command): void {
  if (command.commands.length > 0) {
    for (const inner of command.commands) addCommonOptions(inner);
    return;
  }
  const options = [
    new Option('--json', 'events as lines of JSON on standard output'),
    new Option('--no-input', 'never ask; what would be asked must be given by a flag'),
    new Option('--quiet', 'no talk on standard error, errors only'),
    new Option('--log-level <level>', `log to standard error: ${logLevels.join(', ')}`)
      .argParser(parsedBy((text) => parseOneOf(text, logLevels, 'a level')))
      .default('silent', 'silent'),
  ];
  const heading = 'Common options:';
  for (const option of options) command.addOption(option.helpGroup(heading));
  command.addHelpOption(new Option('-h, --help', 'show this help').helpGroup(heading));
}

function codeOfError(error: unknown): ExitCode {
  return error instanceof OperatorError ? exitCodeOfError(error.kind) : exitCode.bug;
}

/** Help and version have been printed by now; a mistake has not. */
function endOfParsing(io: Io, program: Command, error: unknown): ExitCode {
  if (error instanceof CommanderError && error.exitCode === 0) return exitCode.done;
  const output = createOutput(io, { json: io.args.includes('--json'), quiet: false });
  const told = error instanceof CommanderError ? usageErrorOf(error, helpFor(io.args, program)) : error;
  // Without a command the help has been shown, and says it all.
  if (!(error instanceof CommanderError && error.code === 'commander.help')) output.error(told);
  const code = codeOfError(told);
  output.exit(code, { balance: null, run: null });
  return code;
}

/** The help that says more about a command line that could not be read. */
function helpFor([name, ...inner]: readonly string[], command: Command, path = command.name()): string {
  const named = command.commands.find((each) => each.name() === name);
  return named === undefined ? `${path} --help` : helpFor(inner, named, `${path} ${named.name()}`);
}
