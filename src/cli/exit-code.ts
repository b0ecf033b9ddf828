/** The one table from errors, balances and stops to exit codes. Documented and stable: scripts rely on the numbers. */
import type { Balance } from '../domain/balance.ts';
import type { OperatorErrorKind } from '../domain/operator-error.ts';
import { isMissingRight } from '../domain/ram-policy.ts';
import type { StopReason } from '../run/stop-rules.ts';

export const exitCode = {
  done: 0,
  bug: 1,
  usage: 2,
  invalid: 3,
  access: 4,
  retryable: 5,
  failed: 6,
  blocked: 7,
  stopped: 8,
  nothingToDo: 9,
  stale: 10,
  locked: 11,
  unknown: 12,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

export function exitCodeOfError(kind: OperatorErrorKind): ExitCode {
  switch (kind) {
    case 'usage':
      return exitCode.usage;
    case 'invalid':
      return exitCode.invalid;
    case 'access':
      return exitCode.access;
    case 'blocked':
      return exitCode.blocked;
    case 'unreachable':
      return exitCode.stopped;
    case 'stale':
      return exitCode.stale;
    case 'locked':
      return exitCode.locked;
    case 'early':
      return exitCode.stopped;
  }
}

export interface RunEnding {
  readonly balance: Balance;
  /** Rejected rows whose cause never passes by itself. */
  readonly failedForGood: number;
  /** Null: the end of the list was reached. */
  readonly stopped: StopReason | null;
}

/**
 * With several causes the larger of 12, 7, 8, 6, 5 in that order wins; a missing right (4) takes the place of 7, and a
 * person's own interruption comes before 8, since each says more.
 */
export function exitCodeOfRun({ balance, failedForGood, stopped }: RunEnding): ExitCode {
  if (balance.unknown > 0) return exitCode.unknown;
  if (stopped !== null) return exitCodeOfStop(stopped);
  if (failedForGood > 0) return exitCode.failed;
  if (balance.rejected > 0) return exitCode.retryable;
  return exitCode.done;
}

function exitCodeOfStop(stopped: StopReason): ExitCode {
  switch (stopped.kind) {
    case 'interrupted':
      return exitCode.interrupted;
    case 'refused':
      return isMissingRight(stopped.refusal.code) ? exitCode.access : exitCode.blocked;
    case 'failures':
    case 'duration':
    case 'dailyCap':
    case 'hours':
    case 'unreachable':
      return exitCode.stopped;
  }
}
