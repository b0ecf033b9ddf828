/** The parameters of one request, from wherever they came: the official SDKs disagree on query or form. */
import { type ParsedUrlQuery, parse } from 'node:querystring';

export class Parameters {
  readonly #query: ParsedUrlQuery;
  readonly #form: ParsedUrlQuery;

  /** `query` without its question mark; `form` is the body where it is a form, otherwise empty. */
  constructor(query: string, form: string) {
    this.#query = parse(query);
    this.#form = parse(form);
  }

  /** The form before the query, the last where a name is repeated; empty when it is absent, as the service sees it. */
  text(name: string): string {
    const value = this.#form[name] ?? this.#query[name] ?? '';
    return typeof value === 'string' ? value : (value.at(-1) ?? '');
  }

  /** The parameter as JSON: `undefined` when it is absent, null when it is no JSON. */
  json(name: string): unknown {
    const text = this.text(name);
    if (text === '') return undefined;
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  }
}
