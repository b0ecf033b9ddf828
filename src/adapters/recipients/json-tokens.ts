/** The tokens of a text that is known to be valid JSON, each as it is written: `"text"`, a sign, a number or a word. */
export class JsonTokens {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next token; an empty text after the last. */
  next(): string {
    while (isBlank(this.#text.charCodeAt(this.#at))) this.#at += 1;
    const start = this.#at;
    this.#at = this.#findEnd(start);
    return this.#text.slice(start, this.#at);
  }

  #findEnd(start: number): number {
    const first = this.#text.charAt(start);
    if (first === '"') return this.#findClosingQuote(start + 1);
    if (isSign(first)) return start + 1;
    let end = start;
    while (end < this.#text.length && !isSign(this.#text.charAt(end)) && !isBlank(this.#text.charCodeAt(end))) end += 1;
    return end;
  }

  #findClosingQuote(from: number): number {
    let quote = this.#text.indexOf('"', from);
    while (this.#isEscaped(quote)) quote = this.#text.indexOf('"', quote + 1);
    return quote + 1;
  }

  /** An odd number of backslashes in front makes a quote part of the text. */
  #isEscaped(quote: number): boolean {
    let backslashes = 0;
    while (this.#text.charAt(quote - 1 - backslashes) === '\\') backslashes += 1;
    return backslashes % 2 === 1;
  }
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function isSign(character: string): boolean {
  return character !== '' && '{}[],:'.includes(character);
}
