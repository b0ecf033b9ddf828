/** What every recipient source must do, whatever its format. A new one is done when this suite passes. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RecipientSource, Row, RowBatch } from '../../src/domain/recipient-source.ts';

/** A list to be written in the format under test. Every row has a text for every column. */
export interface SampleTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface OpenedSample {
  readonly source: RecipientSource;
  /** The list as written. */
  readonly bytes: Buffer;
  /** Whether the source has let go of the file or stream. */
  isClosed(): boolean;
}

/** @param open writes the table in the format under test and opens it, unread */
export function recipientSourceContract(name: string, open: (table: SampleTable) => Promise<OpenedSample>): void {
  describe(`${name} keeps the contract of a recipient source`, () => {
    it('yields every row once, in order, each text under its column', async () => {
      const table = tableOf(2500);
      const { source } = await open(table);
      const batches = await readBatches(source);
      const texts = batches.flatMap(({ columns, rows }) =>
        rows.map((row) => table.columns.map((column) => row.cells[columns.indexOf(column)])),
      );
      expect(texts).toEqual(table.rows);
      expect(allFindings(batches)).toEqual([]);
    });

    it('keeps batches to some thousands of rows when the list is long', async () => {
      const { source } = await open(tableOf(12_000));
      const sizes = (await readBatches(source)).map((batch) => batch.rows.length);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(5000);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(12_000);
    });

    it('numbers rows upwards', async () => {
      const { source } = await open(tableOf(1500));
      const numbers = (await readRows(source)).map((row) => row.number);
      expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      expect(numbers[0]).toBeGreaterThanOrEqual(1);
    });

    it('only adds columns at the end, and none once they are complete', async () => {
      const { source } = await open(tableOf(3000));
      let before: RowBatch | null = null;
      for (const batch of await readBatches(source)) {
        if (before !== null) {
          expect(batch.columns.slice(0, before.columns.length)).toEqual(before.columns);
          if (before.columnsComplete) expect(batch.columns).toEqual(before.columns);
        }
        before = batch;
      }
    });

    it('never gives a row more cells than there are columns', async () => {
      const { source } = await open(tableOf(10));
      for (const { columns, rows } of await readBatches(source)) {
        for (const row of rows) expect(row.cells.length).toBeLessThanOrEqual(columns.length);
      }
    });

    it('keeps texts of any script, quotes, delimiters and blanks at the ends as they are', async () => {
      const rows = [
        ['李雷', '他说："好"', ' two blanks  '],
        ['Zoë', 'a "quoted" word', 'a,b;c|d\te'],
        ['😀', '', "it's"],
      ];
      const { source } = await open({ columns: ['phone', '名字', 'note'], rows });
      expect((await readRows(source)).map((row) => [row.cells[0], row.cells[1] ?? '', row.cells[2]])).toEqual(rows);
    });

    it('gives the digest of the bytes after the end and refuses it before', async () => {
      const { source, bytes } = await open(tableOf(5));
      expect(() => source.digest()).toThrow();
      await readBatches(source);
      expect(source.digest()).toBe(createHash('sha256').update(bytes).digest('hex'));
    });

    it('gives the same digest without its rows, once', async () => {
      const { source, bytes, isClosed } = await open(tableOf(5));
      expect(await source.readDigest()).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect(isClosed()).toBe(true);
      await expect(readBatches(source)).rejects.toThrow();
    });

    it('lets go of the list when it has been read', async () => {
      const { source, isClosed } = await open(tableOf(5));
      await readBatches(source);
      expect(isClosed()).toBe(true);
    });

    it('lets go of the list when the reader leaves early', async () => {
      const { source, isClosed } = await open(tableOf(12_000));
      for await (const batch of source.read()) {
        expect(batch.rows.length).toBeGreaterThan(0);
        break;
      }
      expect(isClosed()).toBe(true);
      expect(() => source.digest()).toThrow();
    });

    it('says that a list without rows is empty', async () => {
      const { source } = await open({ columns: ['phone', 'first_name'], rows: [] });
      const batches = await readBatches(source);
      expect(batches.flatMap((batch) => batch.rows)).toEqual([]);
      expect(allFindings(batches)).toMatchObject([{ code: 'LIST_EMPTY', severity: 'fatal', row: null }]);
    });
  });
}

export async function readBatches(source: RecipientSource): Promise<RowBatch[]> {
  const batches: RowBatch[] = [];
  for await (const batch of source.read()) batches.push(batch);
  return batches;
}

async function readRows(source: RecipientSource): Promise<Row[]> {
  return (await readBatches(source)).flatMap((batch) => batch.rows);
}

function allFindings(batches: readonly RowBatch[]) {
  return batches.flatMap((batch) => [...batch.findings, ...batch.rows.flatMap((row) => row.findings)]);
}

function tableOf(rows: number): SampleTable {
  return {
    columns: ['phone', 'first_name', 'code'],
    rows: Array.from({ length: rows }, (_, index) => [
      `86138${String(index).padStart(8, '0')}`,
      `Name ${index}`,
      `C${index}`,
    ]),
  };
}
