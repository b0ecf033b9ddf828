/**
 * Templates from a file: answers of GetChatappTemplateDetail that somebody saved, so that a list can be checked without
 * credentials. A single answer or an array of them, one a language; whole answers or their `Data` alone.
 */
import { z } from 'zod';
import type { TemplateLookup, TemplateSource } from '../../../domain/template-source.ts';
import {
  readTemplateFile,
  savedShape,
  type TemplateFileChoice,
  TemplateFileError,
} from '../alibaba-cloud/template-file.ts';
import { canonicalDetail } from './canonical-detail.ts';
import { parseTemplateDetail, templateDetailSchema } from './parse-template-detail.ts';

type Found = Extract<TemplateLookup, { kind: 'found' }>;

/** Reads the file at once. Throws `TemplateFileError` when it is not there or holds something else. */
export async function openSavedTemplateSource(choice: TemplateFileChoice): Promise<TemplateSource> {
  const { path } = choice;
  const templates = parseSaved(await readTemplateFile(choice, operation), path);
  return {
    async find(code, language) {
      const variants = templates.filter(({ template }) => template.code === code);
      const found = variants.find(({ template }) => template.language === language);
      if (found !== undefined) return found;
      return { kind: 'missing', code: 'NOT_IN_FILE', reason: missingReason(path, code, templates, variants) };
    },
  };
}

const operation = 'GetChatappTemplateDetail';

const wholeAnswer = z.looseObject({ Data: z.looseObject({}) });

function parseSaved(answers: readonly unknown[], path: string): Found[] {
  return answers.map((answer) => {
    const whole = wholeAnswer.safeParse(answer);
    const data = whole.success ? whole.data.Data : answer;
    const parsed = templateDetailSchema.safeParse(data);
    if (!parsed.success || typeof data !== 'object' || data === null) {
      const where = parsed.error?.issues[0]?.path.join('.');
      throw new TemplateFileError(
        `the template file "${path}" holds something else than a template${where ? `: see "${where}"` : ''}`,
        { hint: savedShape(operation) },
      );
    }
    return { kind: 'found', template: parseTemplateDetail(parsed.data), detail: canonicalDetail(data) };
  });
}

function missingReason(path: string, code: string, all: readonly Found[], variants: readonly Found[]): string {
  const quoted = (names: readonly string[]) => [...new Set(names)].map((name) => `"${name}"`).join(', ');
  if (variants.length === 0) return `"${path}" holds ${quoted(all.map(({ template }) => template.code))}`;
  return `"${path}" holds "${code}" in ${quoted(variants.map(({ template }) => template.language))}`;
}
