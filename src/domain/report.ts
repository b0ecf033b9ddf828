/** A report: what became of a run, ready to be written in any form. Says why and what to do; formats nothing. */
import type { Balance } from './balance.ts';
import { lookUp, serviceOf } from './catalogue.ts';
import { type FindingCode, findingCodes } from './finding-codes.ts';
import type { Channel } from './message.ts';
import type { Scope } from './outcome.ts';
import type { ResultRow, ResultStatus } from './result.ts';
import { retryAt } from './retry-time.ts';
import type { CauseCount } from './run-reader.ts';
import type { PlanRecord } from './run-record.ts';

export interface Report {
  readonly plan: PlanRecord;
  readonly balance: Balance;
  /** Null where the campaign has no fallback. */
  readonly fallback: FallbackCount | null;
  /** Every row of the list in its order, in chunks. May be called again. */
  rows(): AsyncIterable<readonly ResultRow[]>;
  /** Largest first. */
  readonly causes: readonly CauseGroup[];
}

/** How many rows went out as what stands in for their message. */
export interface FallbackCount {
  /** What it is, in a few words: `template come_back`, `text message SMS_100001`. */
  readonly name: string;
  /** The code of its template. */
  readonly template: string;
  /** Of the accepted rows. */
  readonly accepted: number;
}

/** Writes a report in one form, piece by piece, so that its size does not count. */
export type ReportWriter = (report: Report) => AsyncIterable<string>;

/** Why rows ended as they did, and what to do about it. */
export interface Diagnosis {
  /** Whom it concerns; null where no service refused anything. */
  readonly scope: Scope | null;
  readonly cause: string;
  readonly fix: string;
}

/** Rows that ended the same way for the same code, by the same channel. */
export interface CauseGroup extends Diagnosis {
  readonly status: ResultStatus;
  readonly code: string;
  /** By what they were refused, or went out unknown; null where they were not handed over. */
  readonly channel: Channel | null;
  readonly rows: number;
  /** The first of them, at most ten, in list order. */
  readonly firstRows: readonly number[];
  /** When the last of them may be tried again, milliseconds since 1970; null: not by a plain retry. */
  readonly retryAt: number | null;
}

const unknownCause = 'No definite answer came, so the message may have gone out.';
const unknownFix = 'Reconcile the run, or look the message up, before it goes again.';

const refusedBefore = 'Back in line after a refusal, of its own message or of another one in the same request.';

/**
 * Why a row with this status and code is where it is; null where there is nothing to explain. Services share some codes, so
 * the channel of its last attempt says whose it is.
 */
export function diagnose(status: ResultStatus, code: string | null, channel: Channel | null): Diagnosis | null {
  if (status === 'accepted') return null;
  const entry = code === null || channel === null ? null : lookUp(code, serviceOf(channel));
  if (status === 'unknown') return { scope: null, cause: entry?.cause ?? unknownCause, fix: unknownFix };
  if (code === null) return null;
  if (status === 'invalid' || status === 'skipped') {
    return { scope: null, ...(isFindingCode(code) ? findingCodes[code] : { cause: code, fix: '' }) };
  }
  if (status === 'unsent' && entry?.scope === 'row') {
    return { scope: 'row', cause: `${refusedBefore} ${entry.cause}`, fix: 'Go on with the run.' };
  }
  if (entry !== null) return { scope: entry.scope, cause: entry.cause, fix: entry.fix };
  return {
    scope: 'row',
    cause: 'The service refused the message with a code that sendoff does not know.',
    fix: 'Look the code up in the documentation of the service, or ask its support.',
  };
}

/** How a row ended, as far as it bears on another try. */
export type Ended = Pick<ResultRow, 'status' | 'code' | 'detail' | 'endedAt' | 'channel'>;

/** When a rejected row may be tried again, milliseconds since 1970; null for every other row. */
export function retryAtOf({ status, code, detail, endedAt, channel }: Ended): number | null {
  if (status !== 'rejected' || code === null || endedAt === null || channel === null) return null;
  const entry = lookUp(code, serviceOf(channel));
  return entry === null ? null : retryAt(entry, { reason: detail ?? '', endedAt }, endedAt);
}

/** The counted causes with their diagnosis, in the order in which they come. */
export function causeGroups(counts: readonly CauseCount[]): readonly CauseGroup[] {
  return counts.flatMap(({ status, code, channel, rows, firstRows, lastEnds }) => {
    const diagnosis = diagnose(status, code, channel);
    if (diagnosis === null) return [];
    const times = lastEnds.flatMap(
      ({ reason, endedAt }) => retryAtOf({ status, code, detail: reason, endedAt, channel }) ?? [],
    );
    const retryAt = times.length === 0 ? null : Math.max(...times);
    return [{ status, code, channel, rows, firstRows, retryAt, ...diagnosis }];
  });
}

export function isFindingCode(code: string): code is FindingCode {
  return Object.hasOwn(findingCodes, code);
}
