/** Starts the emulator beside a command, and tells its option mistakes as every other mistake of the operator. */
import { readFileSync } from 'node:fs';
import { OperatorError } from '../../domain/operator-error.ts';
import { emulatorBanner } from '../../emulator/banner.ts';
import { EmulatorOptionError } from '../../emulator/emulator-option-error.ts';
import { type EmulatorThread, startEmulatorThread } from '../../emulator/emulator-thread.ts';
import { parseFaultFlag, parseFaults } from '../../emulator/faults.ts';

export class EmulatorUsageError extends OperatorError {
  override readonly code = 'EMULATOR_OPTION';
  override readonly kind = 'usage';
}

export interface EmulatorChoice {
  readonly port?: number | undefined;
  /** Messages in any sliding second. */
  readonly ratePerSecond?: number | undefined;
  /** Mass sends in any sliding second. */
  readonly massPerSecond?: number | undefined;
  /** The share of people whose session window is closed, from 0 to 1. */
  readonly closedWindows?: number | undefined;
  /** The share of people whose messages fail after they were accepted, and with which code. */
  readonly failLater?: { readonly share: number; readonly code?: string | undefined } | undefined;
  /** Calls of SendSms, and of SendBatchSms, in any sliding second. */
  readonly smsPerSecond?: number | undefined;
  /** Whether a number may get only so many text messages a minute, hour and day. */
  readonly smsLimits?: boolean | undefined;
  /** How long the carrier takes. */
  readonly smsDelayMs?: number | undefined;
  /** The share of people who do not get their text messages, and with which of the carrier's codes. */
  readonly smsUndelivered?: { readonly share: number; readonly code?: string | undefined } | undefined;
  /** A YAML or JSON file of faults. */
  readonly faultsFile?: string | undefined;
  /** Faults as flags, such as `cut-after=2%`. They go before those of the file. */
  readonly faults?: readonly string[] | undefined;
  readonly latencyMs?: { readonly min: number; readonly max: number } | undefined;
  readonly seed?: number | undefined;
  readonly logFile?: string | undefined;
  /** How long a message takes to appear in the message log. */
  readonly logDelayMs?: number | undefined;
  /** How long the review of a template takes. */
  readonly reviewMs?: number | undefined;
  /** Actions that the caller has no right to. */
  readonly denied?: readonly string[] | undefined;
  readonly clockSkewMs?: number | undefined;
}

export interface RunningEmulator extends EmulatorThread {
  /** What to tell everybody. */
  readonly banner: string;
}

export async function openEmulator({ faultsFile, faults = [], ...options }: EmulatorChoice): Promise<RunningEmulator> {
  try {
    const fromFile = faultsFile === undefined ? [] : parseFaults(readText(faultsFile), faultsFile);
    const emulator = await startEmulatorThread({ ...options, faults: [...faults.map(parseFaultFlag), ...fromFile] });
    return { ...emulator, banner: emulatorBanner(emulator.url) };
  } catch (cause) {
    if (cause instanceof EmulatorOptionError) throw new EmulatorUsageError(cause.message, { cause, hint: cause.hint });
    throw cause;
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new EmulatorUsageError(`cannot read the faults file "${path}"`, { cause, hint: 'check the path' });
  }
}
