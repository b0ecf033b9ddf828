/**
 * A template file: one template in one language, or in several that share what stands at the top. Every mistake is told
 * with its line and column, whether YAML, the form or a rule of the service is what it breaks.
 */
import { checkDraft } from '../../domain/check-draft.ts';
import type { DraftPath, DraftProblem } from '../../domain/draft-problem.ts';
import type { TemplateDraft } from '../../domain/template-draft.ts';
import type { CampaignMistake } from '../campaign-file-error.ts';
import { isFields, type RawFields } from '../campaign-flags.ts';
import { type CampaignText, type FileKind, parseCampaignText } from '../parse-campaign-text.ts';
import { FieldGroup, type FileField, type MistakeSink } from './field-group.ts';
import { readDraft } from './read-draft.ts';
import { TemplateDraftError } from './template-file-error.ts';

export interface TemplateFile {
  /** The code that the service gave the template, where the file knows it: only a change needs it. */
  readonly code: string | null;
  /** One a language, in the order of the file; at least one. */
  readonly drafts: readonly TemplateDraft[];
  /** What a person should look at first. */
  readonly warnings: readonly CampaignMistake[];
}

const templateKind: FileKind = {
  noun: 'template',
  example: 'name: …',
  emptyHint: 'begin with name, category, language and body',
  braceHint: 'put it in quotes; a variable is written $(name)',
  otherHint: () => 'begin with name, category, language and body',
  refuse: (mistakes) => new TemplateDraftError(mistakes),
};

/** Throws a `TemplateDraftError` with every mistake at once. */
export function parseTemplateFile(file: string, text: string): TemplateFile {
  const parsed = parseCampaignText(file, text, templateKind);
  const mistakes = new Mistakes(parsed);
  const variants = variantsOf(parsed.fields, mistakes);
  const code = codeOf(parsed.fields, mistakes);
  const drafts = variants.map((variant) => ({ variant, draft: readVariant(variant, mistakes) }));
  // A rule is only as good as the fields it reads.
  if (mistakes.all.length === 0) {
    for (const { variant, draft } of drafts) mistakes.addProblems(checkDraft(draft), variant);
  }
  if (mistakes.all.length > 0) throw new TemplateDraftError(mistakes.all);
  return { code, drafts: drafts.map(({ draft }) => draft), warnings: mistakes.warnings };
}

interface Variant {
  readonly language: string;
  /** The fields of the language over those of all. */
  readonly fields: RawFields;
  /** Where a field of the variant was written. */
  origin(path: FileField): FileField;
}

const reserved = ['languages', 'language', 'code'];
/** What is one for the whole template. */
const common = ['name', 'category', 'allowCategoryChange', 'messageSendTtlSeconds', 'custSpaceId', ...reserved];

function variantsOf(file: RawFields, mistakes: Mistakes): readonly Variant[] {
  const shared = Object.fromEntries(Object.entries(file).filter(([name]) => !reserved.includes(name)));
  const top = new FieldGroup(file, [], mistakes);
  if (!Object.hasOwn(file, 'languages')) {
    const language = top.requiredText('language', 'en');
    return [{ language, fields: shared, origin: (path) => path }];
  }
  if (top.has('language')) top.mistake('language', 'a file has either language or languages', 'remove one of the two');
  const languages = top.group('languages');
  if (languages === null) return [];
  if (languages.names().length === 0) top.mistake('languages', 'there is no language', 'add one: en: { body: … }');
  return languages.names().flatMap((language) => {
    const own = languages.group(language);
    const fields = fieldsAt(file, language);
    if (own === null || fields === null) return [];
    for (const name of common.filter((each) => Object.hasOwn(fields, each))) {
      own.mistake(name, `"${name}" is the same for all languages`, 'write it at the top of the file');
    }
    return [variantOf(language, fields, shared)];
  });
}

function fieldsAt(file: RawFields, language: string): RawFields | null {
  const { languages } = file;
  const fields = isFields(languages) ? languages[language] : undefined;
  return isFields(fields) ? fields : null;
}

/** A part of the language replaces that of all; examples are joined, one variable at a time. */
function variantOf(language: string, own: RawFields, shared: RawFields): Variant {
  const { examples } = shared;
  const ownExamples = own['examples'];
  const joined = isFields(examples) && isFields(ownExamples) ? { examples: { ...examples, ...ownExamples } } : {};
  return {
    language,
    fields: { ...shared, ...own, ...joined },
    origin(path) {
      const [field, inner] = path;
      const where: FileField = ['languages', language, ...path];
      if (field === 'language') return ['languages', language];
      if (field === undefined || !Object.hasOwn(own, field))
        return field === undefined ? ['languages', language] : path;
      const fromShared = field === 'examples' && isFields(ownExamples) && inner !== undefined;
      return fromShared && !Object.hasOwn(ownExamples, inner) && isFields(examples) && Object.hasOwn(examples, inner)
        ? path
        : where;
    },
  };
}

function codeOf(file: RawFields, mistakes: Mistakes): string | null {
  return new FieldGroup(file, [], mistakes).text('code');
}

function readVariant({ language, fields, origin }: Variant, mistakes: Mistakes): TemplateDraft {
  const sink: MistakeSink = {
    note: (path, at, message, hint) => mistakes.note(origin(path), at, message, hint),
  };
  const group = new FieldGroup(fields, [], sink);
  const draft = readDraft(group, language);
  for (const name of reserved) group.has(name);
  group.end('a template');
  return draft;
}

/** Collects what is wrong, each mistake once: a shared field may be wrong for every language. */
class Mistakes implements MistakeSink {
  readonly all: CampaignMistake[];
  readonly warnings: CampaignMistake[] = [];
  readonly #text: CampaignText;

  constructor(text: CampaignText) {
    this.#text = text;
    this.all = [...text.mistakes];
  }

  note(path: FileField, at: 'field' | 'value', message: string, hint: string): void {
    const place = at === 'value' ? this.#text.placeOfValue(path) : this.#text.placeOfField(path);
    this.#add(this.all, { place, message, hint });
  }

  addProblems(problems: readonly DraftProblem[], { origin, fields }: Variant): void {
    for (const { severity, path, message, hint } of problems) {
      const place = this.#text.placeOfValue(origin(whereWritten(path, fields)));
      this.#add(severity === 'error' ? this.all : this.warnings, { place, message, hint });
    }
  }

  #add(to: CampaignMistake[], mistake: CampaignMistake): void {
    const told = JSON.stringify(mistake);
    if (!to.some((other) => JSON.stringify(other) === told)) to.push(mistake);
  }
}

/** A text that was written in its long form stands in a field of its own. */
function whereWritten(path: DraftPath, fields: RawFields): FileField {
  const [field] = path;
  const group = path.length === 1 && typeof field === 'string' ? fields[field] : undefined;
  return isFields(group) && Object.hasOwn(group, 'text') ? [...path, 'text'] : path;
}
