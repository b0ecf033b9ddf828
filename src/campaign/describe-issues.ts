/** What the schema says of a campaign, in the words of the person who wrote it. */
import type { z } from 'zod';
import { ownValue } from '../domain/own-value.ts';
import { refusedRequestFields } from '../domain/request-fields.ts';
import { nearest } from '../domain/suggest.ts';
import type { CampaignMistake, MistakePlace } from './campaign-file-error.ts';
import { type FieldPath, isFields, type RawFields, type RawValue } from './campaign-flags.ts';
import type { CampaignText } from './parse-campaign-text.ts';

/** Where a campaign's fields were written. */
export interface WrittenCampaign {
  readonly fields: RawFields;
  /** The campaign file, or null when the list and the flags are all there is. */
  readonly text: CampaignText | null;
  /** The flag that gave a field, or null. */
  flagAt(path: FieldPath): string | null;
  /** The flag that gave a field within a group, or null. */
  flagWithin(path: FieldPath): string | null;
  /** The fields of each group: see `knownFields`. */
  readonly known: KnownFields;
}

/** The fields of each group. Keys are the group's path, joined by dots; a star is any variable. */
export type KnownFields = Readonly<Record<string, readonly string[]>>;

type Issue = z.core.$ZodIssue;

/** The mistakes behind the schema's issues. What only follows from a misspelt field is not told beside it. */
export function describeIssues(issues: readonly Issue[], campaign: WrittenCampaign): readonly CampaignMistake[] {
  const flat = issues.flatMap((issue) => branchTaken(issue, campaign.fields));
  const unknown = flat.filter((issue) => issue.code === 'unrecognized_keys');
  const mistyped = unknown.flatMap(({ path, keys }) =>
    keys.map((key) => pathText([...path, meant(campaign.known, path, key) ?? key])),
  );
  const unreadable = new Set(unknown.map(({ path }) => pathText(path)));
  return flat.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => unknownField(issue.path, key, campaign));
    }
    const field = pathText(issue.path);
    if (issue.code === 'custom') return unreadable.has(field) ? [] : [customMistake(issue, campaign)];
    const value = valueAt(campaign.fields, issue.path);
    if (value !== undefined) return [wrongKind(issue, value, campaign)];
    const explained = mistyped.some((meantField) => `${field}.`.startsWith(`${meantField}.`));
    return explained ? [] : [missingField(issue.path, campaign)];
  });
}

/** Every union here is a short form, which is one text, or else a group: the text that was written says which. */
function branchTaken(issue: Issue, fields: RawFields): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const written = valueAt(fields, issue.path);
  if (written === undefined) return [issue];
  const branch = issue.errors[typeof written === 'string' ? 0 : 1] ?? [];
  return branch.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** What a field's own parser says; every custom issue of the schema carries its hint. */
function customMistake(issue: z.core.$ZodIssueCustom, campaign: WrittenCampaign): CampaignMistake {
  const hint: unknown = issue.params?.['hint'];
  return {
    place: placeOf(issue.path, 'value', campaign),
    message: issue.message,
    hint: typeof hint === 'string' ? hint : null,
  };
}

function wrongKind(issue: Issue, value: RawValue, campaign: WrittenCampaign): CampaignMistake {
  const field = pathText(issue.path);
  if (value === null) {
    const hint = 'write a value, or remove the line';
    return { place: placeOf(issue.path, 'field', campaign), message: `"${field}" has no value`, hint };
  }
  const kind = issue.code === 'invalid_type' ? issue.expected : '';
  const written = typeof value === 'string' ? `"${value}"` : isFields(value) ? 'a group of fields' : 'a list';
  const { wanted, hint } = wantedKind(kind, issue.path, campaign.known);
  const place = placeOf(issue.path, 'value', campaign);
  return { place, message: `"${field}" is ${wanted}, not ${written}`, hint };
}

function wantedKind(
  kind: string,
  path: FieldPath,
  known: KnownFields,
): { readonly wanted: string; readonly hint: string } {
  if (kind === 'array')
    return { wanted: 'a list', hint: `write its items in brackets: ${lastOf(path)}: [one, another]` };
  if (kind !== 'string') return { wanted: 'a group of fields', hint: hintOfGroup(known, path) };
  const item = typeof path.at(-1) === 'number';
  return { wanted: 'one value', hint: item ? 'write one text' : `write it on one line: ${lastOf(path)}: …` };
}

interface RequiredField {
  readonly what: string;
  readonly example: string;
  readonly flag: string | null;
}

const required: Readonly<Record<string, RequiredField>> = {
  from: { what: 'the sender', example: '8613800000000', flag: '--from' },
  sign: { what: 'the sign', example: '示例商城', flag: '--sign' },
  'sign.column': { what: 'the column with the sign', example: 'shop', flag: null },
  'recipients.file': { what: 'the list', example: 'recipients.csv', flag: null },
  'recipients.to': { what: 'the column with the address', example: 'phone', flag: '--to' },
  'template.code': { what: 'the template', example: 'order_shipped', flag: '--template' },
  'template.language': { what: 'the language', example: 'en', flag: '--language' },
  'message.type': { what: 'the type of the message', example: 'text', flag: null },
  'fallback.template': {
    what: 'the template to fall back to',
    example: '{ code: order_shipped, language: en }',
    flag: null,
  },
  'fallback.template.code': { what: 'the template to fall back to', example: 'order_shipped', flag: null },
  'fallback.template.language': { what: 'the language of the fallback', example: 'en', flag: null },
  'template.language.column': { what: 'the column with the language', example: 'lang', flag: '--language-column' },
};

const template = { what: 'the template of the text message', example: 'SMS_100000001', flag: null };

/** The same where the fallback is a text message. */
const requiredOfText: Readonly<Record<string, RequiredField>> = {
  'fallback.channel': { what: 'the channel of the fallback', example: 'sms', flag: null },
  'fallback.sign': { what: 'the sign of the text message', example: '示例商城', flag: null },
  'fallback.sign.column': { what: 'the column with the sign', example: 'shop', flag: null },
  'fallback.template': { ...template, example: `{ code: ${template.example} }` },
  'fallback.template.code': template,
};

function requiredField(path: FieldPath, { known }: WrittenCampaign): RequiredField | undefined {
  const name = pathText(path);
  const ofText = known['fallback']?.includes('sign') ? requiredOfText[name] : undefined;
  return ofText ?? required[name];
}

function missingField(path: FieldPath, campaign: WrittenCampaign): CampaignMistake {
  const place = placeOf(path, 'field', campaign);
  const field = requiredField(path, campaign);
  if (field === undefined) return { place, message: `"${pathText(path)}" is missing`, hint: null };
  const { what, example, flag } = field;
  const group = path.length === 1 ? '' : ` under ${pathText(path.slice(0, -1))}`;
  const line = `add "${lastOf(path)}: ${example}"${group}`;
  const hint = flag === null ? line : place.kind === 'flag' ? `add ${flag} ${example}` : `${line}, or give ${flag}`;
  return { place, message: `${what} is missing`, hint };
}

/** Without a file, what no flag gave is told at the flag that could have. */
function placeOf(path: FieldPath, part: 'field' | 'value', { text, flagAt }: WrittenCampaign): MistakePlace {
  const flag = flagAt(path);
  if (flag !== null) return { kind: 'flag', flag };
  if (text === null) return { kind: 'flag', flag: required[pathText(path)]?.flag ?? `--${lastOf(path)}` };
  return part === 'value' ? text.placeOfValue(path) : text.placeOfField(path);
}

function unknownField(group: FieldPath, field: string, campaign: WrittenCampaign): CampaignMistake {
  const path = [...group, field];
  // A group that the channel does not have may come from flags alone.
  const flag = campaign.flagWithin(path);
  return {
    place: flag === null ? placeOf(path, 'field', campaign) : { kind: 'flag', flag },
    message: `no field "${field}" in ${group.length === 0 ? 'a campaign' : pathText(group)}`,
    hint: hintForUnknown(campaign.known, group, field),
  };
}

function hintForUnknown(known: KnownFields, group: FieldPath, field: string): string | null {
  const reason = pathText(group) === 'request' ? ownValue(refusedRequestFields, field) : undefined;
  if (reason !== undefined) return `remove it: ${reason}`;
  if (/access.?key|secret|token|password|credential/i.test(field)) {
    return 'remove it: credentials come from the environment or a profile, never from a campaign';
  }
  const close = meant(known, group, field);
  const home = homeOf(known, group, field);
  // A word that is right elsewhere may have been meant as it stands, whatever is near it here.
  const told = [
    ...(close === null ? [] : [`did you mean "${close}"?`]),
    ...(home === undefined ? [] : [home === '' ? `"${field}" stands at the top` : `"${field}" stands under ${home}`]),
  ];
  return told.length === 0 ? hintOfGroup(known, group) : told.join(' ');
}

/** Where a field of this name belongs. A group of the same name has other fields where it stands elsewhere, which do not belong here. */
function homeOf(known: KnownFields, group: FieldPath, field: string): string | undefined {
  const homes = Object.keys(known).filter((home) => known[home]?.includes(field));
  return homes.find((each) => each === '' || each.split('.').at(-1) !== lastOf(group));
}

function meant(known: KnownFields, group: FieldPath, field: string): string | null {
  return nearest(field, fieldsOf(known, group));
}

function hintOfGroup(known: KnownFields, group: FieldPath): string {
  const fields = fieldsOf(known, group);
  return fields.length === 0 ? 'write one line for each variable: name: column' : `it has: ${fields.join(', ')}`;
}

function fieldsOf(known: KnownFields, group: FieldPath): readonly string[] {
  const parent = pathText(group.slice(0, -1));
  return known[parent.endsWith('template.params') ? `${parent}.*` : pathText(group)] ?? [];
}

function valueAt(fields: RawFields, path: FieldPath): RawValue | undefined {
  return path.reduce<RawValue | undefined>((value, step) => {
    if (isFields(value)) return value[String(step)];
    return isList(value) && typeof step === 'number' ? value[step] : undefined;
  }, fields);
}

function isList(value: RawValue | undefined): value is readonly RawValue[] {
  return Array.isArray(value);
}

function lastOf(path: FieldPath): string {
  return String(path.at(-1) ?? '');
}

function pathText(path: FieldPath): string {
  return path.map(String).join('.');
}
