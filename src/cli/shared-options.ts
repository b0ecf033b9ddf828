/**
 * The options that several commands share, in groups a command picks from. A value that cannot be read ends the
 * command before it has done anything. Which commands take which group is theirs to say.
 */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseAddress } from '../domain/parse-address.ts';
import { parseDuration } from '../domain/parse-duration.ts';
import { parseThreshold, type Threshold } from '../domain/parse-threshold.ts';
import { parseWholeNumber } from '../domain/parse-whole-number.ts';
import { type Parsed, parsedMistake, parsedValue } from '../domain/parsed.ts';
import { parseAmount } from '../domain/rates.ts';
import { parseEndpoint } from './parse-endpoint.ts';

/** Which service, and as whom. */
export interface ServiceOptions {
  /** An origin, such as `https://cams.ap-southeast-1.aliyuncs.com`. */
  readonly endpoint?: string;
  readonly region?: string;
  readonly profile?: string;
  /** As written: it is read with the campaign. */
  readonly custSpaceId?: string;
  readonly emulator?: true;
  /** A file of faults for the emulator to make; means `emulator`. */
  readonly faults?: string;
}

export interface TemplateFileOptions {
  readonly templateFile?: string;
}

/** What a plan may hold, and where it is kept. */
export interface PlanOptions {
  readonly run?: string;
  readonly skipInvalid?: true;
  readonly maxInvalid?: Threshold;
  readonly maxMessages?: number;
  /** Millionths of the currency of the campaign's prices. */
  readonly maxSpend?: number;
  /** Milliseconds. */
  readonly validFor?: number;
}

/** How much of a plan goes out, and on whose word. */
export interface SendOptions {
  readonly yes?: true;
  readonly dryRun?: true;
  readonly limit?: number;
  /** Digits with the country code. */
  readonly only?: string;
  readonly results?: string;
  readonly errorOnNothing?: true;
  /** Promotions to mainland China go at any hour. */
  readonly ignoreHours?: true;
  /** False with `--no-reconcile`. */
  readonly reconcile?: boolean;
  /** Milliseconds. */
  readonly settle?: number;
}

export function addServiceOptions(command: Command): Command {
  return addOptions(command, 'Service:', [
    ...whereAndAsWhom(),
    new Option('--cust-space-id <id>', 'space of the customer to act for, or instance of a direct customer'),
    ...emulatorOptions(),
  ]);
}

/** For commands about text messages, whose service knows no spaces. */
export function addSmsServiceOptions(command: Command): Command {
  return addOptions(command, 'Service:', [...whereAndAsWhom(), ...emulatorOptions()]);
}

function whereAndAsWhom(): readonly Option[] {
  return [
    new Option('--endpoint <url>', 'address of the service; http only on this machine').argParser(
      parsedBy(parseEndpoint),
    ),
    new Option('--region <id>', 'region of the service, such as ap-southeast-1').argParser(parsedBy(parseRegion)),
    new Option('--profile <name>', 'credentials profile to use').argParser(parsedBy(parseNonBlank)),
  ];
}

function emulatorOptions(): readonly Option[] {
  return [
    new Option('--emulator', 'start a local emulator for this command; nothing leaves the machine').conflicts(
      'endpoint',
    ),
    new Option('--faults <file>', 'an emulator that makes these faults')
      .argParser(parsedBy(parseNonBlank))
      .implies({ emulator: true })
      .conflicts('endpoint'),
  ];
}

export function addTemplateFileOption(command: Command): Command {
  return addOptions(command, 'Service:', [
    new Option(
      '--template-file <json>',
      'a saved template detail instead of the service: no credentials needed',
    ).argParser(parsedBy(parseNonBlank)),
  ]);
}

/** What a check may find without an objection; the same as for a plan, which adds where it is kept. */
export function addCheckOptions(command: Command): Command {
  return addOptions(command, 'Plan:', checkOptions());
}

export function addPlanOptions(command: Command): Command {
  return addOptions(command, 'Plan:', [
    new Option('--run <file>', 'run file to write or go on with (default: runs/<campaign>-<time>.run)').argParser(
      parsedBy(parseNonBlank),
    ),
    ...checkOptions(),
    new Option('--valid-for <duration>', 'refuse to begin sending after this time: 30m, 24h, 2d').argParser(
      parsedBy(parseDuration),
    ),
  ]);
}

function checkOptions(): readonly Option[] {
  return [
    new Option('--skip-invalid', 'leave invalid rows out instead of refusing the list'),
    new Option(
      '--max-invalid <threshold>',
      'leave out at most so many invalid rows: 5% or 20; means --skip-invalid',
    ).argParser(parsedBy(parseThreshold)),
    new Option('--max-messages <n>', 'refuse a plan with more messages').argParser(parsedBy(parseCount)),
    new Option('--max-spend <amount>', 'refuse a plan that costs more by its --rates').argParser(parsedBy(parseAmount)),
  ];
}

export function addSendOptions(command: Command): Command {
  return addOptions(command, 'Sending:', [
    new Option('--yes', 'hand over without asking'),
    new Option('--dry-run', 'do everything but the requests'),
    new Option('--limit <n>', 'send at most this many now; the rest stays for resume').argParser(parsedBy(parseCount)),
    new Option('--ignore-hours', 'hand promotions to mainland China over at night, too: 20:00 to 8:00 China time'),
    new Option('--error-on-nothing', 'exit 9 where there was nothing to hand over'),
    new Option('--reconcile', 'ask the message log about unknown rows at the end (the default)'),
    new Option('--no-reconcile', 'leave unknown rows to sendoff reconcile'),
    new Option(
      '--settle <duration>',
      'how long the log may take to show a message (default: 60s; emulator: 5s)',
    ).argParser(parsedBy(parseDuration)),
    new Option('--results <file.csv>', 'write the report here at the end, also when stopped').argParser(
      parsedBy(parseNonBlank),
    ),
  ]);
}

/** Not for a retry: it would put the rows of everybody else back in line. */
export function addOnlyOption(command: Command): Command {
  return addOptions(command, 'Sending:', [
    new Option('--only <to>', 'send to this address alone; the rest stays for resume').argParser(
      parsedBy(parseAddress),
    ),
  ]);
}

/** Turns a parser of the domain into one of commander's, which ends the command with the mistake and, below it, its fix. */
export function parsedBy<T>(parse: (text: string) => Parsed<T>): (text: string) => T {
  return (text) => {
    const parsed = parse(text);
    if (parsed.kind === 'value') return parsed.value;
    throw new InvalidArgumentError(`${parsed.message}\n${parsed.hint}`);
  };
}

/** The same for an option that may be given several times. */
export function repeatable<T>(
  parse: (text: string) => Parsed<T>,
): (text: string, earlier?: readonly T[]) => readonly T[] {
  const parseOne = parsedBy(parse);
  return (text, earlier = []) => [...earlier, parseOne(text)];
}

function addOptions(command: Command, heading: string, options: readonly Option[]): Command {
  for (const option of options) command.addOption(option.helpGroup(heading));
  return command;
}

function parseCount(text: string): Parsed<number> {
  return parseWholeNumber(text, 1, 1_000_000_000);
}

/** Regions become part of a host name. */
function parseRegion(text: string): Parsed<string> {
  if (/^[a-z0-9]+(-[a-z0-9]+)+$/.test(text)) return parsedValue(text);
  return parsedMistake(`"${text}" is not a region`, 'write one such as ap-southeast-1');
}

/** A blank is mostly a shell variable that is not set. */
export function parseNonBlank(text: string): Parsed<string> {
  return text.trim() === ''
    ? parsedMistake('the value is blank', 'is a variable of the shell unset?')
    : parsedValue(text);
}
