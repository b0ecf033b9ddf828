/** Contract: reading a run file, also while another process sends from it. */
import type { Balance } from './balance.ts';
import type { Channel } from './message.ts';
import type { PlanReader } from './plan-store.ts';
import type { ResultRow, ResultStatus } from './result.ts';
import type { PlanRecord } from './run-record.ts';

/** Rows that ended the same way for the same code, by the same channel. */
export interface CauseCount {
  readonly status: ResultStatus;
  readonly code: string;
  /** By what their last attempts were made; null where none was. */
  readonly channel: Channel | null;
  readonly rows: number;
  /** The first of them, at most ten, in list order. */
  readonly firstRows: readonly number[];
  /** The last of their attempts to end; for `codesTimedByWords` the last with each wording. Empty for rows that never left. */
  readonly lastEnds: readonly LastEnd[];
}

export interface LastEnd {
  /** The service's words, where a retry is timed by them; null for all others. */
  readonly reason: string | null;
  /** Milliseconds since 1970. */
  readonly endedAt: number;
}

export interface Activity {
  /** Milliseconds since 1970 of the first and the last attempt, or null before any. */
  readonly firstAttemptAt: number | null;
  readonly lastAttemptAt: number | null;
  /** Attempts begun in the ten seconds before the last one. */
  readonly recentAttempts: number;
  /** Attempts that the service turned away for now. */
  readonly throttled: number;
}

export interface RunReader extends PlanReader {
  readonly plan: PlanRecord;
  balance(): Promise<Balance>;
  activity(): Promise<Activity>;
  /** Rows that were accepted as what stands in for their message; they are among the accepted of the balance. */
  acceptedAsFallback(): Promise<number>;
  /** Largest first; rows that went well are in none. */
  causes(): Promise<readonly CauseCount[]>;
  results(): AsyncIterable<readonly ResultRow[]>;
  close(): void;
}
