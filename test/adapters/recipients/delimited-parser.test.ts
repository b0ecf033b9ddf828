import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { places, readList } from './read-list.ts';

const csv = { format: 'csv' } as const;

describe('the delimiter', () => {
  it.each([
    ['a comma', 'phone,name\n1,Ann\n'],
    ['a semicolon', 'phone;name\n1;Ann\n'],
    ['a tab', 'phone\tname\n1\tAnn\n'],
    ['a pipe', 'phone|name\n1|Ann\n'],
    ['a semicolon that sep= names', 'sep=;\r\nphone;name\r\n1;Ann\r\n'],
    ['a delimiter that only sep= can tell', 'SEP=~\nphone~name\n1~Ann\n'],
  ])('is %s when the list begins so', async (_, list) => {
    expect(await readList(list, csv)).toEqual({ columns: ['phone', 'name'], rows: [[2, '1', 'Ann']], findings: [] });
  });

  it('is found outside quotes only, in the first line that has text', async () => {
    const list = '\n"phone, with, its, country";name\n1;"a,b"\n';
    expect(await readList(list, csv)).toEqual({
      columns: ['phone, with, its, country', 'name'],
      rows: [[3, '1', 'a,b']],
      findings: [],
    });
  });

  it('is what the operator says, against what the header suggests', async () => {
    const { columns, rows } = await readList('a,b;c\n1;2\n', { ...csv, delimiter: ';' });
    expect({ columns, rows }).toEqual({ columns: ['a,b', 'c'], rows: [[2, '1', '2']] });
  });

  it('is a tab in a tsv list, even where the header has commas', async () => {
    expect((await readList('a,b,c\td\n1\t2\n', { format: 'tsv' })).columns).toEqual(['a,b,c', 'd']);
  });

  it('is not needed in a list of one column', async () => {
    expect((await readList('phone\n1\n2', csv)).rows).toEqual([
      [2, '1'],
      [3, '2'],
    ]);
  });
});

describe('a cell that keeps its text from a spreadsheet', () => {
  it.each([
    ['"=""00123"""', '00123'],
    ['"=""say """"hi"""""""', 'say "hi"'],
    ['"="""""', ''],
    ['"=""a""&B2"', '="a"&B2'],
    ['=1+2', '=1+2'],
  ])('is read as that text: %s', async (written, text) => {
    expect((await readList(`phone,code\n"1",${written}\n`, csv)).rows).toEqual([[2, '1', text]]);
  });
});

describe('row numbers', () => {
  it('are those of a spreadsheet: a quoted line break adds none, an empty row is passed over and counted', async () => {
    const list = 'phone,note\n1,"two\nlines"\n\n2,b\n,\n3,c\n\n';
    expect(await readList(list, csv)).toEqual({
      columns: ['phone', 'note'],
      rows: [
        [2, '1', 'two\nlines'],
        [4, '2', 'b'],
        [6, '3', 'c'],
      ],
      findings: [],
    });
  });

  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('are the same with %s line ends', async (_, lineEnd) => {
    const list = ['phone,name', '1,a', '', '2,"b"', ''].join(lineEnd);
    expect((await readList(list, csv)).rows).toEqual([
      [2, '1', 'a'],
      [4, '2', 'b'],
    ]);
  });

  it('stay right when line ends change in the middle', async () => {
    expect((await readList('phone\r\n1\n2\r3\r\n', csv)).rows).toEqual([
      [2, '1'],
      [3, '2'],
      [4, '3'],
    ]);
  });
});

describe('a ragged row', () => {
  it('is told with its cells and the list goes on', async () => {
    const { rows, findings } = await readList('phone,name\n1,Ann,Lee,x\n2\n3,Cy\n', csv);
    expect(rows).toEqual([
      [2, '1', 'Ann'],
      [3, '2'],
      [4, '3', 'Cy'],
    ]);
    expect(findings).toEqual([
      {
        row: 2,
        column: null,
        code: 'LIST_RAGGED_ROW',
        severity: 'error',
        value: 'Lee,x',
        message: 'the row has 4 cells, the header has 2',
        hint: 'quote the cell that contains the delimiter',
      },
      {
        row: 3,
        column: null,
        code: 'LIST_RAGGED_ROW',
        severity: 'error',
        value: null,
        message: 'the row has 1 cell, the header has 2',
        hint: 'add the missing cells, or the missing delimiter',
      },
    ]);
  });

  it('is none when only empty cells follow', async () => {
    expect(await readList('phone,name\n1,Ann,,\n', csv)).toEqual({
      columns: ['phone', 'name'],
      rows: [[2, '1', 'Ann']],
      findings: [],
    });
  });
});

describe('a broken quote', () => {
  it.each([
    ['is not closed', 'a,b\n1,"x\ny"\n2,"z\n3,c\n', 'a quoted cell does not end'],
    ['is not doubled', 'a,b\n1,"x\ny"\n2,"z"z\n3,c\n', 'a quoted cell goes on after its closing quote'],
    ['opens late', 'a,b\n1,"x\ny"\n2,z"z\n3,c\n', 'a cell that is not quoted has a quote inside it'],
  ])('ends the list at its row and line when it %s', async (_, list, message) => {
    const { rows, findings } = await readList(list, csv);
    expect(rows).toEqual([[2, '1', 'x\ny']]);
    expect(findings).toMatchObject([
      {
        row: 3,
        column: 'b',
        code: 'LIST_QUOTE',
        severity: 'fatal',
        message: `${message} (the row begins at line 4)`,
      },
    ]);
  });

  it('ends the list after a bounded text when it swallows the rest', async () => {
    const list = `a,b\n1,"x\n${'2,y\n'.repeat(400_000)}`;
    const { rows, findings } = await readList(list, csv, 65_536);
    expect(rows).toEqual([]);
    expect(findings).toMatchObject([
      {
        row: 2,
        code: 'LIST_QUOTE',
        severity: 'fatal',
        message: 'the row does not end within 1048576 bytes (the row begins at line 2)',
      },
    ]);
  });

  it('counts CRLF inside cells and the sep= line as one line each', async () => {
    const { findings } = await readList('sep=,\r\na,b\r\n1,"x\r\ny"\r\n2,"z', csv);
    expect(findings[0]?.message).toBe('a quoted cell does not end (the row begins at line 5)');
    expect(findings[0]?.row).toBe(3);
  });
});

describe('the header', () => {
  it('tells every mistake with its column and ends the list', async () => {
    const { rows, findings } = await readList('phone,, name,constructor,name,a.__proto__\n1,2,3,4,5,6\n', csv);
    expect(rows).toEqual([]);
    expect(places(findings)).toEqual([
      [1, null, 'LIST_HEADER_EMPTY', 'fatal'],
      [1, 'constructor', 'LIST_HEADER_FORBIDDEN', 'fatal'],
      [1, 'name', 'LIST_HEADER_DUPLICATE', 'fatal'],
      [1, 'a.__proto__', 'LIST_HEADER_FORBIDDEN', 'fatal'],
    ]);
    expect(findings.map((finding) => finding.message)).toEqual([
      'column B has no name',
      'column D has the name "constructor", which cannot be used safely',
      'columns C and E are both named "name"',
      'column F has the name "a.__proto__", which cannot be used safely',
    ]);
  });

  it('counts columns past Z as a spreadsheet does', async () => {
    const names = Array.from({ length: 28 }, (_, index) => (index > 25 ? '' : `c${index}`));
    const { findings } = await readList(`${names.join(',')}\n`, csv);
    expect(findings.map((finding) => finding.message)).toEqual(['column AA has no name', 'column AB has no name']);
  });

  it('is kept as written, without byte order marks', async () => {
    expect((await readList('\uFEFF"\uFEFFPhone No.", First \n1,2\n', csv)).columns).toEqual(['Phone No.', ' First ']);
  });
});

describe('an empty list', () => {
  it.each([
    ['nothing at all', '', 'the list is empty'],
    ['a byte order mark', '\uFEFF', 'the list is empty'],
    ['blank lines', '\n\r\n', 'the list is empty'],
    ['a header', 'phone,name', 'the list has a header and no rows'],
    ['a header and blank rows', 'phone,name\n,\n\n', 'the list has a header and no rows'],
  ])('is refused when it holds %s', async (_, list, message) => {
    expect((await readList(list, csv)).findings).toMatchObject([{ code: 'LIST_EMPTY', severity: 'fatal', message }]);
  });
});

describe('properties of delimited lists', () => {
  const cell = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', ',', ';', '\t', '|', '"', '\n', '\r', ' ', '李', '😀') }),
    fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', '')),
  );
  const delimiter = fc.constantFrom(',', ';', '\t', '|');
  const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
  // a row without any text is an empty row, which has its own test
  const table = fc
    .integer({ min: 1, max: 4 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }))
    .filter((rows) => rows.every((row) => row.some((text) => text.trim() !== '')));

  function write(rows: string[][], options: { delimiter: string; lineEnd: string }): string {
    const header = (rows[0] ?? []).map((_, index) => `column ${index}`);
    return stringify([header, ...rows], {
      delimiter: options.delimiter,
      record_delimiter: options.lineEnd,
      quoted_match: /[\r\n]/,
    });
  }

  it('gives back every cell and number of what csv-stringify writes', async () => {
    await fc.assert(
      fc.asyncProperty(table, delimiter, lineEnd, async (rows, delimiter, lineEnd) => {
        // the header of a single column shows no delimiter
        const said = rows[0]?.length === 1 ? delimiter : null;
        const read = await readList(write(rows, { delimiter, lineEnd }), { ...csv, delimiter: said });
        expect(read.rows).toEqual(rows.map((row, index) => [index + 2, ...row]));
        expect(read.findings).toEqual([]);
      }),
    );
  });

  it('does not depend on where the bytes are cut', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', '李', '😀', 'é'), maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 5 }), async (text, size) => {
        expect(await readList(text, csv, size)).toEqual(await readList(text, csv));
      }),
    );
  });
});
