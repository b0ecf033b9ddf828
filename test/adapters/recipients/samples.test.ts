/** The lists that come with sendoff read as its documentation says. */
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { openRecipients } from '../../../src/adapters/recipients/open-recipients.ts';
import { readBatches } from '../../contracts/recipient-source-contract.ts';

async function readSample(name: string) {
  const file = new URL(`../../../samples/${name}`, import.meta.url).pathname;
  const source = openRecipients({ file, format: null, delimiter: null, encoding: null }, { stdin: Readable.from([]) });
  const batches = await readBatches(source);
  const rows = batches.flatMap((batch) => batch.rows);
  return {
    columns: batches.at(-1)?.columns,
    count: rows.length,
    first: rows[0]?.cells,
    last: rows.at(-1),
    findings: batches.flatMap((batch) => [...batch.findings, ...batch.rows.flatMap((row) => row.findings)]),
  };
}

describe('the sample list', () => {
  it('recipients.csv is clean', async () => {
    expect(await readSample('recipients.csv')).toMatchObject({
      columns: ['phone', 'first_name', 'code', 'ship_date'],
      count: 400,
      first: ['8613800104729', 'Ann', 'A-1001', '2026-11-23'],
      findings: [],
    });
  });

  it('recipients.json stands under a key and keeps the digits of its numbers', async () => {
    expect(await readSample('recipients.json')).toMatchObject({
      columns: ['phone', 'first_name', 'code', 'ship_date', 'order.id', 'order.city'],
      count: 12,
      first: ['8613800064229', 'Ann', 'A-1501', '2026-11-23', '70010001', 'Shanghai'],
      findings: [],
    });
  });

  it('recipients-gb18030.csv is read as GB18030 with semicolons', async () => {
    expect(await readSample('recipients-gb18030.csv')).toMatchObject({
      columns: ['phone', 'first_name', 'code', 'ship_date'],
      count: 40,
      first: ['8613800856129', '李雷', 'A-1601', '2026-11-23'],
      findings: [{ code: 'LIST_ENCODING_GUESSED', severity: 'info' }],
    });
  });

  it('two-languages.csv names the language of each row', async () => {
    expect(await readSample('two-languages.csv')).toMatchObject({
      columns: ['phone', 'first_name', 'code', 'ship_date', 'lang'],
      count: 40,
      first: ['8613800648029', 'Ann', 'A-1701', '2026-11-23', 'en'],
      findings: [],
    });
  });

  it('mistakes.csv has two ragged rows, and numbers that a spreadsheet shows too', async () => {
    const { count, last, findings } = await readSample('mistakes.csv');
    expect(findings.map(({ row, code }) => [row, code])).toEqual([
      [16, 'LIST_RAGGED_ROW'],
      [17, 'LIST_RAGGED_ROW'],
    ]);
    expect([count, last?.number, last?.cells[1]]).toEqual([20, 22, '韩梅梅']);
  });
});
