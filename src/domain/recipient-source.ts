/** Contract: where rows come from. A list is read as a stream, in batches, and never held as a whole. */
import type { Finding } from './finding.ts';

/** One line of a list, unchecked. */
export interface Row {
  /** As a spreadsheet shows it: the header is row 1. JSON items count from 1; JSONL rows are lines. */
  readonly number: number;
  /** Texts in the order of the batch's `columns`; shorter than `columns` where later cells are absent. */
  readonly cells: readonly string[];
  /** What is wrong with the row as such (a ragged line, an item that is no object). Such a row cannot go. */
  readonly findings: readonly Finding[];
}

export interface RowBatch {
  /**
   * The columns known so far, as the list writes them. Grows at the end only (a JSON item may bring a new key), so an
   * index once found stays right; a consumer looks up again when the length has changed.
   */
  readonly columns: readonly string[];
  /** True where no further column can appear (a list with a header line). */
  readonly columnsComplete: boolean;
  readonly rows: readonly Row[];
  /** Findings about the list, not about one row: header mistakes, or the `fatal` one after which no batch follows. */
  readonly findings: readonly Finding[];
}

export interface RecipientSource {
  /** The list as the operator named it: a path, or `-`. */
  readonly name: string;
  /**
   * Reads the list once, from its start. Every batch holds at most some thousands of rows, and nothing is read ahead
   * beyond a bounded buffer, so memory does not depend on the length of the list. Trouble inside the list comes as a
   * finding; only a list that cannot be opened throws an `OperatorError`.
   */
  read(): AsyncIterable<RowBatch>;
  /** SHA-256 of the bytes read, hex. Known once `read` has come to its end; throws before. */
  digest(): string;
  /** Instead of `read`, and at the speed of the disk: SHA-256 of all bytes, hex; empty where reading breaks off. */
  readDigest(): Promise<string>;
}
