import { expect, it } from 'vitest';
import { openTable, renderTable } from '../../../src/cli/render/table.ts';

it('aligns columns by what they take on a terminal', () => {
  const rows = [
    ['name', 'rows', 'note'],
    ['王芳', '1,000', ''],
    ['e\u0301', '7', 'seven'],
  ];
  expect(renderTable(rows, { align: ['left', 'right'], indent: 2 })).toBe(
    ['  name   rows  note', '  王芳  1,000', '  e\u0301         7  seven'].join('\n'),
  );
});

it('renders no rows as nothing', () => {
  expect(renderTable([])).toBe('');
});

it('writes a long table in pieces, each as wide as what came before', () => {
  const pieces: string[] = [];
  const table = openTable((text) => pieces.push(text), { align: ['right'] });
  table.add(['row', 'state', 'note']);
  for (let row = 1; row <= 1_200; row += 1) table.add([`${row}`, row === 800 ? 'delivered' : 'sent', 'x']);
  table.end();
  const lines = pieces.map((piece) => piece.split('\n'));
  expect(lines.map(({ length }) => length)).toEqual([500, 500, 201]);
  expect([lines[0]?.[0], lines[0]?.[1]]).toEqual(['row  state  note', '  1  sent   x']);
  expect(lines[1]?.[0]).toBe('500  sent       x');
  expect(lines[2]?.at(-1)).toBe('1200  sent       x');
  expect(lines.flat().map((line) => line.trimStart().split(' ')[0])).toEqual([
    'row',
    ...Array.from({ length: 1_200 }, (_, index) => `${index + 1}`),
  ]);
});

it('writes nothing for a table without rows', () => {
  const pieces: string[] = [];
  openTable((text) => pieces.push(text)).end();
  expect(pieces).toEqual([]);
});
