/** Checks of what holds other values: the keys of an object, the items of a list. */
import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../json-value.ts';
import { nearest } from '../suggest.ts';
import { type Check, type ContentProblem, itemPath, keyPath, problemAt } from './content-problem.ts';
import { invalid } from './value-checks.ts';

export interface ObjectRule {
  /** Keys that must be there and must not be empty. */
  readonly required?: Readonly<Record<string, Check>>;
  readonly optional?: Readonly<Record<string, Check>>;
  /** Keys that the service refuses, each with why, said after the key: `is not taken with an audio file`. */
  readonly refused?: Readonly<Record<string, string>>;
}

/** An object. A key that no rule names is a warning, since the service may know more than its pages tell. */
export function object({ required = {}, optional = {}, refused = {} }: ObjectRule): Check {
  const needed = Object.entries(required);
  const possible = Object.entries(optional);
  const unwanted = Object.entries(refused).flatMap(([key, why]) =>
    [key, capitalised(key)].map((each) => [each, why] as const),
  );
  const known = [...needed, ...possible].map(([key]) => key);
  const named = new Set([...known, ...unwanted.map(([key]) => key)]);
  return (value, path) => {
    if (!isJsonObject(value)) {
      return [problemAt(path, value, invalid('is not an object', `write the keys beneath it: ${known.join(', ')}`))];
    }
    const strays = Object.keys(value).flatMap((key) => (named.has(key) ? [] : [strayOf(key, value, known)]));
    return [
      ...needed.flatMap(([key, check]) => requiredKey(value, path, key, check, strays)),
      ...possible.flatMap(([key, check]) => optionalKey(value, path, key, check)),
      ...unwanted.flatMap(([key, why]) => refusedKey(value, path, key, why)),
      ...strays.flatMap((stray) => strayKey(value, path, stray, known)),
    ];
  };
}

/** A key that no rule names. */
interface Stray {
  readonly key: string;
  /** The key it is but for a capital letter at its beginning. */
  readonly uncapitalised: string | null;
  /** The key it was most likely meant to be, where that one is not there itself. */
  readonly meant: string | null;
}

function strayOf(key: string, value: JsonObject, known: readonly string[]): Stray {
  const open = known.filter((each) => !Object.hasOwn(value, each));
  const uncapitalised = known.find((each) => capitalised(each) === key) ?? null;
  return { key, uncapitalised, meant: nearest(key, open) };
}

function capitalised(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1);
}

function requiredKey(
  value: JsonObject,
  path: string,
  key: string,
  check: Check,
  strays: readonly Stray[],
): readonly ContentProblem[] {
  const there = Object.hasOwn(value, key) ? value[key] : undefined;
  const at = keyPath(path, key);
  if (there !== undefined) {
    // Of an object with nothing in it, its own check tells what it lacks.
    if (!isEmpty(there) || isJsonObject(there)) return check(there, at);
    return [problemAt(at, there, { code: 'CONTENT_KEY_MISSING', message: 'is empty', hint: 'fill it' })];
  }
  // A capital letter is told at the key that has it.
  if (strays.some(({ uncapitalised }) => uncapitalised === key)) return [];
  const misspelt = strays.find(({ meant }) => meant === key);
  const hint = misspelt === undefined ? `add "${key}"` : `rename "${misspelt.key}" to "${key}"`;
  return [problemAt(at, undefined, { code: 'CONTENT_KEY_MISSING', message: 'is missing', hint })];
}

function optionalKey(value: JsonObject, path: string, key: string, check: Check): readonly ContentProblem[] {
  const there = Object.hasOwn(value, key) ? value[key] : undefined;
  if (there === undefined) return [];
  const at = keyPath(path, key);
  if (there === null) return [problemAt(at, there, invalid('has no value', 'fill it, or remove the key'))];
  return check(there, at);
}

function refusedKey(value: JsonObject, path: string, key: string, why: string): readonly ContentProblem[] {
  if (!Object.hasOwn(value, key)) return [];
  const complaint = { code: 'CONTENT_KEY_REFUSED', message: why, hint: `remove "${key}"` } as const;
  return [problemAt(keyPath(path, key), value[key], complaint)];
}

function strayKey(
  value: JsonObject,
  path: string,
  { key, uncapitalised, meant }: Stray,
  known: readonly string[],
): readonly ContentProblem[] {
  const code = 'CONTENT_KEY_UNKNOWN';
  const at = keyPath(path, key);
  if (uncapitalised !== null) {
    const hint = `write "${uncapitalised}"`;
    return [problemAt(at, value[key], { code, message: 'begins with a capital letter', hint })];
  }
  const hint = meant === null ? `the keys known here: ${known.join(', ')}` : `did you mean "${meant}"?`;
  return [problemAt(at, value[key], { code, severity: 'warning', message: 'is not a known key', hint })];
}

export interface ListRule {
  /** Where it is more than one; that a list is not empty is said by the object around it. */
  readonly least?: number;
  /** Left out where the items are only counted together with those of other lists. */
  readonly most?: number;
  /** What its items are: `buttons`. */
  readonly what: string;
  readonly each: Check;
}

export function list({ least = 1, most = Number.POSITIVE_INFINITY, what, each }: ListRule): Check {
  return (value, path) => {
    if (!isJsonList(value)) return [problemAt(path, value, invalid('is not a list', `write a list of ${what}`))];
    return [
      ...countProblems(value.length, path, { least, most, what }),
      ...value.flatMap((item, index) => each(item, itemPath(path, index))),
    ];
  };
}

/** Where a count is out of bounds; `path` names what was counted. */
export function countProblems(
  count: number,
  path: string,
  { least, most, what }: Required<Omit<ListRule, 'each'>>,
): readonly ContentProblem[] {
  if (count > most) {
    const message = `has ${count} ${what}, and may have ${most}`;
    return [problemAt(path, undefined, { code: 'CONTENT_TOO_MANY', message, hint: `remove ${count - most}` })];
  }
  if (count >= least) return [];
  return [problemAt(path, undefined, invalid(`has ${count} ${what}`, `it takes at least ${least}`))];
}

/** Null, a blank text, and a list or an object with nothing in it. */
export function isEmpty(value: JsonValue): boolean {
  if (value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (isJsonList(value)) return value.length === 0;
  return isJsonObject(value) && Object.keys(value).length === 0;
}

/** A second item that says the same as an earlier one where each must be told apart. Items without the text are passed. */
export function distinct(
  texts: readonly (string | null)[],
  pathOf: (index: number) => string,
): readonly ContentProblem[] {
  const seen = new Set<string>();
  return texts.flatMap((each, index) => {
    if (each === null || each === '') return [];
    if (!seen.has(each)) {
      seen.add(each);
      return [];
    }
    return [problemAt(pathOf(index), each, invalid(`"${each}" stands there twice`, 'give each its own'))];
  });
}
