/** The texts of a draft: how variables are written in them, how many there may be, and how long a text is. */
import { type DraftPath, type DraftProblem, draftError, draftWarning } from './draft-problem.ts';
import { countCharacters } from './part-rules.ts';
import { parseTemplateText } from './template-text.ts';

export interface TextRule {
  /** What the text is, in words: `the body`. */
  readonly what: string;
  /** The most characters it may have, or null. */
  readonly longest: number | null;
  /** The most variables it may have: none, one, or any number. */
  readonly variables: 0 | 1 | 'any';
  /** Headers, footers and labels are one line each. */
  readonly oneLine: boolean;
}

export function checkDraftText(text: string, path: DraftPath, rule: TextRule): DraftProblem[] {
  if (text.trim() === '') return [draftError(path, `${rule.what} is blank`, 'write a text, or remove it')];
  return [
    ...variableProblems(text, path, rule),
    ...lengthProblems(text, path, rule),
    ...lineProblems(text, path, rule),
  ];
}

/** The names of the variables of a text, in order, each as often as it stands there. */
export function draftVariables(text: string): readonly string[] {
  return parseTemplateText(text).pieces.flatMap((piece) => (piece.kind === 'variable' ? [piece.name] : []));
}

function variableProblems(text: string, path: DraftPath, { what, variables }: TextRule): DraftProblem[] {
  const names = draftVariables(text);
  const misspelt = misspeltVariables(text, path, what);
  const unusable = names
    .filter((name) => !/^\w+$/.test(name))
    .map((name) => draftError(path, `"$(${name})" is no name for a variable`, 'use letters, digits and underscores'));
  if (variables === 0 && names.length > 0) {
    const [name] = names;
    return [...misspelt, draftError(path, `${what} has the variable "$(${name})"`, `${what} takes none: write it out`)];
  }
  if (variables === 1 && names.length > 1) {
    const message = `${what} has ${names.length} variables, and may have one`;
    return [...misspelt, ...unusable, draftError(path, message, 'keep one, or move the others to the body')];
  }
  return [...misspelt, ...unusable];
}

/** Forms of other services. CAMS refuses digits in braces, and would send any other as it stands. */
const braces = /\{\{\s*([^{}]*?)\s*\}\}/g;

function misspeltVariables(text: string, path: DraftPath, what: string): DraftProblem[] {
  const inBraces = [...text.matchAll(braces)].map(([whole, name = '']) =>
    draftError(path, `${what} has "${whole}"`, `a variable is written $(${name === '' ? 'name' : name})`),
  );
  const empty = /\$\(\s*\)/.test(text)
    ? [draftError(path, `${what} has a variable without a name`, 'write $(name)')]
    : [];
  const [open] = /\$\([^)]*$/.exec(text) ?? [];
  const unclosed =
    open === undefined ? [] : [draftError(path, `${what} has "${open}", which does not close`, 'write $(name)')];
  return [...inBraces, ...empty, ...unclosed];
}

function lengthProblems(text: string, path: DraftPath, { what, longest }: TextRule): DraftProblem[] {
  const length = countCharacters(text);
  if (longest === null || length <= longest) return [];
  const message = `${what} has ${length} characters, and may have ${longest}`;
  return [draftError(path, message, `shorten it by ${length - longest}`)];
}

function lineProblems(text: string, path: DraftPath, { what, oneLine }: TextRule): DraftProblem[] {
  return oneLine && /[\r\n]/.test(text) ? [draftError(path, `${what} has a line break`, 'write it on one line')] : [];
}

/**
 * Places in which the review mostly refuses a variable. Source: copies that other providers keep of Meta's rules, which
 * do not say how strictly they are held.
 */
export function variablePlaceWarnings(text: string, path: DraftPath): DraftProblem[] {
  const { pieces } = parseTemplateText(text.trim());
  const hint = 'put some words around it: the review mostly refuses such a text';
  const first = pieces.at(0);
  const last = pieces.at(-1);
  const neighbours = pieces.find((piece, index) => piece.kind === 'variable' && pieces[index + 1]?.kind === 'variable');
  return [
    ...(first?.kind === 'variable' ? [draftWarning(path, `the text begins with "$(${first.name})"`, hint)] : []),
    ...(last?.kind === 'variable' ? [draftWarning(path, `the text ends with "$(${last.name})"`, hint)] : []),
    ...(neighbours?.kind === 'variable'
      ? [draftWarning(path, `another variable follows "$(${neighbours.name})" at once`, hint)]
      : []),
  ];
}
