/**
 * One group of fields of a file while it is read. It hands out its fields by name, notes what is wrong with them, and
 * knows in the end which fields nobody asked for.
 */
import { type Parsed, parsedMistake, parsedValue } from '../../domain/parsed.ts';
import { didYouMean } from '../../domain/suggest.ts';
import { isFields, type RawFields, type RawValue } from '../campaign-flags.ts';

export type FileField = readonly (string | number)[];

/** Where mistakes go. `at` says whether the name of the field or its value is meant. */
export interface MistakeSink {
  note(path: FileField, at: 'field' | 'value', message: string, hint: string): void;
}

export class FieldGroup {
  readonly path: FileField;
  readonly #fields: RawFields;
  readonly #sink: MistakeSink;
  readonly #asked: string[] = [];

  constructor(fields: RawFields, path: FileField, sink: MistakeSink) {
    this.#fields = fields;
    this.path = path;
    this.#sink = sink;
  }

  has(name: string): boolean {
    this.#asked.push(name);
    return Object.hasOwn(this.#fields, name);
  }

  /** A text as it stands, or null where it is absent or something else. A block's last line break is not part of it. */
  text(name: string): string | null {
    const value = this.#value(name);
    if (value === undefined) return null;
    if (typeof value === 'string') return value.replace(/\r?\n$/, '');
    this.#wrongKind(name, value, 'one text');
    return null;
  }

  /** As `text`, for a field that has to be there; `example` is a value for it. */
  requiredText(name: string, example: string): string {
    const there = this.has(name);
    const value = this.text(name);
    if (!there) this.mistake(null, `"${this.#pathText(name)}" is missing`, `add ${name}: ${example}`);
    return value ?? '';
  }

  parsed<T>(name: string, parse: (text: string) => Parsed<T>): T | null {
    const text = this.text(name);
    if (text === null) return null;
    const result = parse(text);
    if (result.kind === 'value') return result.value;
    this.mistake(name, result.message, result.hint);
    return null;
  }

  flag(name: string): boolean | null {
    return this.parsed(name, (text) => {
      if (text === 'true' || text === 'false') return parsedValue(text === 'true');
      return parsedMistake(`"${text}" is neither true nor false`, 'write true or false');
    });
  }

  /** One of several words, whatever their case. */
  word<Word extends string>(name: string, words: readonly Word[]): Word | null {
    return this.parsed(name, (text) => {
      const word = words.find((candidate) => candidate.toLowerCase() === text.trim().toLowerCase());
      if (word !== undefined) return parsedValue(word);
      return parsedMistake(`"${text}" is none of ${words.join(', ')}`, didYouMean(text, words) ?? `write ${words[0]}`);
    });
  }

  group(name: string): FieldGroup | null {
    const value = this.#value(name);
    if (value === undefined) return null;
    if (isFields(value)) return new FieldGroup(value, [...this.path, name], this.#sink);
    this.#wrongKind(name, value, 'a group of fields');
    return null;
  }

  /** A field that is one text in its short form, and a group of fields otherwise. */
  textOrGroup(name: string): string | FieldGroup | null {
    const value = Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined;
    return isFields(value) ? this.group(name) : this.text(name);
  }

  /** The groups of a list; empty where it is absent. */
  groups(name: string): readonly FieldGroup[] {
    const value = this.#value(name);
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.#wrongKind(name, value, 'a list');
      return [];
    }
    return value.flatMap((item: RawValue, index) => {
      if (isFields(item)) return [new FieldGroup(item, [...this.path, name, index], this.#sink)];
      this.#sink.note([...this.path, name, index], 'value', 'this is no group of fields', 'write - type: …');
      return [];
    });
  }

  names(): readonly string[] {
    return Object.keys(this.#fields);
  }

  /** `name` is the field whose value is wrong, or null for the group itself. */
  mistake(name: string | null, message: string, hint: string): void {
    if (name === null) this.#sink.note(this.path, 'field', message, hint);
    else this.#sink.note([...this.path, name], 'value', message, hint);
  }

  /** To be called once everything was asked for: whatever is left over is unknown. */
  end(what: string): void {
    const known = [...new Set(this.#asked)];
    for (const name of this.names().filter((candidate) => !known.includes(candidate))) {
      const hint = didYouMean(name, known) ?? `it has: ${known.join(', ')}`;
      this.#sink.note([...this.path, name], 'field', `no field "${name}" in ${what}`, hint);
    }
  }

  /** Undefined where the field is absent, or has no value, which is a mistake. */
  #value(name: string): Exclude<RawValue, null> | undefined {
    if (!this.has(name)) return undefined;
    const value = this.#fields[name];
    if (value !== null) return value;
    const hint = 'write a value, or remove the line';
    this.#sink.note([...this.path, name], 'field', `"${this.#pathText(name)}" has no value`, hint);
    return undefined;
  }

  #wrongKind(name: string, value: RawValue, wanted: string): void {
    const written = typeof value === 'string' ? `"${value}"` : Array.isArray(value) ? 'a list' : 'a group of fields';
    this.mistake(name, `"${this.#pathText(name)}" is ${wanted}, not ${written}`, `write ${wanted}`);
  }

  #pathText(name: string): string {
    return [...this.path, name].map((field) => (typeof field === 'number' ? field + 1 : field)).join('.');
  }
}
