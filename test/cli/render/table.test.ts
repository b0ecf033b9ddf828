import { expect, it } from 'vitest';
import { renderTable } from '../../../src/cli/render/table.ts';

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
