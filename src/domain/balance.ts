/** The balance of a run: every row that was read is in exactly one of these. */
import type { PlanSummary } from './run-record.ts';

export interface Balance {
  readonly rows: number;
  /** The service took it and named it. */
  readonly accepted: number;
  /** A definite no. */
  readonly rejected: number;
  /** May have gone out; while a run lasts, also what is on its way. */
  readonly unknown: number;
  /** Left out on purpose: duplicates and suppressed addresses. */
  readonly skipped: number;
  /** Failed the check. */
  readonly invalid: number;
  /** Could go, has not gone. */
  readonly unsent: number;
}

/** accepted + rejected + unknown + skipped + invalid + unsent = rows, or something is lost. */
export function isBalanced(balance: Balance): boolean {
  const { accepted, rejected, unknown, skipped, invalid, unsent } = balance;
  return accepted + rejected + unknown + skipped + invalid + unsent === balance.rows;
}

/** How a plan stands before anything of it has gone. */
export function plannedBalance({ rows, toSend, duplicates, suppressed, invalid }: PlanSummary): Balance {
  return { rows, accepted: 0, rejected: 0, unknown: 0, skipped: duplicates + suppressed, invalid, unsent: toSend };
}
