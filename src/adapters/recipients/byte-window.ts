/** A stream of bytes that can be looked at before it is taken, and knows where in the list it stands. */
export class ByteWindow {
  readonly #chunks: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);
  #offset = 0;
  #ended = false;
  #failure: { readonly error: unknown } | null = null;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** How many bytes of the list were taken before. */
  get offset(): number {
    return this.#offset;
  }

  /**
   * At least `count` bytes, or all that are left: fewer than `count` means that the stream ends with them. Where it ends
   * by failing, `finish` tells, so that what came before is not lost.
   */
  async peek(count: number): Promise<Buffer> {
    const pieces = [this.#held];
    let length = this.#held.length;
    while (length < count && !this.#ended) {
      const next = await this.#next();
      if (next === null) {
        this.#ended = true;
      } else {
        pieces.push(next);
        length += next.length;
      }
    }
    if (pieces.length > 1) this.#held = Buffer.concat(pieces, length);
    return this.#held;
  }

  take(count: number): void {
    this.#held = this.#held.subarray(count);
    this.#offset += count;
  }

  /** The bytes are used up: throws the error that ended them, if one did. */
  finish(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #next(): Promise<Buffer | null> {
    try {
      const next = await this.#chunks.next();
      return next.done === true ? null : next.value;
    } catch (error) {
      this.#failure = { error };
      return null;
    }
  }
}
