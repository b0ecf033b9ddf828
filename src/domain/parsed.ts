/** What reading an operator's text gave: a value, or a mistake to show beside its place. Never an exception. */
export type Parsed<T> =
  | { readonly kind: 'value'; readonly value: T }
  /** `message` is lower case and quotes the text; `hint` says the fix. */
  | { readonly kind: 'mistake'; readonly message: string; readonly hint: string };

export function parsedValue<T>(value: T): Parsed<T> {
  return { kind: 'value', value };
}

export function parsedMistake(message: string, hint: string): Parsed<never> {
  return { kind: 'mistake', message, hint };
}
