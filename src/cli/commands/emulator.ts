/** `emulator`: a local endpoint that speaks the service's protocol, for trying and testing. */
import type { Command } from 'commander';
import { parseDuration } from '../../domain/parse-duration.ts';
import { parseThreshold } from '../../domain/parse-threshold.ts';
import { parseWholeNumber } from '../../domain/parse-whole-number.ts';
import { type Parsed, parsedMistake, parsedValue } from '../../domain/parsed.ts';
import type { CliContext, CommonOptions } from '../context.ts';
import { parsedBy } from '../shared-options.ts';

export interface LatencyRange {
  readonly min: number;
  readonly max: number;
}

export interface EmulatorCommandOptions extends CommonOptions {
  readonly port?: number;
  /** Messages in any sliding second. */
  readonly quota?: number;
  /** Mass sends in any sliding second. */
  readonly massQuota?: number;
  /** Milliseconds. */
  readonly latency?: LatencyRange;
  readonly fault?: readonly string[];
  readonly faults?: string;
  readonly seed?: number;
  readonly log?: string;
  /** Milliseconds. */
  readonly logDelay?: number;
  readonly deny?: readonly string[];
  /** Milliseconds; negative where the service is behind. */
  readonly clockSkew?: number;
  /** Milliseconds. */
  readonly review?: number;
  /** From 0 to 1. */
  readonly closedWindows?: number;
  readonly failLater?: LaterFailures;
  /** Calls of SendSms, and of SendBatchSms, in any sliding second. */
  readonly smsQuota?: number;
  readonly smsLimits?: boolean;
  /** Milliseconds. */
  readonly smsDelay?: number;
  readonly smsUndelivered?: LaterFailures;
}

export interface LaterFailures {
  /** From 0 to 1. */
  readonly share: number;
  readonly code?: string;
}

export function registerEmulator(program: Command, cli: CliContext): void {
  program
    .command('emulator')
    .summary('a local service to try and test against')
    .description(
      'Serves the protocols of Chat App Message Service and Short Message Service on this machine: checks signatures, holds sample templates, enforces the quotas, makes the faults you ask for. Nobody receives anything. Ctrl-C ends it.',
    )
    .option(
      '--port <n>',
      'port on the loopback address (default: any free one)',
      parsedBy((text) => parseWholeNumber(text, 0, 65_535)),
    )
    .option(
      '--quota <n>',
      'messages in any sliding second (default: 250)',
      parsedBy((text) => parseWholeNumber(text, 1, 1_000_000)),
    )
    .option(
      '--mass-quota <n>',
      'mass sends in any sliding second (default: 10)',
      parsedBy((text) => parseWholeNumber(text, 1, 1_000_000)),
    )
    .option('--latency <range>', 'milliseconds of every answer: 80 or 50-200', parsedBy(parseLatency))
    .option('--fault <fault>', 'a fault for a share of requests, such as cut-after=2%; repeatable', collect)
    .option('--faults <file>', 'a YAML or JSON file of faults')
    .option(
      '--seed <n>',
      'what the faults are drawn from; the same seed, the same faults',
      parsedBy((text) => parseWholeNumber(text, 0, 2_147_483_647)),
    )
    .option(
      '--closed-windows <share>',
      'share of people, such as 30%, to whom only templates may be sent (default: none)',
      parsedBy(parseShare),
    )
    .option(
      '--fail-later <share>',
      'share of people, such as 5% or 131049=5%, whose accepted messages the message log shows as failed',
      parsedBy((text) => parseFailures(text, '131049=5%')),
    )
    .option(
      '--sms-quota <n>',
      'calls of SendSms, and of SendBatchSms, in any sliding second (default: 5000)',
      parsedBy((text) => parseWholeNumber(text, 1, 1_000_000)),
    )
    .option(
      '--sms-limits <on|off>',
      'how often one number may get a text message a minute, hour and day (default: on)',
      parsedBy(parseSwitch),
    )
    .option(
      '--sms-delay <duration>',
      'how long the carrier takes to deliver a text message (default: 5s)',
      parsedBy(parseDuration),
    )
    .option(
      '--sms-undelivered <share>',
      'share of people, such as 5% or MOBILE_NOT_ON_SERVICE=5%, who do not get their text messages',
      parsedBy((text) => parseFailures(text, 'MOBILE_NOT_ON_SERVICE=5%')),
    )
    .option(
      '--review <duration>',
      'how long the review of a template takes (default: 5s); one with "reject" in its name is refused',
      parsedBy(parseDuration),
    )
    .option(
      '--log-delay <duration>',
      'how long a message takes to appear in the message log, or in the details of text messages (default: none)',
      parsedBy(parseDuration),
    )
    .option('--log <file>', 'append every accepted message to this file as a line of JSON')
    .option(
      '--deny <action>',
      'take a right away, such as cams:SendChatappMessage or dysms:SendSms; repeatable',
      collect,
    )
    .option('--clock-skew <duration>', 'how far its clock is ahead, such as 20m; -20m is behind', parsedBy(parseSkew))
    .action(
      cli.action<EmulatorCommandOptions>(async (call) => {
        const composition = await cli.compose(call.options);
        const { runEmulator } = await import('../actions/run-emulator.ts');
        return runEmulator(cli, call, composition);
      }),
    );
}

function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

function parseSkew(text: string): Parsed<number> {
  const behind = text.trim().startsWith('-');
  const parsed = parseDuration(behind ? text.trim().slice(1) : text);
  return behind && parsed.kind === 'value' ? parsedValue(-parsed.value) : parsed;
}

function parseLatency(text: string): Parsed<LatencyRange> {
  const [, min, max] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text.trim()) ?? [];
  const range = { min: Number(min), max: Number(max ?? min) };
  if (min === undefined || range.max < range.min) {
    return parsedMistake(`"${text}" is not a range of milliseconds`, 'write 80, or 50-200');
  }
  return parsedValue(range);
}

function parseShare(text: string): Parsed<number> {
  const parsed = parseThreshold(text);
  if (parsed.kind === 'value' && parsed.value.kind === 'share') return parsedValue(parsed.value.share);
  return parsedMistake(`"${text}" is not a share`, 'write a share above 0% and up to 100%, such as 30%');
}

function parseSwitch(text: string): Parsed<boolean> {
  const word = text.trim().toLowerCase();
  return word === 'on' || word === 'off'
    ? parsedValue(word === 'on')
    : parsedMistake(`"${text}" is not on or off`, 'write off');
}

/** A share, or an error code and a share with an equals sign between them. */
function parseFailures(text: string, example: string): Parsed<LaterFailures> {
  const [, code, shareText = ''] = /^(?:([\w.]+)=)?([^=]*)$/.exec(text.trim()) ?? [];
  const share = parseShare(shareText);
  if (share.kind === 'value')
    return parsedValue(code === undefined ? { share: share.value } : { share: share.value, code });
  return parsedMistake(`"${text}" is not a share, nor a code with a share`, `write 5%, or ${example}`);
}
