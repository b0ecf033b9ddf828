/** Checks of single values: texts, numbers, words out of a choice. */
import type { JsonValue } from '../json-value.ts';
import { countCharacters } from '../part-rules.ts';
import { didYouMean } from '../suggest.ts';
import { type Check, type Complaint, problemAt } from './content-problem.ts';

export interface TextRule {
  /** The most it may have, counted in `unit`. */
  readonly longest?: number;
  /** `characters` are code points; `bytes` those of its UTF-8. */
  readonly unit?: 'characters' | 'bytes';
  /** How sure `longest` is: a limit that only other providers tell is a warning. */
  readonly severity?: 'error' | 'warning';
  /** What is wrong with its form, or null. Not asked for an empty text. */
  readonly form?: (text: string) => Complaint | null;
}

/** A text. An empty one has neither length nor form: where it must not be empty, the object around it says so. */
export function text(rule: TextRule = {}): Check {
  return (value, path) => {
    if (typeof value !== 'string') return [problemAt(path, value, notText(value))];
    if (value === '') return [];
    const complaints = [lengthComplaint(value, rule), rule.form?.(value) ?? null];
    return complaints.flatMap((complaint) => (complaint === null ? [] : [problemAt(path, value, complaint)]));
  };
}

function notText(value: JsonValue): Complaint {
  const plain = typeof value === 'number' || typeof value === 'boolean';
  return invalid('is not a text', plain ? `put it in quotes: "${value}"` : 'write a text');
}

function lengthComplaint(value: string, { longest, unit = 'characters', severity }: TextRule): Complaint | null {
  if (longest === undefined) return null;
  const length = unit === 'bytes' ? new TextEncoder().encode(value).length : countCharacters(value);
  if (length <= longest) return null;
  const message = `has ${length} ${unit}, and may have ${longest}`;
  const hint = `shorten it by ${length - longest}`;
  return { code: 'CONTENT_TOO_LONG', message, hint, ...(severity && { severity }) };
}

export interface NumberRule {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
  /** What it counts, for the messages: `seconds`. Empty where it has no unit. */
  readonly unit: string;
}

/** A number, or the text of one: a cell of a list is always a text, and Meta's own samples write coordinates as texts. */
export function number({ least, most, whole, unit }: NumberRule): Check {
  const range = `from ${least} to ${most}${unit === '' ? '' : ` ${unit}`}`;
  return (value, path) => {
    const read = readNumber(value);
    const hint = `give a ${whole ? 'whole ' : ''}number ${range}`;
    if (read === null) return [problemAt(path, value, invalid(`${quoted(value)} is not a number`, hint))];
    if (whole && !Number.isInteger(read)) {
      return [problemAt(path, value, invalid(`${quoted(value)} is not a whole number`, hint))];
    }
    if (read >= least && read <= most) return [];
    return [problemAt(path, value, invalid(`${quoted(value)} is not ${range}`, hint))];
  };
}

/** The number that a value is or writes, or null. */
export function readNumber(value: JsonValue | undefined): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'string' && /^[+-]?\d+(?:\.\d+)?$/.test(value.trim()) ? Number(value) : null;
}

/** One word out of a few; `fold` reads it without regard to case. */
export function oneOf(words: readonly string[], { fold = false }: { readonly fold?: boolean } = {}): Check {
  return (value, path) => {
    if (typeof value !== 'string') return [problemAt(path, value, notText(value))];
    if (words.includes(fold ? value.toLowerCase() : value)) return [];
    const hint = didYouMean(value, words) ?? `it may be: ${words.join(', ')}`;
    return [problemAt(path, value, invalid(`${quoted(value)} is not one of its words`, hint))];
  };
}

/** A word that stands as it is or not at all. */
export function fixed(word: string): Check {
  return (value, path) =>
    value === word ? [] : [problemAt(path, value, invalid(`is ${quoted(value)}`, `write "${word}"`))];
}

export const flag: Check = (value, path) =>
  typeof value === 'boolean'
    ? []
    : [problemAt(path, value, invalid('is neither true nor false', 'write true or false'))];

/** A value that is handed on as it is. */
export const anything: Check = () => [];

/** Every check in turn. */
export function all(...checks: readonly Check[]): Check {
  return (value, path) => checks.flatMap((check) => check(value, path));
}

export function invalid(message: string, hint: string): Complaint {
  return { code: 'CONTENT_VALUE_INVALID', message, hint };
}

export function doubtful(message: string, hint: string): Complaint {
  return { ...invalid(message, hint), severity: 'warning' };
}

export function quoted(value: JsonValue): string {
  return typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
}
