/** What every list format provides: text in, rows out, in whatever pieces the text comes. */
export interface ListParser {
  /** Takes the next piece of UTF-8 text, cut between characters. */
  write(text: Buffer): Promise<void>;
  /** The text has ended; what was begun is finished or found wanting. */
  end(): Promise<void>;
  /**
   * The text breaks off here and cannot be read further. Hands on every row that is whole.
   * @returns the number of the row that the break is in
   */
  breakOff(): Promise<number>;
}

/** The longest row, in bytes of text: past it a quote or a bracket is missing, and memory would grow with the list. */
export const maxRowBytes = 1024 * 1024;
