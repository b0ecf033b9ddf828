import { describe, expect, it } from 'vitest';
import { sampleCsv } from '../../../src/adapters/reports/sample-csv.ts';
import { readList } from '../recipients/read-list.ts';

function cellOf(value: string): string {
  const [, line = ''] = sampleCsv({ columns: ['v'], row: [value] }).split('\r\n');
  return line;
}

describe('a sample list', () => {
  it('begins with a byte order mark and ends its lines as spreadsheets do', () => {
    expect(sampleCsv({ columns: ['phone', 'name'], row: ['8613800000101', 'Ann'] })).toBe(
      '\uFEFFphone,name\r\n"=""8613800000101""",Ann\r\n',
    );
  });

  it.each([
    '00123',
    '20%',
    '$48.00',
    '21 Nov',
    '3/4',
    '1.5E+3',
    '-5',
    '10:30 PM',
    'TRUE',
    '=1+1',
    '@shop',
    '2026年3月2日',
  ])('keeps %s from a spreadsheet', (value) => {
    expect(cellOf(value)).toBe(`"=""${value}"""`);
  });

  it.each(['Ann', 'A-1001', 'https://shop.example.com/1.jpg', '30 April sale', '小红', ''])(
    'leaves %j as it is',
    (value) => {
      expect(cellOf(value)).toBe(value);
    },
  );

  it('comes back as it was when it is read as a list', async () => {
    const row = ['8613800000101', '00123', 'say "7"', 'a, b', '=x', 'Ann'];
    const columns = row.map((_, index) => `c${index}`);
    const list = await readList(sampleCsv({ columns, row }), { format: 'csv' });
    expect(list).toEqual({ columns, rows: [[2, ...row]], findings: [] });
  });
});
