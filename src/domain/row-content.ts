/** What makes the words of a row: one implementation for templates, one for session messages. */
import type { Finding } from './finding.ts';
import type { MessageContent } from './message.ts';
import type { Row } from './recipient-source.ts';

/** The columns of the list as far as they are known. An index once found stays right. */
export interface KnownColumns {
  readonly columns: readonly string[];
  /** No further column can appear. Until then a column that is missing reads as empty cells. */
  readonly complete: boolean;
  /** The list has ended, so that no further language can appear either. */
  readonly ended: boolean;
}

export interface ColumnUse {
  /** Indices of columns. */
  readonly used: readonly number[];
  /** Names for which the list has no column. */
  readonly wanting: readonly string[];
}

export interface RowContents<Content extends MessageContent> {
  /** Tells of columns, at first and whenever there are more. */
  map(known: KnownColumns): void;
  /** What is wrong between campaign, columns and templates, as far as nothing to come can right it. May repeat itself. */
  findings(): readonly Finding[];
  /** Null while it may yet use more columns. */
  columnUse(): ColumnUse | null;
  /** The content of a row and the key of that content for a recipient, or null where it cannot be made. */
  contentOf(row: Row, findings: Finding[]): RowContent<Content> | null;
}

export interface RowContent<Content extends MessageContent> {
  readonly content: Content;
  keyFor(to: string): string;
}

/** Where a finding about a cell stands. A column that the list does not have reads as empty. */
export function cellAt(
  row: Row,
  columns: readonly string[],
  index: number,
): { readonly row: number; readonly column: string | null; readonly value: string } {
  return { row: row.number, column: columns[index] ?? null, value: row.cells[index] ?? '' };
}

export function isError({ severity }: Finding): boolean {
  return severity === 'error' || severity === 'fatal';
}
