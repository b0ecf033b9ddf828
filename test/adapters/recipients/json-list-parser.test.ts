import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { places, readList } from './read-list.ts';

const json = { format: 'json' } as const;

describe('a JSON list', () => {
  it('is an array of objects whose items count from 1', async () => {
    expect(await readList('[{"phone":"1","name":"Ann"},\n {"phone":"2","name":"李雷"}]', json)).toEqual({
      columns: ['phone', 'name'],
      rows: [
        [1, '1', 'Ann'],
        [2, '2', '李雷'],
      ],
      findings: [],
    });
  });

  it('may stand under one key, beside other values and empty arrays', async () => {
    const list = '{"total": 2, "errors": [], "meta": {"list": [1, "]"]}, "data": [{"a": 1}, {"a": 2}], "next": null}';
    expect((await readList(list, json)).rows).toEqual([
      [1, '1'],
      [2, '2'],
    ]);
  });

  it('names nested fields by dots, and writes arrays, words and null as text', async () => {
    const list =
      '[{"order": {"id": 7, "to": {"city": "Köln"}}, "tags": ["a", {"b": [1.50, null]}], "vip": true, "x": null, "y": {}}]';
    expect(await readList(list, json)).toEqual({
      columns: ['order.id', 'order.to.city', 'tags', 'vip', 'x'],
      rows: [[1, '7', 'Köln', '["a",{"b":[1.50,null]}]', 'true', '']],
      findings: [],
    });
  });

  it('keeps every digit of a number as it is written', async () => {
    const numbers = ['8613800000000', '12345678901234567890', '1e3', '1.50', '-0', '8.6138E+12'];
    const { rows } = await readList(
      `[{"a":[0],${numbers.map((number, index) => `"n${index}":${number}`).join(',')}}]`,
      json,
    );
    expect(rows).toEqual([[1, '[0]', ...numbers]]);
  });

  it('adds columns as keys turn up and leaves earlier indexes alone', async () => {
    expect(await readList('[{"a":1},{"c":3,"a":2},{"b":4}]', json)).toMatchObject({
      columns: ['a', 'c', 'b'],
      rows: [
        [1, '1'],
        [2, '2', '3'],
        [3, '', '', '4'],
      ],
    });
  });

  it('reads escapes, and refuses half of a character pair', async () => {
    const { rows, findings } = await readList('[{"a":"\\u674e\\n\\"\\ud83d\\ude00"},{"a":"\\ud83d!"}]', json);
    expect(rows).toEqual([
      [1, '李\n"😀'],
      [2, '\uFFFD!'],
    ]);
    expect(places(findings)).toEqual([[2, 'a', 'LIST_ENCODING', 'error']]);
  });

  it('tells items that are no objects and goes on', async () => {
    const { rows, findings } = await readList('[1, {"a":1}, "x", null, [2], true]', json);
    expect(rows).toEqual([[1], [2, '1'], [3], [4], [5], [6]]);
    expect(findings.map((finding) => [finding.row, finding.code, finding.message, finding.value])).toEqual([
      [1, 'LIST_ROW_NOT_OBJECT', 'the item is a number, not an object', '1'],
      [3, 'LIST_ROW_NOT_OBJECT', 'the item is a string, not an object', '"x"'],
      [4, 'LIST_ROW_NOT_OBJECT', 'the item is null, not an object', 'null'],
      [5, 'LIST_ROW_NOT_OBJECT', 'the item is an array, not an object', '[2]'],
      [6, 'LIST_ROW_NOT_OBJECT', 'the item is a boolean, not an object', 'true'],
    ]);
  });

  it('refuses a row with a key written twice, a key that reaches into objects, or one without a name', async () => {
    const list = '[{"a":1,"a":2},{"a":3,"__proto__":{"x":1}},{"b":{"constructor":1}},{"":1},{"a.b":1,"a":{"b":2}}]';
    const { columns, findings } = await readList(list, json);
    expect(columns).toEqual(['a', 'a.b']);
    expect(places(findings)).toEqual([
      [1, 'a', 'LIST_HEADER_DUPLICATE', 'error'],
      [2, '__proto__.x', 'LIST_HEADER_FORBIDDEN', 'error'],
      [3, 'b.constructor', 'LIST_HEADER_FORBIDDEN', 'error'],
      [4, null, 'LIST_HEADER_EMPTY', 'error'],
      [5, 'a.b', 'LIST_HEADER_DUPLICATE', 'error'],
    ]);
  });

  it.each([
    ['a broken item', '[{"a":1},\n  {"a":x}]', 2, "item 2 is not valid JSON (unexpected token 'x') (line 2, column 3)"],
    ['a missing comma', '[{"a":1}\n{"a":2}]', 2, '"{" cannot stand here (line 2, column 1)'],
    ['a comma too many', '[{"a":1},]', 2, '"]" cannot stand here (line 1, column 10)'],
    ['text after the end', '[{"a":"李"}] 好', 2, '"好" cannot stand here (line 1, column 13)'],
    ['an end too early', '[{"a":1},{"a"', 2, 'the text ends before the list does (line 1, column 14)'],
    ['no array', '{"a":1}', 1, 'the object holds no array (line 1, column 8)'],
    ['two lists', '{"a":[{"x":1}],"b":[{"x":2}]}', 2, 'both "a" and "b" hold a list (line 1, column 21)'],
    ['a key that is no text', '{a:[]}', 1, '"a" cannot stand here (line 1, column 2)'],
    ['a bare word', 'phone,name', 1, '"p" cannot stand here (line 1, column 1)'],
  ])('ends at the place of %s', async (_, list, row, message) => {
    for (const size of [undefined, 1]) {
      expect((await readList(list, json, size)).findings).toMatchObject([
        { row, code: 'LIST_UNREADABLE', severity: 'fatal', message },
      ]);
    }
  });

  it('keeps the rows that stand before a mistake', async () => {
    expect((await readList('[{"a":1},{"a":2},oops]', json)).rows).toEqual([
      [1, '1'],
      [2, '2'],
    ]);
  });

  it('never shows the text of a broken item, which may hold a number', async () => {
    const { findings } = await readList('[{"phone":"8613800000000" "name":"Ann"}]', json);
    expect(findings[0]?.message).toBe(
      "item 1 is not valid JSON (expected ',' or '}' after property value) (line 1, column 2)",
    );
  });

  it('ends after a bounded text when an item does not', async () => {
    const { findings } = await readList(`[{"a":"${'x'.repeat(1_200_000)}`, json, 65_536);
    expect(findings).toMatchObject([
      { row: 1, code: 'LIST_UNREADABLE', message: 'item 1 does not end within 1048576 bytes (line 1, column 2)' },
    ]);
  });

  it.each([
    ['an empty array', '[]'],
    ['an object with an empty array', '{"data":[]}'],
    ['nothing', ' \n'],
  ])('is empty when it is %s', async (_, list) => {
    expect((await readList(list, json)).findings).toMatchObject([{ code: 'LIST_EMPTY', severity: 'fatal' }]);
  });

  it('gives back the texts of any items, however the bytes are cut', async () => {
    const item = fc.dictionary(
      fc.string({ minLength: 1, unit: fc.constantFrom('a', 'b', 'c', '"', '\\', '李') }),
      fc.string({ unit: 'grapheme' }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(item, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 7 }),
        async (items, size) => {
          const { columns, rows, findings } = await readList(JSON.stringify(items, null, 1), json, size);
          expect(findings).toEqual([]);
          expect(
            rows.map(([, ...cells]) =>
              Object.fromEntries(cells.flatMap((cell, index) => (cell === '' ? [] : [[columns[index], cell]]))),
            ),
          ).toEqual(items.map((each) => Object.fromEntries(Object.entries(each).filter(([, text]) => text !== ''))));
        },
      ),
    );
  });
});

describe('a JSONL list', () => {
  const jsonl = { format: 'jsonl' } as const;

  it('numbers rows by line, passes over empty lines and goes on after a broken one', async () => {
    const list = '{"phone":"1"}\r\n\n{"phone":"2"\n[3]\n{"phone":"4","n":{"x":5}}';
    for (const size of [undefined, 1]) {
      const { columns, rows, findings } = await readList(list, jsonl, size);
      expect(columns).toEqual(['phone', 'n.x']);
      expect(rows).toEqual([[1, '1'], [3], [4], [5, '4', '5']]);
      expect(findings).toEqual([
        {
          row: 3,
          column: null,
          code: 'LIST_UNREADABLE',
          severity: 'error',
          value: '{"phone":"2"',
          message: "the line is not valid JSON: expected ',' or '}' after property value",
          hint: 'mend the line, or remove it',
        },
        {
          row: 4,
          column: null,
          code: 'LIST_ROW_NOT_OBJECT',
          severity: 'error',
          value: '[3]',
          message: 'the item is an array, not an object',
          hint: 'write every item as {"column": "value"}',
        },
      ]);
    }
  });

  it('ends at a line that does not, after a bounded text', async () => {
    const { findings } = await readList(`{"a":1}\n[${'{"a":1},'.repeat(200_000)}`, jsonl, 65_536);
    expect(findings).toMatchObject([
      { row: 2, code: 'LIST_UNREADABLE', severity: 'fatal', message: 'the line does not end within 1048576 bytes' },
    ]);
  });
});
