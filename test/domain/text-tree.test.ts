import { describe, expect, it } from 'vitest';
import { createLiquidCompiler } from '../../src/domain/liquid-text.ts';
import { type CompiledTree, compileTree, type TextTree, TreeFillError } from '../../src/domain/text-tree.ts';

const liquid = createLiquidCompiler(Date.UTC(2026, 0, 2));

function compiled(
  tree: TextTree,
  columns: readonly string[] = ['phone', 'name', 'day'],
  complete = true,
): CompiledTree {
  return compileTree(tree, 'message.content', { columns, complete, liquid });
}

const cells = ['8613800138000', ' Ann ', '2026-11-21'];

describe('a tree of texts', () => {
  it('fills every text at any depth, and changes nothing else', () => {
    const tree = {
      text: 'Hi {{ name }}, on {{ day | date: "%d %b" }}',
      fixed: '  as it is ',
      none: null,
      list: ['{{ name }}', ['{{ day }}', null], { deep: '{% if name %}yes{% endif %}' }],
      empty: [],
    };
    expect(compiled(tree).fill(cells)).toEqual({
      text: 'Hi Ann, on 21 Nov',
      fixed: '  as it is ',
      none: null,
      list: ['Ann', ['2026-11-21', null], { deep: 'yes' }],
      empty: [],
    });
  });

  it('keeps the outer blanks of a text with columns', () => {
    expect(compiled(' {{ name }}! ').fill(cells)).toBe(' Ann! ');
  });

  it('takes a single brace, and a bracket of its own, for what it is', () => {
    expect(compiled({ text: 'a { b } c', more: '}}' })).toMatchObject({ isFixed: true, findings: [] });
    expect(compiled({ text: 'a { b } c' }).fill(cells)).toEqual({ text: 'a { b } c' });
  });

  it('reads a cell that a short row lacks as empty', () => {
    expect(compiled('{{ day }}|').fill(['1'])).toBe('|');
  });

  it('tells which columns are read at and below a path, each once', () => {
    const tree = compiled({
      a: '{{ name }}',
      ab: '{{ day }}',
      list: ['x', '{{ name }} {{ phone }}', { c: '{{ name }}' }],
    });
    expect(tree.columns.toSorted()).toEqual([0, 1, 2]);
    const at = (path: string) => tree.columnsAt(`message.content${path}`).toSorted();
    expect([
      at(''),
      at('.a'),
      at('.ab'),
      at('.list'),
      at('.list[1]'),
      at('.list[2].c'),
      at('.list[0]'),
      at('.none'),
    ]).toEqual([[0, 1, 2], [1], [2], [0, 1], [0, 1], [1], [], []]);
  });

  it.each<[string, TextTree, boolean]>([
    ['without texts', { a: null, b: [] }, true],
    ['of plain texts', { a: 'x', b: ['y'] }, true],
    ['of Liquid without a column', "{{ 'now' | date: '%Y' }}", true],
    ['with a column', { a: 'x', b: ['{{ name }}'] }, false],
    ['with a text that is wrong', { a: '{{ name' }, false],
  ])('is the same for all rows or not: %s', (_name, tree, isFixed) => {
    expect(compiled(tree).isFixed).toBe(isFixed);
  });

  it.each<[string, string, string]>([
    ['{{ nme }}', 'the list has no column "nme"', 'did you mean "name"? the list has: phone, name, day'],
    ['{{ name | shout }}', 'undefined filter: shout', 'columns are written {{ column }}'],
    ['{% if name %}', 'tag {% if name %} not closed', 'columns are written {{ column }}'],
  ])('tells what is wrong with %s, and where, and reads it as empty', (text, message, hint) => {
    const tree = compiled({ list: ['a', { b: text }] });
    expect(tree.findings).toEqual([
      {
        row: null,
        column: null,
        code: 'PARAM_TEXT_INVALID',
        severity: 'fatal',
        value: text,
        message: `the text of message.content.list[1].b: ${message}`,
        hint,
      },
    ]);
    expect(tree.fill(cells)).toEqual({ list: ['a', { b: '' }] });
  });

  it('says where a filter cannot work on a cell', () => {
    const tree = compiled({ a: 'x', list: ['{{ day | date: "%d" }}'] });
    expect(() => tree.fill(['1', 'Ann', 'soon'])).toThrow(
      expect.objectContaining({
        constructor: TreeFillError,
        path: 'message.content.list[0]',
        message: expect.stringContaining('"soon" is not a date'),
      }),
    );
  });
});

describe('a tree of texts, while columns may still appear', () => {
  it('reads a column that is missing as empty cells, and the rest of its text as it is', () => {
    const tree = compiled({ text: 'Hi {{ nick | default: "you" }}, {{ name }}{{ title }}' }, ['phone', 'name'], false);
    expect(tree.findings).toEqual([]);
    expect(tree).toMatchObject({ isFixed: false, columns: [1] });
    expect(tree.fill(['1', 'Ann'])).toEqual({ text: 'Hi you, Ann' });
  });

  it('says the same of a row before and after the column has appeared', () => {
    const text = '{{ nick | default: "you" }}';
    const before = compiled(text, ['phone'], false).fill(['1']);
    expect(compiled(text, ['phone', 'nick'], true).fill(['1'])).toBe(before);
    expect(compiled(text, ['phone', 'nick'], true).fill(['1', 'Annie'])).toBe('Annie');
  });

  it('is not taken for the same in all rows', () => {
    expect(compiled('{{ nick }}', ['phone'], false).isFixed).toBe(false);
  });

  it('tells of what no column can mend at once', () => {
    const tree = compiled(['{{ nick', '{{ nick | shout }}'], ['phone'], false);
    expect(tree.findings.map(({ value }) => value)).toEqual(['{{ nick', '{{ nick | shout }}']);
  });

  it('misses it once the list is complete', () => {
    expect(compiled('{{ nick }}', ['phone'], true).findings).toMatchObject([
      { code: 'PARAM_TEXT_INVALID', message: 'the text of message.content: the list has no column "nick"' },
    ]);
  });
});
