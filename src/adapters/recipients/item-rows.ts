/** Turns the items of a JSON list into rows under columns that grow as keys turn up. */
import type { Finding } from '../../domain/finding.ts';
import { type ItemProblem, type JsonItem, parseJsonItem } from './json-item.ts';
import type { RowCollector } from './row-collector.ts';

/** As many columns as a spreadsheet has. Past it the keys are data, and memory would grow with the list. */
const maxColumns = 16_384;

export class ItemRows {
  readonly #rows: RowCollector;
  readonly #indexOf = new Map<string, number>();

  constructor(rows: RowCollector) {
    this.#rows = rows;
  }

  /** @returns why the text is no JSON, or null when the row was added */
  add(number: number, text: string): string | null {
    const item = parseJsonItem(text);
    if (item.kind === 'broken') return item.why;
    if (item.kind === 'fields') this.#addFields(number, item);
    else this.#rows.addRow({ number, cells: [], findings: [notAnObject(number, item.what, text)] });
    return null;
  }

  #addFields(number: number, item: Extract<JsonItem, { kind: 'fields' }>): void {
    const cells: string[] = [];
    for (const [name, cell] of item.fields) {
      const index = this.#indexOf.get(name) ?? this.#addColumn(name);
      while (cells.length < index) cells.push('');
      cells[index] = cell;
    }
    if (this.#indexOf.size > maxColumns) {
      this.#rows.stop({
        row: number,
        column: null,
        code: 'LIST_UNREADABLE',
        severity: 'fatal',
        value: null,
        message: `the items have more than ${maxColumns} different keys`,
        hint: 'give every item the same keys, and write what differs as values',
      });
    }
    this.#rows.addRow({ number, cells, findings: item.problems.map((problem) => toFinding(number, problem)) });
  }

  #addColumn(name: string): number {
    const index = this.#indexOf.size;
    this.#indexOf.set(name, index);
    this.#rows.columns = [...this.#rows.columns, name];
    return index;
  }
}

function toFinding(row: number, { column, code, message, hint }: ItemProblem): Finding {
  return { row, column, code, severity: 'error', value: null, message, hint };
}

/** Enough of an item to recognise it by. */
export const shownCharacters = 80;

function notAnObject(row: number, what: string, text: string): Finding {
  return {
    row,
    column: null,
    code: 'LIST_ROW_NOT_OBJECT',
    severity: 'error',
    value: text.slice(0, shownCharacters),
    message: `the item is ${what}, not an object`,
    hint: 'write every item as {"column": "value"}',
  };
}
