/** Contract: where a plan is written while it is made, and read back afterwards. */
import type { Finding, Severity } from './finding.ts';
import type { FindingCode } from './finding-codes.ts';
import type { Message } from './message.ts';
import type { PlanRecord } from './run-record.ts';

/** A row as the plan keeps it, whatever became of it. */
export type PlannedRow =
  | {
      readonly kind: 'message';
      readonly cells: readonly string[];
      readonly message: Message;
      /** ISO 3166 code of the address, for the summary. */
      readonly country: string;
      /** Of its text message, also where that is the fallback, as it is billed; null for rows without one. */
      readonly segments: number | null;
    }
  | { readonly kind: 'invalid'; readonly row: number; readonly cells: readonly string[]; readonly to: string | null };

/** Rows that turned out to repeat another or to be suppressed, by language and country, so that totals can be corrected. */
export interface LeftOut {
  readonly row: number;
  /** The address, as planned. */
  readonly to: string;
  readonly language: string;
  readonly country: string;
  /** As planned: see `PlannedRow`. */
  readonly segments: number | null;
  /** `fallback`: the row goes, and only what it would fall back to is left out. */
  readonly kind: 'duplicate' | 'suppressed' | 'fallback';
}

/** Of the address that gets the most; at least 1 each. */
export interface MostToOne {
  readonly messages: number;
  /** How many of those have something to fall back to. */
  readonly fallbacks: number;
}

export interface FindingGroup {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** How many findings of this code there are. */
  readonly count: number;
  /** The first of them in list order. */
  readonly first: readonly Finding[];
}

/** A row that failed its check, with everything said of it. */
export interface InvalidRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly findings: readonly Finding[];
}

/** Reads a plan, finished or in the making. Rows come in list order and in chunks; nothing is held as a whole. */
export interface PlanReader {
  findingGroups(examples: number): Promise<readonly FindingGroup[]>;
  /** Every finding in list order, those about no single row first. */
  findings(): AsyncIterable<readonly Finding[]>;
  invalidRows(): AsyncIterable<readonly InvalidRow[]>;
  /** The messages to hand over, in list order. */
  messages(): AsyncIterable<readonly Message[]>;
  /** One planned message, or null where the row is not to be sent. */
  messageAt(row: number): Promise<Message | null>;
}

/**
 * Writes one plan. Nothing of it is visible under its final name before `finish` has resolved; a writer that dies
 * leaves no file that looks finished.
 */
export interface PlanWriter extends PlanReader {
  append(rows: readonly PlannedRow[], findings: readonly Finding[]): void;
  /** Addresses never to write to, digits only. */
  suppress(addresses: readonly string[]): void;
  /**
   * To be called once, after the last row: leaves out suppressed rows, and of rows with the same key all but the first,
   * and adds a finding for each, as well as for rows that share an address and differ in text; of those, only the first keeps
   * a fallback that they share.
   */
  settleRepeats(onLeftOut: (rows: readonly LeftOut[]) => void): MostToOne;
  /** Makes the plan durable and visible. Throws an `OperatorError` where the file has come to exist meanwhile. */
  finish(plan: PlanRecord): void;
  /** Drops everything, also after a `finish` that failed. Harmless after one that did not. */
  discard(): void;
}
