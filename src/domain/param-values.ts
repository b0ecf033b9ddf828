/** What WhatsApp refuses inside of a variable, wherever the variable stands. */
import type { FindingCode } from './finding-codes.ts';

export interface ParamProblem {
  readonly code: Extract<FindingCode, 'PARAM_LINE_BREAK' | 'PARAM_TAB' | 'PARAM_BLANKS' | 'PARAM_CONTROL_CHARACTER'>;
  /** What the value has, to be said after its name. */
  readonly message: string;
  readonly hint: string;
}

/** Anything that one of the rules below refuses: nearly all values pass this one test and no other. */
const suspicious = /[\p{Cc}\u2028\u2029]|\p{Zs}{5}/u;

const rules: readonly { readonly pattern: RegExp; readonly problem: ParamProblem }[] = [
  {
    pattern: /[\n\v\f\r\u0085\u2028\u2029]/,
    problem: { code: 'PARAM_LINE_BREAK', message: 'has a line break', hint: 'put the text on one line' },
  },
  {
    pattern: /\t/,
    problem: { code: 'PARAM_TAB', message: 'has a tab', hint: 'replace the tab by a blank' },
  },
  {
    pattern: /\p{Zs}{5}/u,
    problem: { code: 'PARAM_BLANKS', message: 'has more than four blanks in a row', hint: 'collapse the blanks' },
  },
  {
    // Every control character but those that the rules above name. An unpaired surrogate cannot be sent as UTF-8 either.
    pattern: /[^\P{Cc}\t\n\v\f\r\u0085]|\p{Cs}/u,
    problem: { code: 'PARAM_CONTROL_CHARACTER', message: 'has a control character', hint: 'remove it' },
  },
];

/**
 * The rules that a value breaks, in a fixed order; none for nearly every value. No line break, no tab, no more than four
 * blanks in a row: WhatsApp error 132018. Every kind of blank counts, as a no-break space is one to its reader.
 */
export function paramProblems(value: string): readonly ParamProblem[] {
  if (!suspicious.test(value) && value.isWellFormed()) return [];
  return rules.filter((rule) => rule.pattern.test(value)).map((rule) => rule.problem);
}
