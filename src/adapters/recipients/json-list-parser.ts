/**
 * JSON: an array of objects, or an object that holds one under a key. Only the item being read is held. A mistake ends
 * the list, because nothing after it can be trusted to stand where it seems to.
 */
import type { Finding } from '../../domain/finding.ts';
import { ItemRows } from './item-rows.ts';
import { explainSyntaxError } from './json-item.ts';
import { JsonValueScanner } from './json-value-scanner.ts';
import { type ListParser, maxRowBytes } from './list-parser.ts';
import type { RowCollector } from './row-collector.ts';
import { type Place, TextPosition } from './text-position.ts';

/** What may come next outside a value. */
type Phase =
  | 'start'
  | 'first-item'
  | 'item'
  | 'after-item'
  | 'first-key'
  | 'key'
  | 'colon'
  | 'member'
  | 'after-member'
  | 'done';

/** For each phase and sign, the phase that follows. A sign that is not here begins a value, or is a mistake. */
const steps: Readonly<Record<Phase, Readonly<Record<string, Phase>>>> = {
  start: { '[': 'first-item', '{': 'first-key' },
  'first-item': {},
  item: {},
  'after-item': { ',': 'item' },
  'first-key': { '}': 'done' },
  key: {},
  colon: { ':': 'member' },
  member: { '[': 'first-item' },
  'after-member': { ',': 'key', '}': 'done' },
  done: {},
};

/** A value being read: what it is for, where it began, and the pieces of it that earlier text held. */
interface OpenValue {
  readonly role: 'item' | 'key' | 'member';
  readonly scanner: JsonValueScanner;
  readonly start: number;
  place: Place | null;
  readonly pieces: Buffer[];
  bytes: number;
}

export function openJsonListParser(rows: RowCollector): ListParser {
  return new JsonListParser(rows);
}

class JsonListParser implements ListParser {
  readonly #rows: RowCollector;
  readonly #items: ItemRows;
  readonly #position = new TextPosition();
  #phase: Phase = 'start';
  #value: OpenValue | null = null;
  #count = 0;
  /** The key last read; stays null in a list that is the whole text. */
  #key: string | null = null;
  /** The key whose array gave the items. */
  #listKey: string | null = null;
  #hasArray = false;

  constructor(rows: RowCollector) {
    this.#rows = rows;
    this.#items = new ItemRows(rows);
  }

  async write(text: Buffer): Promise<void> {
    let at = 0;
    while (at < text.length && !this.#rows.stopped) {
      if (this.#value !== null) at = this.#readValue(this.#value, text, at);
      else if (isBlank(text[at])) at += 1;
      else at = this.#step(text, at);
    }
    this.#position.pass(text);
  }

  async end(): Promise<void> {
    if (this.#phase === 'start') return;
    const end = this.#position.at(Buffer.alloc(0), 0);
    if (this.#phase !== 'done') {
      this.#stop(end, 'the text ends before the list does', 'the list was cut off: export or copy it again');
    } else if (!this.#hasArray) {
      this.#stop(end, 'the object holds no array', 'give the rows as an array: [{…}, {…}] or {"data": [{…}, {…}]}');
    }
  }

  async breakOff(): Promise<number> {
    return this.#count + 1;
  }

  /** Handles the sign at `at`, which stands outside every value. */
  #step(text: Buffer, at: number): number {
    const sign = String.fromCharCode(text[at] ?? 0);
    const next = steps[this.#phase][sign];
    if (next !== undefined) {
      if (next === 'first-item') this.#hasArray = true;
      this.#phase = next;
      return at + 1;
    }
    if (sign === ']' && (this.#phase === 'first-item' || this.#phase === 'after-item')) {
      this.#phase = this.#key === null ? 'done' : 'after-member';
      return at + 1;
    }
    const role = roleOf(this.#phase, sign);
    if (role === null) {
      const place = this.#position.at(text, at);
      this.#stop(
        place,
        `${showSign(text, at)} cannot stand here`,
        'the list is not valid JSON: mend it, or export it again',
      );
      return text.length;
    }
    if (role === 'item' && this.#phase === 'first-item' && this.#isSecondList()) {
      this.#stop(
        this.#position.at(text, at),
        `both "${this.#listKey}" and "${this.#key}" hold a list`,
        'keep the one that has the rows',
      );
      return text.length;
    }
    const scanner = new JsonValueScanner(text[at] ?? 0);
    this.#value = { role, scanner, start: at, place: null, pieces: [], bytes: 0 };
    return at;
  }

  /** An empty array beside the list is no list. */
  #isSecondList(): boolean {
    if (this.#count > 0) return true;
    this.#listKey = this.#key;
    return false;
  }

  #readValue(value: OpenValue, text: Buffer, from: number): number {
    const end = value.scanner.findEnd(text, from);
    const piece = text.subarray(from, end === -1 ? text.length : end);
    value.pieces.push(piece);
    value.bytes += piece.length;
    if (end === -1 || value.bytes > maxRowBytes) {
      value.place ??= this.#position.at(text, value.start);
      if (value.bytes > maxRowBytes) {
        this.#stop(
          value.place,
          `${this.#describe(value)} does not end within ${maxRowBytes} bytes`,
          'look for a quote or a bracket that is not closed',
        );
      }
      return text.length;
    }
    this.#value = null;
    const why = this.#finish(value.role, Buffer.concat(value.pieces).toString());
    if (why !== null) {
      this.#stop(
        value.place ?? this.#position.at(text, value.start),
        `${this.#describe(value)} is not valid JSON (${why})`,
        'mend it, or export the list again',
      );
    }
    return end;
  }

  /** @returns why the value is no JSON, or null */
  #finish(role: OpenValue['role'], text: string): string | null {
    if (role === 'item') {
      const why = this.#items.add(this.#count + 1, text);
      if (why === null) this.#count += 1;
      this.#phase = 'after-item';
      return why;
    }
    try {
      const parsed: unknown = JSON.parse(text);
      if (role === 'key') this.#key = String(parsed);
      this.#phase = role === 'key' ? 'colon' : 'after-member';
      return null;
    } catch (error) {
      return explainSyntaxError(error);
    }
  }

  #describe(value: OpenValue): string {
    if (value.role === 'item') return `item ${this.#count + 1}`;
    return value.role === 'key' ? 'a key' : `the value of "${this.#key}"`;
  }

  #stop(place: Place, message: string, hint: string): void {
    const finding: Finding = {
      row: this.#count + 1,
      column: null,
      code: 'LIST_UNREADABLE',
      severity: 'fatal',
      value: null,
      message: `${message} (line ${place.line}, column ${place.column})`,
      hint,
    };
    this.#rows.stop(finding);
  }
}

function roleOf(phase: Phase, sign: string): OpenValue['role'] | null {
  if (',:]}'.includes(sign)) return null;
  if (phase === 'first-item' || phase === 'item') return 'item';
  if (phase === 'member') return 'member';
  return (phase === 'first-key' || phase === 'key') && sign === '"' ? 'key' : null;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** The whole character, quoted: a piece of text is never cut inside one. */
function showSign(text: Buffer, at: number): string {
  const [character] = text.toString('utf8', at, at + 4);
  return `"${character}"`;
}
