/** Finds where a JSON value ends, in text that comes in pieces. It does not judge what is inside: `JSON.parse` does. */
const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [leftBracket, rightBracket, leftBrace, rightBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

export class JsonValueScanner {
  readonly #isBare: boolean;
  #depth = 0;
  #inString = false;
  #escaped = false;

  /** @param first the value's first byte */
  constructor(first: number) {
    this.#isBare = first !== quote && first !== leftBracket && first !== leftBrace;
  }

  /** @returns the index after the value's last byte, or -1 when it goes on in the next piece */
  findEnd(text: Buffer, from: number): number {
    return this.#isBare ? findBareEnd(text, from) : this.#findClosing(text, from);
  }

  #findClosing(text: Buffer, from: number): number {
    for (let at = from; at < text.length; at += 1) {
      const byte = text[at];
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === backslash) this.#escaped = true;
        else if (byte === quote) this.#inString = false;
        else continue;
      } else if (byte === quote) this.#inString = true;
      else if (byte === leftBracket || byte === leftBrace) this.#depth += 1;
      else if (byte === rightBracket || byte === rightBrace) this.#depth -= 1;
      else continue;
      if (this.#depth === 0 && !this.#inString) return at + 1;
    }
    return -1;
  }
}

/** A number or a bare word ends before what cannot belong to it. */
function findBareEnd(text: Buffer, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const byte = text[at] ?? 0;
    if (byte === comma || byte === rightBracket || byte === rightBrace || byte <= 0x20) return at;
  }
  return -1;
}
