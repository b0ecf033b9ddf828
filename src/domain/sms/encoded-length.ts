/** How long a text is in a link. Source: RFC 3986, section 2: unreserved characters stay, each other byte takes three. */
export function encodedLength(text: string): number {
  let length = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    length += unreserved.test(character) ? 1 : 3 * (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);
  }
  return length;
}

const unreserved = /^[\w.~-]$/;
