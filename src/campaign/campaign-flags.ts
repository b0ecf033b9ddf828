/**
 * Campaign flags laid over a campaign file. Both are texts in the same tree, so both are read by the same schema and
 * mean the same; this module only knows which flag stands for which field.
 */

/** A campaign as it is written: texts in groups of fields, unchecked. Null is a field without a value. */
export type RawValue = string | null | readonly RawValue[] | RawFields;
export interface RawFields {
  readonly [field: string]: RawValue;
}

/** Fields from the top of a campaign down to one of them. */
export type FieldPath = readonly PropertyKey[];

/** What the operator gave on the command line, as written. */
export interface CampaignFlags {
  readonly name?: string;
  readonly channel?: string;
  readonly from?: string;
  /** Of text messages, without its brackets. */
  readonly sign?: string;
  readonly template?: string;
  /** With `languageColumn`, the language of rows whose cell is empty. */
  readonly language?: string;
  readonly languageColumn?: string;
  /** By variable: a column name, or a Liquid text. */
  readonly param?: Readonly<Record<string, string>>;
  /** By variable: a text, even where it looks like a column name. */
  readonly paramText?: Readonly<Record<string, string>>;
  readonly to?: string;
  readonly country?: string;
  readonly format?: string;
  readonly delimiter?: string;
  readonly encoding?: string;
  readonly suppress?: string;
  readonly rates?: string;
  readonly mode?: string;
  /** Whether text messages share requests: on or off. */
  readonly batch?: string;
  readonly rate?: string;
  readonly senderRate?: string;
  readonly concurrency?: string;
  readonly stopAfter?: string;
  readonly stopAfterAtLeast?: string;
  readonly maxDuration?: string;
  readonly dailyCap?: string;
  readonly expectCategory?: string;
  readonly custSpaceId?: string;
}

interface Override {
  readonly flag: string;
  readonly path: readonly string[];
  readonly value: RawValue;
}

export interface OverlaidCampaign {
  readonly fields: RawFields;
  /** The flag that gave the field at the path or the group around it, or null when the file did. */
  flagAt(path: FieldPath): string | null;
  /** The flag that gave a field within the group at the path, or null. */
  flagWithin(path: FieldPath): string | null;
}

/** A flag replaces its field. `--param` adds to the file's params; either language flag replaces the whole choice. */
export function overlayFlags(fields: RawFields, flags: CampaignFlags): OverlaidCampaign {
  const overrides = overridesOf(flags);
  return {
    fields: overrides.reduce<RawFields>(
      (result, { path, value }) => withField(result, path, value),
      unfoldStopAfter(fields),
    ),
    flagAt: (path) =>
      overrides.findLast((override) => override.path.every((field, index) => path[index] === field))?.flag ?? null,
    flagWithin: (path) =>
      overrides.find((override) => path.every((field, index) => override.path[index] === field))?.flag ?? null,
  };
}

export function isFields(value: RawValue | undefined): value is RawFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function overridesOf(flags: CampaignFlags): readonly Override[] {
  return [
    ...override('--name', ['name'], flags.name),
    ...override('--channel', ['channel'], flags.channel),
    ...override('--from', ['from'], flags.from),
    ...override('--sign', ['sign'], flags.sign),
    ...override('--template', ['template', 'code'], flags.template),
    ...languageOverrides(flags),
    ...paramOverrides('--param', flags.param, (value) => value),
    ...paramOverrides('--param-text', flags.paramText, (text) => ({ text })),
    ...override('--to', ['recipients', 'to'], flags.to),
    ...override('--country', ['recipients', 'country'], flags.country),
    ...override('--format', ['recipients', 'format'], flags.format),
    ...override('--delimiter', ['recipients', 'delimiter'], flags.delimiter),
    ...override('--encoding', ['recipients', 'encoding'], flags.encoding),
    ...override('--suppress', ['recipients', 'suppress'], flags.suppress),
    ...override('--rates', ['rates'], flags.rates),
    ...override('--mode', ['send', 'mode'], flags.mode),
    ...override('--batch', ['send', 'batch'], flags.batch),
    ...override('--rate', ['send', 'rate'], flags.rate),
    ...override('--sender-rate', ['send', 'senderRate'], flags.senderRate),
    ...override('--concurrency', ['send', 'concurrency'], flags.concurrency),
    ...stopAfterOverrides(flags),
    ...override('--max-duration', ['send', 'maxDuration'], flags.maxDuration),
    ...override('--daily-cap', ['send', 'dailyCap'], flags.dailyCap),
    ...override('--expect-category', ['expect', 'category'], flags.expectCategory),
    ...override('--cust-space-id', ['custSpaceId'], flags.custSpaceId),
  ];
}

function override(flag: string, path: readonly string[], value: RawValue | undefined): readonly Override[] {
  return value === undefined ? [] : [{ flag, path, value }];
}

function languageOverrides({ language, languageColumn }: CampaignFlags): readonly Override[] {
  const path = ['template', 'language'];
  if (languageColumn === undefined) return override('--language', path, language);
  return [
    ...override('--language-column', path, { column: languageColumn }),
    ...override('--language', [...path, 'default'], language),
  ];
}

function paramOverrides(
  flag: string,
  params: Readonly<Record<string, string>> = {},
  write: (text: string) => RawValue,
): readonly Override[] {
  return Object.entries(params).flatMap(([name, text]) => override(flag, ['template', 'params', name], write(text)));
}

/** `never` takes the file's `atLeast` away with it; any other threshold leaves it. */
function stopAfterOverrides({ stopAfter, stopAfterAtLeast }: CampaignFlags): readonly Override[] {
  const path = ['send', 'stopAfter'];
  return [
    ...(stopAfter === 'never'
      ? override('--stop-after', path, { failures: stopAfter })
      : override('--stop-after', [...path, 'failures'], stopAfter)),
    ...override('--stop-after-at-least', [...path, 'atLeast'], stopAfterAtLeast),
  ];
}

/** `stopAfter: 5%` is short for `stopAfter: { failures: 5% }`, and unfolded so that a flag can join it. */
function unfoldStopAfter(fields: RawFields): RawFields {
  const { send } = fields;
  if (!isFields(send) || typeof send['stopAfter'] !== 'string') return fields;
  return { ...fields, send: { ...send, stopAfter: { failures: send['stopAfter'] } } };
}

/** Where something else than a group of fields is in the way, the tree stays as it is: the schema will say so. */
function withField(fields: RawFields, path: readonly string[], value: RawValue): RawFields {
  const [field, ...rest] = path;
  if (field === undefined) return fields;
  if (rest.length === 0) return { ...fields, [field]: value };
  const inner = fields[field] === undefined ? {} : fields[field];
  return isFields(inner) ? { ...fields, [field]: withField(inner, rest, value) } : fields;
}
