/** Findings: what a check has to say about a list, a row or a campaign. Values, never exceptions. */
import type { FindingCode } from './finding-codes.ts';

/**
 * - `fatal`: the campaign or the list as a whole cannot go; `--skip-invalid` does not help
 * - `error`: this row cannot go
 * - `warning`: it can go, and a person should look first
 * - `info`: something was changed or read in a particular way, and this tells it
 */
export type Severity = 'fatal' | 'error' | 'warning' | 'info';

export interface Finding {
  /** The row as a spreadsheet numbers it (the header is 1), or null when it concerns no single row. */
  readonly row: number | null;
  /** The column's header as the list writes it, or null. */
  readonly column: string | null;
  /** Stable, in capitals, documented by `sendoff explain`: see `finding-codes.ts`. */
  readonly code: FindingCode;
  readonly severity: Severity;
  /** The offending text as it stands in the list or the campaign, or null. */
  readonly value: string | null;
  /** What is wrong, lower case, no final period. */
  readonly message: string;
  /** What to do, or null where the message says it all. */
  readonly hint: string | null;
}
