/** Reads the filled texts of a row as the fields of its request. */
import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from './json-value.ts';
import { parseDuration } from './parse-duration.ts';
import type { FlowAction, ProductAction, RequestField, RequestFields, SmsFallback } from './request-fields.ts';

export interface RequestProblem {
  /** Such as `request.smsFallback.duration`. */
  readonly path: string;
  readonly value: string | null;
  readonly message: string;
  readonly hint: string;
}

export interface ReadRequest {
  readonly fields: RequestFields;
  readonly problems: readonly RequestProblem[];
}

/** What is blank, or a group of nothing but blanks, means that the row has no such field. */
export function readRequest(filled: Readonly<Partial<Record<RequestField, JsonValue>>>): ReadRequest {
  const problems: RequestProblem[] = [];
  const fields: { -readonly [Field in RequestField]?: RequestFields[Field] | undefined } = {};
  const at = (field: RequestField) => new FieldReader(`request.${field}`, filled[field] ?? '', problems);
  fields.payload = at('payload').texts();
  fields.productAction = at('productAction').group(readProductAction);
  fields.flowAction = at('flowAction').group(readFlowAction);
  fields.contextMessageId = at('contextMessageId').text();
  fields.taskId = at('taskId').text();
  fields.smsFallback = at('smsFallback').group(readSmsFallback);
  fields.label = at('label').oneOf(['promotion', 'transaction']);
  fields.ttl = at('ttl').seconds(30, 1_209_600);
  fields.tag = at('tag').text();
  fields.trackingData = at('trackingData').text();
  fields.recipientType = at('recipientType').oneOf(['individual', 'group']);
  fields.category = at('category').oneOf(['UTILITY', 'MARKETING', 'AUTHENTICATION']);
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  // Each value was read as its own field above; what is left out are those without one.
  return { fields: Object.fromEntries(given) as RequestFields, problems };
}

/** Source: 10 sections and 30 products at most, of the ProductAction field. */
const mostSections = 10;
const mostProducts = 30;

function readProductAction(group: GroupReader): ProductAction {
  const sections = group.at('sections').groups((section) => ({
    title: section.at('title').required(),
    productItems: section.at('productItems').groups((item) => ({
      productRetailerId: item.at('productRetailerId').required(),
    })),
  }));
  const products = sections.reduce((sum, { productItems }) => sum + productItems.length, 0);
  if (sections.length > mostSections) {
    group.at('sections').fail(`has ${sections.length} sections`, `keep ${mostSections} at most`);
  }
  if (products > mostProducts) group.at('sections').fail(`has ${products} products`, `keep ${mostProducts} at most`);
  return { thumbnailProductRetailerId: group.at('thumbnailProductRetailerId').required(), sections };
}

function readFlowAction(group: GroupReader): FlowAction {
  return {
    flowToken: group.at('flowToken').text() ?? null,
    flowActionData: group.at('flowActionData').object() ?? null,
  };
}

function readSmsFallback(group: GroupReader): SmsFallback {
  return {
    id: group.at('id').required(),
    content: group.at('content').text() ?? null,
    durationSeconds: group.at('duration').seconds(60, 43_200) ?? null,
    rule: group.at('rule').oneOf(['undelivered', 'sentFailed']) ?? null,
  };
}

/** The fields inside a group, and which of them were asked for. */
class GroupReader {
  readonly #path: string;
  readonly #fields: JsonObject;
  readonly #problems: RequestProblem[];
  readonly #known = new Set<string>();

  constructor(path: string, fields: JsonObject, problems: RequestProblem[]) {
    this.#path = path;
    this.#fields = fields;
    this.#problems = problems;
  }

  at(field: string): FieldReader {
    this.#known.add(field);
    return new FieldReader(`${this.#path}.${field}`, this.#fields[field] ?? '', this.#problems);
  }

  refuseOthers(): void {
    for (const field of Object.keys(this.#fields)) {
      if (this.#known.has(field)) continue;
      const hint = `it has: ${[...this.#known].join(', ')}`;
      this.#problems.push({ path: `${this.#path}.${field}`, value: null, message: 'is no field of it', hint });
    }
  }
}

/** One value, read as what it has to be. `undefined` where it is empty, or wrong and told. */
class FieldReader {
  readonly #path: string;
  readonly #value: JsonValue;
  readonly #problems: RequestProblem[];

  constructor(path: string, value: JsonValue, problems: RequestProblem[]) {
    this.#path = path;
    this.#value = value;
    this.#problems = problems;
  }

  fail(message: string, hint: string): undefined {
    const value = typeof this.#value === 'string' ? this.#value : null;
    this.#problems.push({ path: this.#path, value, message, hint });
  }

  text(): string | undefined {
    if (typeof this.#value === 'object') return this.fail('is not a text', 'write one text');
    const text = String(this.#value).trim();
    return text === '' ? undefined : text;
  }

  required(): string {
    const text = this.text();
    if (text === undefined && typeof this.#value !== 'object') this.fail('is empty', 'fill it');
    return text ?? '';
  }

  texts(): readonly string[] | undefined {
    if (isBlank(this.#value)) return undefined;
    if (!isJsonList(this.#value) || this.#value.some((item) => typeof item !== 'string')) {
      return this.fail('is not a list of texts', 'write one text for each button: ["yes", "no"]');
    }
    return this.#value.map(String);
  }

  oneOf<const Word extends string>(words: readonly Word[]): Word | undefined {
    const text = this.text();
    if (text === undefined) return undefined;
    const word = words.find((known) => known.toLowerCase() === text.toLowerCase());
    return word ?? this.fail(`is none of ${words.join(', ')}`, `write one of ${words.join(', ')}`);
  }

  /** Plain digits are seconds; a unit may follow. */
  seconds(least: number, most: number): number | undefined {
    const text = this.text();
    if (text === undefined) return undefined;
    const parsed = parseDuration(/^\d+$/.test(text) ? `${text}s` : text);
    const seconds = parsed.kind === 'value' ? parsed.value / 1_000 : Number.NaN;
    if (Number.isInteger(seconds) && seconds >= least && seconds <= most) return seconds;
    return this.fail(`is not a time of ${least} to ${most} seconds`, 'write seconds, or a time such as 10m');
  }

  object(): JsonObject | undefined {
    if (isBlank(this.#value)) return undefined;
    return isJsonObject(this.#value) ? this.#value : this.fail('is not a group of fields', 'write its fields below it');
  }

  group<T>(read: (group: GroupReader) => T): T | undefined {
    const object = this.object();
    if (object === undefined) return undefined;
    const reader = new GroupReader(this.#path, object, this.#problems);
    const value = read(reader);
    reader.refuseOthers();
    return value;
  }

  groups<T>(read: (group: GroupReader) => T): readonly T[] {
    if (!isJsonList(this.#value) || this.#value.length === 0) {
      this.fail('is not a list', 'write one item a line, each after a dash');
      return [];
    }
    return this.#value.flatMap((item, index) => {
      const reader = new FieldReader(`${this.#path}[${index}]`, item, this.#problems);
      if (isBlank(item)) reader.fail('is empty', 'fill it, or remove the item');
      const value = reader.group(read);
      return value === undefined ? [] : [value];
    });
  }
}

function isBlank(value: JsonValue): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return value === null || (typeof value === 'object' && Object.values(value).every(isBlank));
}
