/** The contract of a source, for every format, from a file and from a stream. */
import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { openRecipients } from '../../../src/adapters/recipients/open-recipients.ts';
import type { ListFormat } from '../../../src/domain/campaign.ts';
import { recipientSourceContract, type SampleTable } from '../../contracts/recipient-source-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'sendoff-lists-'));
afterAll(() => rmSync(folder, { recursive: true }));
const noStdin = { stdin: Readable.from([]) };

const writers: Readonly<Record<ListFormat, (table: SampleTable) => string>> = {
  csv: (table) => stringify([[...table.columns], ...table.rows.map((row) => [...row])]),
  tsv: (table) => stringify([[...table.columns], ...table.rows.map((row) => [...row])], { delimiter: '\t' }),
  json: (table) => JSON.stringify({ rows: itemsOf(table) }, null, 2),
  jsonl: (table) =>
    itemsOf(table)
      .map((item) => `${JSON.stringify(item)}\n`)
      .join(''),
};

function itemsOf({ columns, rows }: SampleTable): Record<string, string>[] {
  return rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? ''])));
}

for (const format of ['csv', 'tsv', 'json', 'jsonl'] as const) {
  recipientSourceContract(`a ${format} file`, async (table) => {
    const bytes = Buffer.from(writers[format](table));
    const file = join(folder, `list.${format}`);
    writeFileSync(file, bytes);
    const source = openRecipients({ file, format: null, delimiter: null, encoding: null }, noStdin);
    return { source, bytes, isClosed: () => !openFiles().includes(file) };
  });

  recipientSourceContract(`a ${format} stream`, async (table) => {
    const bytes = Buffer.from(writers[format](table));
    const stdin = Readable.from(chunksOf(bytes));
    const source = openRecipients({ file: '-', format, delimiter: null, encoding: null }, { stdin });
    return { source, bytes, isClosed: () => stdin.destroyed };
  });
}

function* chunksOf(bytes: Buffer): Generator<Buffer, void, undefined> {
  for (let from = 0; from < bytes.length; from += 1000) yield bytes.subarray(from, from + 1000);
}

/** The files this process holds open; where the system does not tell, none. */
function openFiles(): string[] {
  if (!existsSync('/proc/self/fd')) return [];
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)];
    } catch {
      return [];
    }
  });
}

describe('a list source', () => {
  it('reads no further ahead than a bounded buffer', async () => {
    let given = 0;
    function* endless(): Generator<Buffer, void, undefined> {
      yield Buffer.from('phone\n');
      for (;;) {
        given += 1;
        yield Buffer.from('8613800000000\n'.repeat(100));
      }
    }
    const stdin = Readable.from(endless());
    const source = openRecipients({ file: '-', format: 'csv', delimiter: null, encoding: null }, { stdin });
    let batches = 0;
    for await (const batch of source.read()) {
      expect(batch.rows.length).toBe(100);
      batches += 1;
      if (batches === 200) break;
    }
    expect(given * 100).toBeLessThan(20_000 + 10_000);
  });

  it('refuses to be read twice', async () => {
    const stdin = Readable.from([Buffer.from('phone\n1\n')]);
    const source = openRecipients({ file: '-', format: 'csv', delimiter: null, encoding: null }, { stdin });
    for await (const batch of source.read()) expect(batch.rows.length).toBe(1);
    await expect(source.read()[Symbol.asyncIterator]().next()).rejects.toThrow('a list can be read only once');
  });

  it('tells the offset where reading stopped when the stream fails in the middle', async () => {
    function* failing(): Generator<Buffer, void, undefined> {
      yield Buffer.from('phone\n1\n2\n3');
      throw new Error('input/output error');
    }
    const stdin = Readable.from(failing());
    const source = openRecipients({ file: '-', format: 'csv', delimiter: null, encoding: null }, { stdin });
    const batches = [];
    for await (const batch of source.read()) batches.push(batch);
    expect(batches.flatMap((batch) => batch.rows.map((row) => row.cells))).toEqual([['1'], ['2']]);
    expect(batches.at(-1)?.findings).toMatchObject([
      {
        code: 'LIST_UNREADABLE',
        severity: 'fatal',
        row: 4,
        message: 'reading stopped at byte offset 11: input/output error',
      },
    ]);
  });
});
