/** One item of a JSON list: from its text to named cells. Numbers keep the digits they are written with. */
import type { FindingCode } from '../../domain/finding-codes.ts';
import { isForbiddenColumn } from './diagnose-header.ts';
import { JsonTokens } from './json-tokens.ts';

export interface ItemProblem {
  readonly code: FindingCode;
  readonly column: string | null;
  readonly message: string;
  readonly hint: string;
}

export type JsonItem =
  | { readonly kind: 'fields'; readonly fields: ReadonlyMap<string, string>; readonly problems: readonly ItemProblem[] }
  | { readonly kind: 'not-object'; readonly what: string }
  | { readonly kind: 'broken'; readonly why: string };

/**
 * Objects inside objects become dotted names, an array becomes its JSON text, null becomes an empty cell.
 * `JSON.parse` judges the text; it is then read a second time for what the parsed value has lost: a key written twice and
 * the digits of large numbers.
 */
export function parseJsonItem(text: string): JsonItem {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { kind: 'broken', why: explainSyntaxError(error) };
  }
  if (value === null) return { kind: 'not-object', what: 'null' };
  if (Array.isArray(value)) return { kind: 'not-object', what: 'an array' };
  if (typeof value !== 'object') return { kind: 'not-object', what: `a ${typeof value}` };
  return readFields(new JsonTokens(text));
}

/** The engine's reason without its copy of the text, which holds people's numbers. */
export function explainSyntaxError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const reason = /^(Unexpected token '.*?'|[^"]+?)(?:, (?:"|\.{3})| in JSON| JSON input|$)/su.exec(message)?.[1];
  return reason === undefined ? 'it is no value' : reason.charAt(0).toLowerCase() + reason.slice(1);
}

/** Walks the tokens of an object that is known to be valid JSON. */
function readFields(tokens: JsonTokens): JsonItem {
  const fields = new Map<string, string>();
  const problems: ItemProblem[] = [];
  const path: string[] = [];
  let key: string | null = null;

  function add(name: string, cell: string): void {
    const problem = fields.has(name) ? writtenTwice(name) : (diagnoseName(name) ?? diagnoseText(name, cell));
    if (problem !== null) problems.push(problem);
    if (problem === null || problem.code === 'LIST_ENCODING') fields.set(name, cell.toWellFormed());
  }

  tokens.next();
  for (let depth = 1; depth > 0; ) {
    const word = tokens.next();
    if (word === '}') {
      depth -= 1;
      path.pop();
    } else if (word === ',' || word === ':') {
      // only commas and colons that stand between members come here: an array is taken whole
    } else if (key === null) {
      key = textOf(word);
    } else if (word === '{') {
      depth += 1;
      path.push(key);
      key = null;
    } else {
      add([...path, key].join('.'), cellOf(word, tokens));
      key = null;
    }
  }
  return { kind: 'fields', fields, problems };
}

function cellOf(word: string, tokens: JsonTokens): string {
  if (word === 'null') return '';
  if (word.startsWith('"')) return textOf(word);
  if (word !== '[') return word;
  const parts = [word];
  for (let depth = 1; depth > 0; ) {
    const part = tokens.next();
    if (part === '[') depth += 1;
    if (part === ']') depth -= 1;
    parts.push(part);
  }
  return parts.join('');
}

function textOf(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
}

function writtenTwice(name: string): ItemProblem {
  return {
    code: 'LIST_HEADER_DUPLICATE',
    column: name,
    message: `the item has "${name}" twice`,
    hint: 'remove one of them',
  };
}

function diagnoseName(name: string): ItemProblem | null {
  if (name.trim() === '') {
    return {
      code: 'LIST_HEADER_EMPTY',
      column: null,
      message: 'the item has a key without a name',
      hint: 'name the key',
    };
  }
  if (!isForbiddenColumn(name)) return null;
  const message = `the item has the key "${name}", which cannot be used safely`;
  return { code: 'LIST_HEADER_FORBIDDEN', column: name, message, hint: 'rename the key' };
}

function diagnoseText(name: string, cell: string): ItemProblem | null {
  if (cell.isWellFormed()) return null;
  return {
    code: 'LIST_ENCODING',
    column: name,
    message: 'the value has half of a \\u character pair',
    hint: 'write both halves, or the character itself',
  };
}
