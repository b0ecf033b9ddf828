/**
 * Which encoding a list is in, told from a bounded number of its bytes. Where the bytes fit several encodings badly, the
 * answer is UTF-8, so that reading stops at the byte that is not, and nobody is greeted by a garbled name.
 */

import { ListEncodingUnknownError } from './list-errors.ts';
import { type EncodingName, gb18030SequenceLength, stepDecoders } from './text-encodings.ts';

const namedEncodings: Readonly<Record<string, EncodingName>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  gb18030: 'gb18030',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  latin1: 'windows-1252',
  'iso-8859-1': 'windows-1252',
  'windows-1252': 'windows-1252',
};

/** @throws ListEncodingUnknownError */
export function parseEncodingName(name: string): EncodingName {
  const key = name.trim().toLowerCase();
  const encoding = Object.hasOwn(namedEncodings, key) ? namedEncodings[key] : undefined;
  if (encoding === undefined) throw new ListEncodingUnknownError(name, Object.keys(namedEncodings));
  return encoding;
}

export interface ByteOrderMark {
  readonly encoding: EncodingName;
  readonly length: number;
}

export function findByteOrderMark(head: Buffer): ByteOrderMark | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', length: 2 };
  return null;
}

/**
 * UTF-16 shows in text by its zero bytes, which stand on one side of the delimiters, digits and line ends. A few Chinese
 * characters have one on the other side (U+4E00); a binary file has as many there.
 */
export function recogniseUtf16(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  let evenZeros = 0;
  let oddZeros = 0;
  for (let at = 0; at < head.length; at += 1) {
    if (head[at] !== 0) continue;
    if (at % 2 === 0) evenZeros += 1;
    else oddZeros += 1;
  }
  if (oddZeros > evenZeros * 4) return 'utf-16le';
  return evenZeros > oddZeros * 4 ? 'utf-16be' : null;
}

/** How a workbook begins: an .xlsx is a ZIP archive, an .xls a compound file. */
export function isWorkbook(head: Buffer): boolean {
  return head.indexOf('PK\x03\x04') === 0 || head.indexOf('d0cf11e0', 0, 'hex') === 0;
}

/** Two-byte characters that happen to be UTF-8 as well are one in seven; four of them in a row are not chance. */
const convincingUtf8Characters = 4;

/** Decides on bytes that begin with the first one that is not ASCII. */
export function recogniseBeyondAscii(window: Buffer): 'utf-8' | 'gb18030' {
  const asUtf8 = stepDecoders['utf-8'](window);
  if (!asUtf8.broken) return 'utf-8';
  const before = asUtf8.utf8.toString();
  if (before.replace(/[\0-\x7f]/g, '').length >= convincingUtf8Characters) return 'utf-8';
  return isLikelyGb18030(window) ? 'gb18030' : 'utf-8';
}

/**
 * Western lists with accents are often valid GB18030 too ("Renée" becomes "Ren閑"), but an accent takes a plain letter as
 * its second byte, where Chinese text keeps almost wholly to the GB 2312 part: both bytes from 0xA1.
 */
function isLikelyGb18030(window: Buffer): boolean {
  let all = 0;
  let common = 0;
  let at = 0;
  while (at < window.length) {
    const length = gb18030SequenceLength(window, at);
    if (length === 'broken') return false;
    if (at + length > window.length) break;
    if (length > 1) {
      all += 1;
      if ((window[at] ?? 0) >= 0xa1 && (window[at + 1] ?? 0) >= 0xa1) common += 1;
    }
    at += length;
  }
  return all > 0 && common * 3 >= all * 2;
}
