/** A row of the report: the list's own cells, then what became of them. */
import type { Channel } from './message.ts';

export type ResultStatus = 'accepted' | 'rejected' | 'unknown' | 'skipped' | 'invalid' | 'unsent';

export interface ResultRow {
  readonly row: number;
  /** In the order of the plan's columns; missing cells at the end are empty. */
  readonly cells: readonly string[];
  /** Digits only, or null where the address could not be read. */
  readonly to: string | null;
  readonly status: ResultStatus;
  readonly messageId: string | null;
  /** The request with several messages that it was accepted with, or null. */
  readonly groupMessageId: string | null;
  /** What was told of the message after it was accepted, or null. */
  readonly delivery: string | null;
  /** Milliseconds since 1970, or null. */
  readonly deliveredAt: number | null;
  /** How it went out, or was refused, last; null where no attempt was made. */
  readonly via: 'template' | 'message' | 'fallback' | null;
  /** By what it went out, or was refused, last; null where no attempt was made. */
  readonly channel: Channel | null;
  /** The service's code, or the code of the finding that left the row out. Null where all went well. */
  readonly code: string | null;
  /**
   * For rows that failed a check: the findings, as one line. For refusals: the service's words. For a row whose attempt ended
   * unknown and that turned out to be accepted: how that came about. Null otherwise.
   */
  readonly detail: string | null;
  /** Attempts that left, throttled ones included. */
  readonly attempts: number;
  /** Milliseconds since 1970 of the last attempt's end, or null. */
  readonly endedAt: number | null;
  /** Milliseconds since 1970, or null. */
  readonly acceptedAt: number | null;
}
