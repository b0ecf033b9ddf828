import { describe, expect, it } from 'vitest';
import { columnFinding, matchColumn } from '../../src/domain/match-column.ts';

describe('matchColumn', () => {
  it('ignores case, outer blanks and a byte order mark', () => {
    expect(matchColumn('phone', ['\uFEFF Phone ', 'name'])).toEqual({ kind: 'found', index: 0 });
    expect(matchColumn(' NAME', ['phone', 'name'])).toEqual({ kind: 'found', index: 1 });
  });

  it('takes the exact column where several would do without case', () => {
    expect(matchColumn('Name', ['name', 'Name', 'NAME'])).toEqual({ kind: 'found', index: 1 });
  });

  it('finds an accented header however its accents are composed', () => {
    expect(matchColumn('pr\u00e9nom', ['pre\u0301nom'])).toEqual({ kind: 'found', index: 0 });
  });

  it('is ambiguous when no column is exact and several fit', () => {
    expect(matchColumn('nAmE', ['name', 'x', 'NAME'])).toEqual({ kind: 'ambiguous', columns: ['name', 'NAME'] });
  });

  it('does not know a column that only resembles the name', () => {
    expect(matchColumn('first name', ['first_name'])).toEqual({ kind: 'unknown' });
  });
});

describe('columnFinding', () => {
  it('names the nearest column and lists them all', () => {
    expect(columnFinding('phon', { kind: 'unknown' }, ['phone', 'name'], 'the address')).toEqual({
      row: null,
      column: null,
      code: 'COLUMN_UNKNOWN',
      severity: 'fatal',
      value: 'phon',
      message: 'the list has no column "phon", which is to give the address',
      hint: 'did you mean "phone"? the list has: phone, name',
    });
  });

  it('lists the columns that fit an ambiguous name', () => {
    const match = { kind: 'ambiguous', columns: ['name', 'NAME'] } as const;
    expect(columnFinding('Name', match, ['name', 'NAME'], 'the variable "name"')).toMatchObject({
      code: 'COLUMN_AMBIGUOUS',
      message: '"Name", which is to give the variable "name", fits several columns',
      hint: 'write one of them exactly: "name", "NAME"',
    });
  });

  it('cuts the list of a very wide header', () => {
    const columns = Array.from({ length: 25 }, (_, index) => `c${index}`);
    expect(columnFinding('zzzzzz', { kind: 'unknown' }, columns, 'the address').hint).toMatch(/c19 and 5 more$/);
  });
});
