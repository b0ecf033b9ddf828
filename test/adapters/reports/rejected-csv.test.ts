import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { rejectedCsv } from '../../../src/adapters/reports/rejected-csv.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import type { InvalidRow } from '../../../src/domain/plan-store.ts';
import { textOf } from './sample-report.ts';

function finding(changes: Partial<Finding> = {}): Finding {
  return {
    row: 3,
    column: 'name',
    code: 'PARAM_MISSING',
    severity: 'error',
    value: '',
    message: 'the variable "name" is empty',
    hint: 'fill the cell',
    ...changes,
  };
}

async function* inChunks(...chunks: readonly (readonly InvalidRow[])[]) {
  yield* chunks;
}

const written = (columns: readonly string[], ...chunks: readonly (readonly InvalidRow[])[]) =>
  textOf(rejectedCsv(columns, inChunks(...chunks)));

describe('rejectedCsv', () => {
  it('gives the cells back as they are, with what is wrong and what to do', async () => {
    const cells = ['+86 138', '=1+1', ' "quoted"\nand broken '];
    const text = await written(['phone', 'name', 'notes'], [{ row: 3, cells, findings: [finding()] }]);
    expect(text.startsWith('\uFEFFphone,name,notes,sendoff_problem\r\n')).toBe(true);
    expect(parse(text, { bom: true })[1]).toEqual([...cells, 'name: the variable "name" is empty (fill the cell)']);
  });

  it('names every error of a row, and nothing that would not stop it', async () => {
    const findings = [
      finding(),
      finding({ code: 'SAME_ADDRESS', severity: 'warning', message: 'the same address', hint: null }),
      finding({ code: 'ADDRESS_MISSING', column: null, message: 'the address is empty', hint: null }),
    ];
    const text = await written(['phone', 'name'], [{ row: 3, cells: ['', ''], findings }]);
    expect(text.split('\r\n')[1]).toBe(
      ',,"name: the variable ""name"" is empty (fill the cell); the address is empty"',
    );
  });

  it('keeps what a ragged row has too much, and fills up what it lacks', async () => {
    const ragged = (value: string | null) => [
      finding({ code: 'LIST_RAGGED_ROW', column: null, value, message: 'the row is ragged', hint: null }),
    ];
    const text = await written(
      ['phone', 'name'],
      [{ row: 3, cells: ['1', 'Ann'], findings: ragged('by courier, Friday') }],
      [{ row: 9, cells: ['2'], findings: ragged(null) }],
    );
    expect(parse(text, { bom: true }).slice(1)).toEqual([
      ['1', 'Ann', 'the row is ragged, left over: "by courier, Friday"'],
      ['2', '', 'the row is ragged'],
    ]);
  });

  it('says its own once where a mended list comes back', async () => {
    const columns = ['phone', 'sendoff_problem', 'name'];
    const text = await written(columns, [{ row: 2, cells: ['1', 'what was wrong', ''], findings: [finding()] }]);
    expect(parse(text, { bom: true })).toEqual([
      ['phone', 'name', 'sendoff_problem'],
      ['1', '', 'name: the variable "name" is empty (fill the cell)'],
    ]);
  });
});
