/** Reads a list from memory, in pieces of any size, and shows what came out of it as plain values. */
import { Readable } from 'node:stream';
import { openRecipients, type RecipientOptions } from '../../../src/adapters/recipients/open-recipients.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import { readBatches } from '../../contracts/recipient-source-contract.ts';

export interface ReadList {
  readonly columns: readonly string[];
  /** `[number, ...cells]` */
  readonly rows: readonly (readonly (string | number)[])[];
  /** Of the list and of its rows. */
  readonly findings: readonly Finding[];
}

/** @param pieceBytes the size of the pieces the list arrives in; all at once when left out */
export async function readList(
  list: string | Buffer,
  options: Partial<RecipientOptions> & Pick<RecipientOptions, 'format'>,
  pieceBytes?: number,
): Promise<ReadList> {
  const bytes = Buffer.from(list);
  const stdin = Readable.from(pieces(bytes, pieceBytes ?? Math.max(1, bytes.length)));
  const source = openRecipients({ file: '-', delimiter: null, encoding: null, ...options }, { stdin });
  const batches = await readBatches(source);
  return {
    columns: batches.at(-1)?.columns ?? [],
    rows: batches.flatMap((batch) => batch.rows.map((row) => [row.number, ...row.cells])),
    findings: batches.flatMap((batch) => [...batch.findings, ...batch.rows.flatMap((row) => row.findings)]),
  };
}

function* pieces(bytes: Buffer, size: number): Generator<Buffer, void, undefined> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

/** The parts of findings that place them. */
export function places(findings: readonly Finding[]) {
  return findings.map(({ row, column, code, severity }) => [row, column, code, severity]);
}
