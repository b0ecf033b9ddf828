/**
 * A stream that keeps what a terminal would show: it obeys the few sequences that sendoff writes, breaks lines at its
 * width, and breaks them anew when it is resized, as terminals do.
 */

import type { ProgressStream } from '../../../src/cli/render/progress-display.ts';
import { widthOf } from '../../../src/cli/render/wide-text.ts';

export interface ScreenStream extends ProgressStream {
  /** What is shown, without empty lines at the end. */
  lines(): string[];
  writes(): number;
  lastWrite(): string;
  cursorShown(): boolean;
  listeners(): number;
  resize(columns: number): void;
}

/** A row of the screen; `continues` where the terminal broke the line because it was full. */
interface ScreenRow {
  text: string;
  continues: boolean;
}

const token = /\r|\n|\p{Cc}\[\??(\d*)([A-Za-z])|\P{Cc}/gu;

/** `columns` null: a stream that is no terminal. */
export function screenStream(columns: number | null): ScreenStream {
  let width = columns ?? Number.POSITIVE_INFINITY;
  let rows: ScreenRow[] = [{ text: '', continues: false }];
  let row = 0;
  let column = 0;
  let shown = true;
  const written: string[] = [];
  const listeners = new Set<() => void>();

  function at(index: number): ScreenRow {
    while (rows.length <= index) rows.push({ text: '', continues: false });
    return rows[index] as ScreenRow; // the loop above made it
  }

  function put(character: string): void {
    if (column >= width) {
      at(row).continues = true;
      row += 1;
      column = 0;
    }
    const line = at(row);
    line.text = line.text.slice(0, column).padEnd(column) + character + line.text.slice(column + 1);
    column += widthOf(character);
  }

  function obey(sequence: string, amount: string, letter: string): void {
    if (letter === 'A') row = Math.max(0, row - Number(amount || 1));
    else if (letter === 'K') at(row).text = at(row).text.slice(0, column);
    else if (letter === 'J') {
      at(row).text = at(row).text.slice(0, column);
      rows = rows.slice(0, row + 1);
    } else if (sequence === '\u001B[?25l') shown = false;
    else if (sequence === '\u001B[?25h') shown = true;
    else throw new Error(`this screen does not know ${JSON.stringify(sequence)}`);
  }

  function reflow(): void {
    const whole: string[] = [];
    let open = '';
    for (const each of rows) {
      open += each.text;
      if (each.continues) continue;
      whole.push(open);
      open = '';
    }
    rows = whole.flatMap((line) => {
      const pieces = line.match(new RegExp(`.{1,${width}}`, 'gu')) ?? [''];
      return pieces.map((text, index) => ({ text, continues: index < pieces.length - 1 }));
    });
    row = rows.length - 1;
    column = at(row).text.length;
  }

  return {
    isTTY: columns !== null,
    get columns() {
      return width;
    },
    write(text) {
      written.push(text);
      for (const [sequence, amount = '', letter = ''] of text.matchAll(token)) {
        if (letter !== '') obey(sequence, amount, letter);
        else if (sequence === '\r') column = 0;
        else if (sequence === '\n') {
          row += 1;
          column = 0;
          at(row);
        } else put(sequence);
      }
      return true;
    },
    on: (_event, listener) => listeners.add(listener),
    off: (_event, listener) => listeners.delete(listener),
    lines() {
      const texts = rows.map(({ text }) => text.trimEnd());
      while (texts.at(-1) === '') texts.pop();
      return texts;
    },
    writes: () => written.length,
    lastWrite: () => written.at(-1) ?? '',
    cursorShown: () => shown,
    listeners: () => listeners.size,
    resize(next) {
      width = next;
      reflow();
      for (const listener of listeners) listener();
    },
  };
}
