/**
 * Templates from a file: answers of GetChatappTemplateDetail that somebody saved, so that a list can be checked without
 * credentials. A single answer or an array of them, one a language; whole answers or their `Data` alone.
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { OperatorError } from '../../../domain/operator-error.ts';
import type { TemplateLookup, TemplateSource } from '../../../domain/template-source.ts';
import { canonicalDetail } from './canonical-detail.ts';
import { parseTemplateDetail, templateDetailSchema } from './parse-template-detail.ts';

export class TemplateFileError extends OperatorError {
  override readonly code = 'TEMPLATE_FILE_INVALID';
  override readonly kind = 'usage';
}

type Found = Extract<TemplateLookup, { kind: 'found' }>;

/** Reads the file at once. Throws `TemplateFileError` when it is not there or holds something else. */
export async function openSavedTemplateSource(path: string): Promise<TemplateSource> {
  const templates = parseSaved(await readJson(path), path);
  return {
    async find(code, language) {
      const variants = templates.filter(({ template }) => template.code === code);
      const found = variants.find(({ template }) => template.language === language);
      if (found !== undefined) return found;
      return { kind: 'missing', code: 'NOT_IN_FILE', reason: missingReason(path, code, templates, variants) };
    },
  };
}

async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new TemplateFileError(`cannot read the template file "${path}"`, {
      cause: error,
      hint: 'check the path given with --template-file',
    });
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new TemplateFileError(`the template file "${path}" is not valid JSON`, { cause: error, hint: shapeHint });
  }
}

const shapeHint = 'save an answer of GetChatappTemplateDetail, or an array of them, as it came';

const wholeAnswer = z.looseObject({ Data: z.looseObject({}) });

function parseSaved(json: unknown, path: string): Found[] {
  const answers: readonly unknown[] = Array.isArray(json) ? json : [json];
  if (answers.length === 0) throw new TemplateFileError(`the template file "${path}" is empty`, { hint: shapeHint });
  return answers.map((answer) => {
    const whole = wholeAnswer.safeParse(answer);
    const data = whole.success ? whole.data.Data : answer;
    const parsed = templateDetailSchema.safeParse(data);
    if (!parsed.success || typeof data !== 'object' || data === null) {
      const where = parsed.error?.issues[0]?.path.join('.');
      throw new TemplateFileError(
        `the template file "${path}" holds something else than a template${where ? `: see "${where}"` : ''}`,
        { hint: shapeHint },
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
