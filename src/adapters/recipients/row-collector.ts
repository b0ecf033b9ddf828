/** Gathers what a parser finds and hands it on in batches of a fixed size, whatever the sizes of the pieces read. */
import type { Finding } from '../../domain/finding.ts';
import type { Row, RowBatch } from '../../domain/recipient-source.ts';

/** Rows in a batch: large enough to cost nothing, small enough to be garbage before the next collection. */
export const batchRows = 100;

export class RowCollector {
  /** Replaced, never changed in place, when a column is added: batches keep the array they were given. */
  columns: readonly string[] = [];
  columnsComplete = false;
  #rows: Row[] = [];
  #findings: Finding[] = [];
  #rowsSeen = 0;
  #stopped = false;

  /** True after a fatal finding: nothing more is taken. */
  get stopped(): boolean {
    return this.#stopped;
  }

  get rowsSeen(): number {
    return this.#rowsSeen;
  }

  addRow(row: Row): void {
    if (this.#stopped) return;
    this.#rows.push(row);
    this.#rowsSeen += 1;
  }

  addFinding(finding: Finding): void {
    if (this.#stopped) return;
    this.#findings.push(finding);
  }

  /** The list ends here; the findings say why. */
  stop(...findings: readonly Finding[]): void {
    if (this.#stopped) return;
    this.#findings.push(...findings);
    this.#stopped = true;
  }

  /** Every batch that is full by now. */
  *takeFull(): Generator<RowBatch, void, undefined> {
    let from = 0;
    while (this.#rows.length - from >= batchRows) {
      yield this.#batch(this.#rows.slice(from, from + batchRows));
      from += batchRows;
    }
    this.#rows = this.#rows.slice(from);
  }

  /** What is left, with the findings that stop the list. Null when there is nothing to tell. */
  takeRest(): RowBatch | null {
    if (this.#rows.length === 0 && this.#findings.length === 0) return null;
    const rows = this.#rows;
    this.#rows = [];
    return this.#batch(rows);
  }

  #batch(rows: readonly Row[]): RowBatch {
    const findings = this.#findings;
    this.#findings = [];
    return { columns: this.columns, columnsComplete: this.columnsComplete, rows, findings };
  }
}
