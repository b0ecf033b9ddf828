/**
 * Cells that a spreadsheet must not run.
 *
 * A cell that begins with `=`, `+`, `-`, `@`, a tab or a line end (also with the full-width forms of the signs, which
 * Chinese and Japanese Excel run as well) gets an apostrophe in front. A plain number such as `-5`, `+8613800000000` or
 * `-0.5` is left alone: a spreadsheet only reads it. So that the cell can be had back, one that begins with apostrophes
 * followed by such a character gets another one too. The way back: where a cell begins with apostrophes followed by one
 * of these characters, take one apostrophe away.
 */
const runnable = /^'*[=+\-@\t\r\n＝＋－＠]/;
const plainNumber = /^[+-]\d+(?:[.,]\d+)?$/;

export function formulaSafe(cell: string): string {
  return runnable.test(cell) && !plainNumber.test(cell) ? `'${cell}` : cell;
}
