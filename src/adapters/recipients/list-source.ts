/** The one recipient source behind every text format: bytes are hashed, decoded, parsed and handed on in batches. */
import { createHash } from 'node:crypto';
import type { RecipientSource, RowBatch } from '../../domain/recipient-source.ts';
import { decodeList, label } from './decode-list.ts';
import { ListBreak } from './list-break.ts';
import type { ListParser } from './list-parser.ts';
import { RowCollector } from './row-collector.ts';
import type { EncodingName } from './text-encodings.ts';

export interface ListSourceParts {
  readonly name: string;
  /** Null: recognised from the bytes. */
  readonly encoding: EncodingName | null;
  openBytes(): AsyncIterable<Buffer>;
  openParser(rows: RowCollector): ListParser;
}

/**
 * A list can be read once, because standard input can. `digest` is known when `read` has ended by itself; where a fatal
 * finding ended it, the digest is of the bytes read until then.
 */
export class ListSource implements RecipientSource {
  readonly name: string;
  readonly #parts: ListSourceParts;
  #wasRead = false;
  #digest: string | null = null;

  constructor(parts: ListSourceParts) {
    this.name = parts.name;
    this.#parts = parts;
  }

  digest(): string {
    if (this.#digest === null) throw new Error('the digest of a list is known once it has been read to its end');
    return this.#digest;
  }

  async readDigest(): Promise<string> {
    this.#readOnce();
    const hash = createHash('sha256');
    try {
      for await (const chunk of this.#parts.openBytes()) hash.update(chunk);
    } catch (error) {
      if (!(error instanceof ListBreak)) throw error;
      return '';
    }
    return hash.digest('hex');
  }

  async *read(): AsyncGenerator<RowBatch, void, undefined> {
    this.#readOnce();
    const hash = createHash('sha256');
    const rows = new RowCollector();
    const parser = this.#parts.openParser(rows);
    const bytes = hashing(this.#parts.openBytes(), hash);
    const onGuess = (encoding: EncodingName) => rows.addFinding(guessed(encoding));
    try {
      for await (const text of decodeList(bytes, this.#parts.encoding, onGuess)) {
        await parser.write(text);
        yield* rows.takeFull();
        if (rows.stopped) break;
      }
      if (!rows.stopped) await parser.end();
    } catch (error) {
      if (!(error instanceof ListBreak)) throw error;
      await stopAtBreak(error, parser, rows);
    }
    if (rows.rowsSeen === 0) rows.stop(empty(rows.columns.length > 0));
    yield* rows.takeFull();
    const rest = rows.takeRest();
    if (rest !== null) yield rest;
    this.#digest = hash.digest('hex');
  }

  #readOnce(): void {
    if (this.#wasRead) throw new Error('a list can be read only once');
    this.#wasRead = true;
  }
}

async function* hashing(bytes: AsyncIterable<Buffer>, hash: { update(chunk: Buffer): unknown }) {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

async function stopAtBreak(broken: ListBreak, parser: ListParser, rows: RowCollector): Promise<void> {
  const row = await parser.breakOff();
  const { code, message, hint } = broken;
  rows.stop({ row, column: null, code, severity: 'fatal', value: null, message, hint });
}

function guessed(encoding: EncodingName) {
  return {
    row: null,
    column: null,
    code: 'LIST_ENCODING_GUESSED',
    severity: 'info',
    value: null,
    message: `the list is read as ${label(encoding)}`,
    hint: 'name the encoding with --encoding if names look wrong',
  } as const;
}

function empty(hasHeader: boolean) {
  return {
    row: null,
    column: null,
    code: 'LIST_EMPTY',
    severity: 'fatal',
    value: null,
    message: hasHeader ? 'the list has a header and no rows' : 'the list is empty',
    hint: 'export the list again and check that it has rows',
  } as const;
}
