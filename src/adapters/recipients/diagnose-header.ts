/** What is wrong with the names of the columns. A list with such a header cannot go as a whole. */
import type { Finding } from '../../domain/finding.ts';
import type { FindingCode } from '../../domain/finding-codes.ts';

/** Names that would reach into the machinery of JavaScript objects, alone or as a step of a dotted name. */
const forbidden: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export function isForbiddenColumn(name: string): boolean {
  return forbidden.has(name.trim()) || name.split('.').some((step) => forbidden.has(step.trim()));
}

/** Names that differ only in case or inner blanks are left to the matching of columns, which can say what is ambiguous. */
export function diagnoseHeader(row: number, names: readonly string[]): Finding[] {
  const findings: Finding[] = [];
  const firstAt = new Map<string, number>();
  const find = (code: FindingCode, name: string, message: string, hint: string) =>
    findings.push({ row, column: name === '' ? null : name, code, severity: 'fatal', value: name, message, hint });
  names.forEach((written, index) => {
    const name = written.trim();
    const letters = columnLetters(index);
    const earlier = firstAt.get(name);
    if (name === '') {
      find('LIST_HEADER_EMPTY', written, `column ${letters} has no name`, 'name the column, or delete it');
    } else if (isForbiddenColumn(name)) {
      const message = `column ${letters} has the name "${name}", which cannot be used safely`;
      find('LIST_HEADER_FORBIDDEN', written, message, 'rename the column');
    } else if (earlier !== undefined) {
      const message = `columns ${columnLetters(earlier)} and ${letters} are both named "${name}"`;
      find('LIST_HEADER_DUPLICATE', written, message, 'rename one of them');
    } else {
      firstAt.set(name, index);
    }
  });
  return findings;
}

/** The letters that a spreadsheet shows above the column: A to Z, then AA. */
export function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last;
}
