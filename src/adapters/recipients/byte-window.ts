/** A stream of bytes that can be looked at before it is taken, and knows where in the list it stands. */
export class ByteWindow {
  readonly #chunks: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);
  #offset = 0;
  #ended = false;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** How many bytes of the list were taken before. */
  get offset(): number {
    return this.#offset;
  }

  /** At least `count` bytes, or all that are left: fewer than `count` means that the list ends with them. */
  async peek(count: number): Promise<Buffer> {
    const pieces = [this.#held];
    let length = this.#held.length;
    while (length < count && !this.#ended) {
      const next = await this.#chunks.next();
      if (next.done === true) {
        this.#ended = true;
      } else {
        pieces.push(next.value);
        length += next.value.length;
      }
    }
    if (pieces.length > 1) this.#held = Buffer.concat(pieces, length);
    return this.#held;
  }

  take(count: number): void {
    this.#held = this.#held.subarray(count);
    this.#offset += count;
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
