/**
 * Reads a table by a word from outside: a file, a cell, an answer of a service. Plain indexing would find `constructor` and
 * `toString` in every object.
 */
export function ownValue<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
