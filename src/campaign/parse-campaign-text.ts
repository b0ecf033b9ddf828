/**
 * The text of a campaign file, or of another file of fields, as a tree of texts that remembers where each field stands.
 * YAML's own typing is left aside: a sender's number keeps all its digits and its plus, `NO` stays `NO`, and every field
 * is read by its own rule. JSON is read the same way, being YAML. What the fields mean is not known here.
 */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
  type YAMLError,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { CampaignFileError, type CampaignMistake, type MistakePlace } from './campaign-file-error.ts';
import type { FieldPath, RawFields, RawValue } from './campaign-flags.ts';

export interface CampaignText {
  readonly fields: RawFields;
  /** Repeated fields, unknown anchors: what can be told without the schema, and does not hide what it finds. */
  readonly mistakes: readonly CampaignMistake[];
  /** Where the value at the path begins, or the nearest field around it that was written. */
  placeOfValue(path: FieldPath): MistakePlace;
  /** Where the name of the field at the path begins, or the nearest field around it that was written. */
  placeOfField(path: FieldPath): MistakePlace;
}

/** What a file of fields is called, and how its mistakes are thrown. */
export interface FileKind {
  /** `campaign` */
  readonly noun: string;
  /** A line of it: `from: …` */
  readonly example: string;
  /** What to do about a file that holds nothing. */
  readonly emptyHint: string;
  /** How a value that begins with a brace is to be written. */
  readonly braceHint: string;
  /** What to do about one that holds something else. */
  otherHint(json: boolean): string;
  refuse(mistakes: readonly CampaignMistake[]): Error;
}

const campaignKind: FileKind = {
  noun: 'campaign',
  example: 'from: …',
  emptyHint: 'write one with sendoff init',
  braceHint: 'write it as "{{ column }}"',
  otherHint: (json) =>
    json
      ? 'a list in JSON is told by --template: add it, with --from, --language and --to'
      : 'write a campaign file with sendoff init',
  refuse: (mistakes) => new CampaignFileError(mistakes),
};

/** A campaign is some dozens of lines; what is longer is a list under the wrong name, and slow to parse. */
const mostCharacters = 100_000;

/** Throws the error of the kind when the text is not YAML or not a group of fields, since nothing else can be told. */
export function parseCampaignText(file: string, text: string, kind: FileKind = campaignKind): CampaignText {
  const lines = new LineCounter();
  const placeAt = (offset: number): MistakePlace => {
    const { line, col } = lines.linePos(offset);
    return { kind: 'file', file, line, column: col };
  };
  const start: MistakePlace = { kind: 'file', file, line: 1, column: 1 };
  const json = file.toLowerCase().endsWith('.json');
  const oneMistake = (place: MistakePlace, message: string, hint: string): Error =>
    kind.refuse([{ place, message, hint }]);
  if (text.length > mostCharacters) {
    throw oneMistake(
      start,
      `the file is too long to be a ${kind.noun} (${text.length} characters)`,
      kind.otherHint(json),
    );
  }
  const document = parseDocument(readable(text, json), {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
    stringKeys: true,
    uniqueKeys: false,
  });
  const complaints = [...document.errors, ...document.warnings];
  if (complaints.length > 0) throw kind.refuse(syntaxMistakes(complaints, placeAt, kind));
  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) {
    throw oneMistake(start, `the ${kind.noun} file is empty`, kind.emptyHint);
  }
  if (!isMap(root)) {
    const message = `a ${kind.noun} is a group of fields, such as ${kind.example}`;
    throw oneMistake(placeAt(root.range[0]), message, kind.otherHint(json));
  }
  const reader = new TreeReader(placeAt);
  const fields = reader.readFields(root, []);
  return {
    fields,
    mistakes: reader.mistakes,
    placeOfValue: (path) => reader.nearestPlace(path, 'value') ?? start,
    placeOfField: (path) => reader.nearestPlace(path, 'field') ?? start,
  };
}

interface FieldPlaces {
  readonly field: MistakePlace;
  readonly value: MistakePlace;
  /** For what is not written inside it: a short form is told at its text, a group at its name. */
  readonly inside: MistakePlace;
}

/** Turns nodes into texts and notes where each of them stands. */
class TreeReader {
  readonly mistakes: CampaignMistake[] = [];
  readonly #placeAt: (offset: number) => MistakePlace;
  readonly #places = new Map<string, FieldPlaces>();
  readonly #anchors = new Map<string, RawValue>();

  constructor(placeAt: (offset: number) => MistakePlace) {
    this.#placeAt = placeAt;
  }

  readFields(map: YAMLMap.Parsed, path: readonly string[]): RawFields {
    const fields = new Map<string, RawValue>();
    for (const { key, value } of map.items) {
      const name = isScalar(key) ? String(key.value ?? '') : '';
      const field = this.#placeAt(key.range[0]);
      if (fields.has(name)) {
        this.mistakes.push({ place: field, message: `"${name}" stands twice`, hint: 'keep one of the two lines' });
        continue;
      }
      if (name === '__proto__') {
        this.mistakes.push({ place: field, message: `"${name}" cannot be a field`, hint: 'remove the line' });
        continue;
      }
      const inner = [...path, name];
      const valuePlace = value === null ? field : this.#placeAt(value.range[0]);
      this.#places.set(keyOf(inner), { field, value: valuePlace, inside: isMap(value) ? field : valuePlace });
      fields.set(name, this.#readValue(value, inner));
    }
    return Object.fromEntries(fields);
  }

  nearestPlace(path: FieldPath, part: keyof FieldPlaces): MistakePlace | undefined {
    const places = this.#places.get(keyOf(path));
    if (places !== undefined) return places[part];
    return path.length === 0 ? undefined : this.nearestPlace(path.slice(0, -1), 'inside');
  }

  #readItems(list: YAMLSeq.Parsed, path: readonly string[]): readonly RawValue[] {
    return list.items.map((item, index) => {
      const inner = [...path, String(index)];
      const place = this.#placeAt(item.range[0]);
      this.#places.set(keyOf(inner), { field: place, value: place, inside: place });
      return this.#readValue(item, inner);
    });
  }

  /** An anchor is known once its node has ended, so an alias to a node around itself is unknown too. */
  #readValue(node: ParsedNode | null, path: readonly string[]): RawValue {
    if (node === null) return null;
    if (isAlias(node)) {
      const value = this.#anchors.get(node.source);
      if (value !== undefined) return value;
      const message = `no anchor "${node.source}" before this line`;
      this.mistakes.push({
        place: this.#placeAt(node.range[0]),
        message,
        hint: `a value that begins with * needs quotes`,
      });
      return `*${node.source}`;
    }
    const value = this.#readContent(node, path);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, value);
    return value;
  }

  #readContent(node: Exclude<ParsedNode, { source: string; anchor?: never }>, path: readonly string[]): RawValue {
    if (isMap(node)) return this.readFields(node, path);
    if (isSeq(node)) return this.#readItems(node, path);
    if (typeof node.value === 'string') return node.value;
    return node.value === null ? null : (node.source ?? '');
  }
}

/**
 * The text with the same lines and columns, as the parser takes it: without a byte order mark, and in JSON, where no
 * text can span lines, with leading tabs as blanks.
 */
function readable(text: string, json: boolean): string {
  const unmarked = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return json ? unmarked.replace(/^\t+/gm, (tabs) => ' '.repeat(tabs.length)) : unmarked;
}

/** One a line: what follows on the same line is mostly the same mistake seen again. */
function syntaxMistakes(
  complaints: readonly YAMLError[],
  placeAt: (offset: number) => MistakePlace,
  kind: FileKind,
): readonly CampaignMistake[] {
  const byLine = new Map<string, CampaignMistake>();
  for (const complaint of complaints) {
    const place = placeAt(complaint.pos[0]);
    const line = place.kind === 'file' ? String(place.line) : '';
    if (!byLine.has(line)) byLine.set(line, { place, ...syntaxWords(complaint, kind) });
  }
  return [...byLine.values()];
}

/** The parser's own words serve where it has some; the commonest traps get theirs. */
function syntaxWords(
  { code, message }: YAMLError,
  { noun, braceHint }: FileKind,
): Pick<CampaignMistake, 'message' | 'hint'> {
  switch (code) {
    case 'TAB_AS_INDENT':
      return { message: 'a tab indents this line', hint: 'indent with blanks' };
    case 'NON_STRING_KEY':
      return { message: 'a value that begins with a brace needs quotes', hint: braceHint };
    case 'MULTIPLE_DOCS':
      return { message: 'a second document begins here', hint: `keep one ${noun} a file, without "---"` };
    case 'RESOURCE_EXHAUSTION':
      return {
        message: 'the file is nested too deeply',
        hint: `write it as a ${noun} is written: with few groups inside each other`,
      };
    case 'BAD_SCALAR_START':
    case 'BLOCK_AS_IMPLICIT_KEY':
      return { message: inOurCase(message), hint: 'put the value in quotes' };
    default:
      return { message: inOurCase(message), hint: null };
  }
}

function inOurCase(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, '');
}

function keyOf(path: FieldPath): string {
  return path.map(String).join('\0');
}
