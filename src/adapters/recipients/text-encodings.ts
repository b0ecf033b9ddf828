/**
 * The encodings a list can be in, each as a step from bytes to UTF-8. A step never replaces what it cannot read: it says
 * how far the bytes are whole characters and whether the next one is merely unfinished or can never become one.
 *
 * GB18030 is converted by the platform's `TextDecoder`, which refuses what it does not know; iconv-lite puts U+FFFD in
 * its place, and that character may also stand in the list itself. `TextDecoder` does not say where it failed, so the
 * place is found here.
 */
import { isUtf8 } from 'node:buffer';

export type EncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1252';

export interface DecodedStep {
  /** The whole characters at the start of the bytes, as UTF-8. */
  readonly utf8: Buffer;
  /** How many bytes those were. */
  readonly used: number;
  /** True when what follows can never become a character; false when the rest may be finished by the next bytes. */
  readonly broken: boolean;
}

export type StepDecoder = (bytes: Buffer) => DecodedStep;

export const stepDecoders: Readonly<Record<EncodingName, StepDecoder>> = {
  'utf-8': (bytes) => decodeWith(bytes, measureUtf8, (whole) => whole),
  'utf-16le': decodeUtf16le,
  'utf-16be': (bytes) => decodeUtf16le(Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16()),
  gb18030: (bytes) => decodeWith(bytes, measureGb18030, recode('gb18030')),
  'windows-1252': (bytes) => decodeWith(bytes, measureWindows1252, recode('windows-1252')),
};

interface Measure {
  readonly used: number;
  readonly broken: boolean;
}

/** A NUL is a byte of no text list: it shows a binary file, or UTF-16 read as something else. */
function decodeWith(
  bytes: Buffer,
  measure: (bytes: Buffer) => Measure,
  convert: (whole: Buffer) => Buffer,
): DecodedStep {
  const nul = bytes.indexOf(0);
  const { used, broken } = measure(nul === -1 ? bytes : bytes.subarray(0, nul));
  return { utf8: convert(bytes.subarray(0, used)), used, broken: broken || nul !== -1 };
}

function recode(encoding: string): (whole: Buffer) => Buffer {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return (whole) => Buffer.from(decoder.decode(whole));
}

function measureUtf8(bytes: Buffer): Measure {
  if (isUtf8(bytes)) return { used: bytes.length, broken: false };
  // Nearly always the bytes end inside of a character, which is seen without a walk through all of them.
  for (let cut = 1; cut <= 3 && cut <= bytes.length; cut += 1) {
    const used = bytes.length - cut;
    const length = utf8SequenceLength(bytes, used);
    if (length !== 'broken' && length > cut && isUtf8(bytes.subarray(0, used))) return { used, broken: false };
  }
  let at = 0;
  while (at < bytes.length) {
    const length = utf8SequenceLength(bytes, at);
    if (length === 'broken') return { used: at, broken: true };
    if (at + length > bytes.length) break;
    at += length;
  }
  return { used: at, broken: false };
}

/** How long the sequence at `at` is or will be, judged by as many of its bytes as are there. Source: Unicode, table 3-7. */
function utf8SequenceLength(bytes: Buffer, at: number): number | 'broken' {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 'broken';
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  for (let step = 1; step < length && at + step < bytes.length; step += 1) {
    const byte = bytes[at + step] ?? 0;
    if (byte < (step === 1 ? lowest : 0x80) || byte > (step === 1 ? highest : 0xbf)) return 'broken';
  }
  return length;
}

function measureGb18030(bytes: Buffer): Measure {
  let at = 0;
  while (at < bytes.length) {
    const length = gb18030SequenceLength(bytes, at);
    if (length === 'broken') return { used: at, broken: true };
    if (at + length > bytes.length) break;
    at += length;
  }
  return { used: at, broken: false };
}

/**
 * One byte (0x80 is the euro sign of code page 936), two, or four where the second is a digit.
 * Source: WHATWG Encoding, gb18030 decoder.
 */
export function gb18030SequenceLength(bytes: Buffer, at: number): number | 'broken' {
  const first = bytes[at] ?? 0;
  if (first <= 0x80) return 1;
  if (first === 0xff) return 'broken';
  const second = bytes[at + 1];
  if (second === undefined) return 2;
  if (second < 0x30 || second > 0x39) return second >= 0x40 && second !== 0x7f && second !== 0xff ? 2 : 'broken';
  const third = bytes[at + 2] ?? 0x81;
  const fourth = bytes[at + 3] ?? 0x30;
  if (third < 0x81 || third > 0xfe || fourth < 0x30 || fourth > 0x39) return 'broken';
  const pointer = (first - 0x81) * 12_600 + (second - 0x30) * 1_260 + (third - 0x81) * 10 + (fourth - 0x30);
  return pointer <= 39_419 || (pointer >= 189_000 && pointer <= 1_237_575) ? 4 : 'broken';
}

/** The five bytes that code page 1252 leaves undefined. */
const undefinedIn1252: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

function measureWindows1252(bytes: Buffer): Measure {
  const at = bytes.findIndex((byte) => undefinedIn1252.has(byte));
  return at === -1 ? { used: bytes.length, broken: false } : { used: at, broken: true };
}

function decodeUtf16le(bytes: Buffer): DecodedStep {
  const text = bytes.toString('utf16le');
  const lastUnit = text.charCodeAt(text.length - 1);
  const whole = lastUnit >= 0xd800 && lastUnit <= 0xdbff ? text.slice(0, -1) : text;
  if (whole.isWellFormed() && !whole.includes('\0')) {
    return { utf8: Buffer.from(whole), used: whole.length * 2, broken: false };
  }
  const good = whole.slice(0, firstBrokenUnit(whole));
  return { utf8: Buffer.from(good), used: good.length * 2, broken: true };
}

function firstBrokenUnit(text: string): number {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.codePointAt(at) ?? 0;
    if (code === 0 || (code >= 0xd800 && code <= 0xdfff)) return at;
    if (code > 0xffff) at += 1;
  }
  return text.length;
}
