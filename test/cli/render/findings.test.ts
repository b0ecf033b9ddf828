import { describe, expect, it } from 'vitest';
import { renderFindings } from '../../../src/cli/render/findings.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import type { FindingGroup } from '../../../src/domain/plan-store.ts';

function finding(changes: Partial<Finding>): Finding {
  return {
    row: 2,
    column: 'name',
    code: 'PARAM_MISSING',
    severity: 'error',
    value: '',
    message: '"name" is empty',
    hint: null,
    ...changes,
  };
}

function group(count: number, ...first: readonly Finding[]): FindingGroup {
  const { code, severity } = first[0] ?? finding({});
  return { code, severity, count, first };
}

describe('renderFindings', () => {
  it('shows the gravest and largest group first, each with its first cells, its count and its fix', () => {
    const groups = [
      group(
        1,
        finding({
          code: 'COLUMN_UNUSED',
          severity: 'info',
          row: null,
          column: 'notes',
          value: null,
          message: 'nothing uses this column',
        }),
      ),
      group(1, finding({ code: 'PARAM_TAB', row: 9, value: 'a\tb', message: 'has a tab' })),
      group(42, finding({ row: 17 }), finding({ row: 1218, column: '姓名', value: '  ', message: 'only blanks' })),
    ];
    expect(renderFindings(groups, { width: 80 })).toBe(`error  PARAM_MISSING  42
  row 17    name  ""    "name" is empty
  row 1218  姓名  "  "  only blanks
  … and 40 more
  fix: Fill the cell, or give a default: {{ column | default: "…" }}.

error  PARAM_TAB  1
  row 9  name  "a    b"  has a tab
  fix: Replace the tab by a blank.

info  COLUMN_UNUSED  1
  notes  nothing uses this column
  fix: Nothing to do, unless a variable was meant to come from it.`);
  });

  it('goes on below itself where a message does not fit', () => {
    const long = finding({ message: 'this value is much too long for the part of the template it stands in' });
    expect(renderFindings([group(1, long)], { width: 50 })).toBe(`error  PARAM_MISSING  1
  row 2  name  ""  this value is much too long for
                   the part of the template it
                   stands in
  fix: Fill the cell, or give a default: {{ column
       | default: "…" }}.`);
  });

  it('prefers the hint of the findings to the general fix where they agree on it', () => {
    const hinted = finding({ hint: 'did you mean "first_name"?' });
    expect(
      renderFindings([group(1, hinted)], { width: 80 })
        .split('\n')
        .at(-1),
    ).toBe('  fix: did you mean "first_name"?');
    const others = renderFindings([group(2, hinted, finding({ hint: 'another' }))], { width: 80 });
    expect(others.split('\n').at(-1)).toBe('  fix: Fill the cell, or give a default: {{ column | default: "…" }}.');
  });

  it('masks telephone numbers in findings about addresses, and leaves the example of the hint', () => {
    const wrong = finding({
      code: 'ADDRESS_INVALID',
      column: 'phone',
      value: '+86 138 0000 1234',
      message: '"+86 138 0000 1234" cannot exist',
      hint: 'write it as 8613800000000',
    });
    expect(renderFindings([group(1, wrong)], { width: 80 })).toBe(`error  ADDRESS_INVALID  1
  row 2  phone  "+86138****1234"  "+86138****1234" cannot exist
  fix: write it as 8613800000000`);
  });

  it('shortens long values and keeps them from steering the terminal', () => {
    const long = finding({ value: `\u001B[2J${'x'.repeat(40)}`, message: 'too long' });
    expect(renderFindings([group(1, long)], { width: 80 }).split('\n')[1]).toBe(
      '  row 2  name  "␛[2Jxxxxxxxxxxxxxxxxxxx…"  too long',
    );
  });

  it('colours by severity where there is colour', () => {
    expect(renderFindings([group(1, finding({}))], { width: 80, colour: true }).split('\n')[0]).toBe(
      '\u001B[31merror\u001B[39m  \u001B[1mPARAM_MISSING\u001B[22m  1',
    );
  });

  it('renders no findings as nothing', () => {
    expect(renderFindings([], { width: 80 })).toBe('');
  });
});
