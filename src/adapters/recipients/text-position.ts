/** Lines and columns of a text that is read in pieces, for messages. Costs nothing until somebody asks. */
export interface Place {
  readonly line: number;
  /** In characters, from 1. */
  readonly column: number;
}

export class TextPosition {
  #line = 1;
  #column = 1;

  /** Where the byte at `index` of the piece that comes next stands. */
  at(text: Buffer, index: number): Place {
    const before = text.subarray(0, index).toString();
    const lastBreak = before.lastIndexOf('\n');
    if (lastBreak === -1) return { line: this.#line, column: this.#column + before.length };
    const breaks = before.split('\n').length - 1;
    return { line: this.#line + breaks, column: before.length - lastBreak };
  }

  /** The piece is done with. */
  pass(text: Buffer): void {
    const end = this.at(text, text.length);
    this.#line = end.line;
    this.#column = end.column;
  }
}
