/** The text of an address cell, brought down to digits. What the digits mean is settled in `address.ts`. */

export type AddressText =
  | {
      readonly kind: 'digits';
      readonly digits: string;
      /** Written with `+` or `00`: the calling code comes first, whatever the campaign's country. */
      readonly international: boolean;
      /** What was taken away or rewritten, in words; empty where the cell is nothing but the digits. */
      readonly changes: readonly string[];
    }
  | { readonly kind: 'empty' }
  /** Excel's `8.6E+12`. */
  | { readonly kind: 'scientific' }
  | { readonly kind: 'bad'; readonly message: string; readonly hint: string };

/** Format characters (byte order marks, direction marks, zero-width ones, soft hyphens), controls, blank letters. */
const invisible = /[\p{Cf}\p{Cc}\u115F\u1160\u3164]/gu;
const separators = /[\s()[\].~/\p{Pd}\u2212\u30FC]/gu;
const extension = /(?:\bext\.?|x|#|;ext=|转|分机)\s*\d+$/i;

/** Reads a cell. Never adds a digit: the digits of the answer are digits of the cell, in its order. */
export function readAddressText(cell: string): AddressText {
  const changes: string[] = [];
  const drop = (from: string, pattern: RegExp, change: string): string => {
    const rest = from.replace(pattern, '');
    if (rest !== from) changes.push(change);
    return rest;
  };

  let text = plainCharacters(cell);
  if (text !== cell) changes.push('digits and signs rewritten');
  if (holdsSeveral(text)) {
    return { kind: 'bad', message: 'the cell holds several numbers', hint: 'give every number a row of its own' };
  }
  text = drop(text, invisible, 'invisible characters removed');
  text = drop(text, /^\s+|\s+$/g, 'outer blanks removed');
  if (text === '') return { kind: 'empty' };
  text = drop(text, /^['’‘`]/, 'apostrophe removed');
  if (/^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i.test(text)) return { kind: 'scientific' };
  text = drop(text, /^(?:tel|whatsapp):\s*/i, 'prefix removed');
  text = drop(text, /(?<=^\+?\d{5,})[.,]0+$/, 'decimal places removed');
  if (extension.test(text)) {
    return { kind: 'bad', message: 'the number has an extension', hint: 'remove it: WhatsApp knows none' };
  }
  text = drop(text, separators, 'separators removed');
  let digits = drop(text, /^\+/, 'plus sign removed');
  digits = drop(digits, /^00/, 'leading 00 removed');
  if (!/^\d+$/.test(digits)) return stranger(digits);
  return { kind: 'digits', digits, international: text.startsWith('+') || text.startsWith('00'), changes };
}

/** The zeros of the scripts whose digits spreadsheets of our users hold: Arabic, Persian, Devanagari, Bengali. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6] as const;

/** Full-width forms and the digits of other scripts as ASCII; everything else stays. */
function plainCharacters(text: string): string {
  return text.replace(/[\uFF01-\uFF5E\u0660-\u0669\u06F0-\u06F9\u0966-\u096F\u09E6-\u09EF]/g, (character) => {
    const code = character.charCodeAt(0);
    const zero = zeros.find((candidate) => code >= candidate && code <= candidate + 9);
    return zero === undefined ? String.fromCharCode(code - 0xfee0) : String(code - zero);
  });
}

/** Seven digits or more are a number of their own; less is an area code or a part of one. */
function holdsSeveral(text: string): boolean {
  const pieces = text.split(/[/;,|&\n\r\t、]|\s(?:or|and)\s|[或和]/i);
  return pieces.filter((piece) => piece.replace(/\D/g, '').length >= 7).length > 1;
}

function stranger(text: string): AddressText {
  const hint = 'write the number with its country code, such as 8613800000000';
  if (/\p{L}/u.test(text)) return { kind: 'bad', message: 'the cell has letters in it', hint };
  const [character] = text.replace(/\d/g, '');
  return character === undefined
    ? { kind: 'bad', message: 'the cell has no digits', hint }
    : { kind: 'bad', message: `"${character}" has no place in a number`, hint };
}
