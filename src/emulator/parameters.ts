/** The parameters of one request, from wherever they came: the official SDKs disagree on query or form. */
import { parse } from 'node:querystring';

export class Parameters {
  readonly #texts: ReadonlyMap<string, string>;
  /** What has been parsed as JSON, by name. */
  readonly #values = new Map<string, unknown>();

  private constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts;
  }

  /**
   * `query` without its question mark; `form` is the body where it is a form, otherwise empty. A name in both is taken from the
   * form, and of a repeated one the last.
   */
  static read(query: string, form: string): Parameters {
    const texts = new Map<string, string>();
    for (const source of [query, form]) {
      for (const [name, value = ''] of Object.entries(parse(source))) {
        texts.set(name, typeof value === 'string' ? value : (value.at(-1) ?? ''));
      }
    }
    return new Parameters(texts);
  }

  /** The same with these in place of those of the same names. */
  with(texts: Iterable<readonly [name: string, text: string]>): Parameters {
    return new Parameters(new Map([...this.#texts, ...texts]));
  }

  /** Empty when it is absent, as the service sees it. */
  text(name: string): string {
    return this.#texts.get(name) ?? '';
  }

  /** The parameter as JSON: `undefined` when it is absent, null when it is no JSON. */
  json(name: string): unknown {
    if (!this.#values.has(name)) this.#values.set(name, parseJson(this.text(name)));
    return this.#values.get(name);
  }

  /** Those that say something. */
  entries(): readonly (readonly [name: string, text: string])[] {
    return [...this.#texts].filter(([, text]) => text !== '');
  }
}

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
