import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLiquidCompiler } from '../../src/domain/liquid-text.ts';

const liquid = createLiquidCompiler(Date.UTC(2026, 0, 2));
const columns = ['First Name', 'ship_date', 'order.id', 'note', 'order', 'Note '];

function compile(text: string, names = columns) {
  const compilation = liquid.compile(text, names);
  if (compilation.kind === 'invalid') throw new Error(compilation.message);
  return compilation.text;
}

function render(text: string, cells = ['Ann', '2026-11-21 10:00', 'A-1', '', '7', 'x']): string {
  return compile(text).render(cells);
}

function refusal(text: string, names = columns) {
  const compilation = liquid.compile(text, names);
  return compilation.kind === 'invalid' ? compilation : null;
}

describe('a Liquid text', () => {
  it.each([
    ['Dear {{ first_name }}', 'Dear Ann'],
    ['{{ First_Name | upcase }}', 'ANN'],
    ['{{ ["First Name"] }}', 'Ann'],
    ['{{ order.id }}', 'A-1'],
    ['{{ order }} {{ ["order.id"] }}', '7 A-1'],
    ['{{ note | default: "friend" }}', 'friend'],
    ['{% if note %}yes{% else %}no{% endif %}', 'no'],
    ["{{ ship_date | date: '%-d %b, %H:%M' }}", '21 Nov, 10:00'],
    ['{{ ship_date | date }}', '2026-11-21'],
    ["{{ 'now' | date }}", '2026-01-02'],
    ["{{ note | date: '%Y' }}", ''],
    ['{{ first_name.size }}', '3'],
    ['{% assign short = first_name | slice: 0 %}{{ short }}.', 'A.'],
    ['{% for i in (1..3) %}{{ i }}{% endfor %}', '123'],
    ['no column', 'no column'],
    ['{{ order | times: 2 }}', '14'],
  ])('renders %s as %s', (text, rendered) => {
    expect(render(text)).toBe(rendered);
  });

  it('gives a plain column back as it stands in the cell, save for outer blanks', () => {
    const text = compile('{{ value }}', ['value']);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (cell) => {
        expect(text.render([cell])).toBe(cell.trim());
      }),
    );
  });

  it('tells the columns it reads', () => {
    expect(compile('{{ note | default: first_name }} {{ note }}').columns.toSorted()).toEqual([0, 3]);
  });

  it.each([
    ['{{ first_nme }}', 'the list has no column "first_nme"', 'first_nme'],
    ['{{ order.idd }}', 'the list has no column "order.idd"', 'order.idd'],
    ['{{ first_name.constructor }}', 'the list has no column "first_name.constructor"', 'first_name.constructor'],
    ['{{ NOTE }}', '"NOTE" fits several columns', null],
    ['{{ note', 'output "{{ note" not closed', null],
    ['{{ note | shout }}', 'undefined filter: shout', null],
    ['{{ note | sample }}', 'undefined filter: sample', null],
    ['{{ ship_date | date_to_string }}', 'undefined filter: date_to_string', null],
    ['{% include "secret" %}', 'tag "include" not found', null],
    ['{% render "secret" %}', 'tag "render" not found', null],
    ['{% layout "secret" %}', 'tag "layout" not found', null],
    ['{{ note[order] }}', 'a column is chosen by the value of another', null],
    ['{{ order }}{{ order.id }}', '"order" is both a column and the beginning of other columns', null],
  ])('is refused before any row: %s', (text, message, unknownColumn) => {
    expect(refusal(text)).toMatchObject({ message, unknownColumn });
  });

  it.each(['__proto__', 'constructor', 'toString'])('reads a column called %s', (name) => {
    expect(compile(`{{ ${name} }}, {{ x.${name} }}`, [name, `x.${name}`]).render(['one', 'two'])).toBe('one, two');
  });

  it('suggests the column that was meant', () => {
    expect(refusal('{{ shipdate }}', ['phone', 'ship_date'])?.hint).toBe(
      'did you mean "ship_date"? the list has: phone, ship_date',
    );
  });

  it.each([
    ["{{ first_name | date: '%Y' }}", '"Ann" is not a date such as 2026-11-21 or 2026-11-21 10:00'],
    ["{{ ship_date | date: '%E' }}", '"%E" is not known in a date format'],
    [
      "{{ ship_date | date: '%Y', 'Asia/Tokyo' }}",
      'date takes a format and nothing else: it shows a date as the cell has it',
    ],
    ['{% for i in (1..100000000) %}x{% endfor %}', 'memory alloc limit exceeded'],
  ])('cannot render %s', (text, message) => {
    expect(() => render(text)).toThrow(message);
  });

  it('shows a date as the cell has it in every time zone, also where that zone skips the hour', () => {
    const script = fileURLToPath(new URL('render-dates.ts', import.meta.url));
    const outputs = ['America/Los_Angeles', 'Asia/Shanghai', 'UTC'].map((zone) =>
      execFileSync(process.execPath, [script], { env: { ...process.env, TZ: zone }, encoding: 'utf8' }),
    );
    const expected = '21 Nov 2026 00:00 +0000\n08 Mar 2026 02:30 +0000\n21 Nov 2026 23:59 +0800\n';
    expect(outputs).toEqual([expected, expected, expected]);
  });
});
