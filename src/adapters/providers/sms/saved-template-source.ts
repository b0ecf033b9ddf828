/** Templates of text messages from a file: answers of GetSmsTemplate that somebody saved. */
import type { SignSource } from '../../../domain/sms/sms-sign.ts';
import type { TemplateLookup, TemplateSource } from '../../../domain/template-source.ts';
import {
  readTemplateFile,
  savedShape,
  type TemplateFileChoice,
  TemplateFileError,
} from '../alibaba-cloud/template-file.ts';
import { frozenSmsDetail, parseSmsTemplate, smsTemplateSchema } from './parse-sms-template.ts';

const operation = 'GetSmsTemplate';

/** Reads the file at once. Throws `TemplateFileError` when it is not there or holds something else. */
export async function openSavedSmsTemplateSource(choice: TemplateFileChoice): Promise<TemplateSource> {
  const { path } = choice;
  const found = (await readTemplateFile(choice, operation)).map((answer) => foundIn(answer, path));
  return {
    async find(code) {
      const held = found.map(({ template }) => `"${template.code}"`).join(', ');
      const missing = { kind: 'missing', code: 'NOT_IN_FILE', reason: `"${path}" holds ${held}` } as const;
      return found.find(({ template }) => template.code === code) ?? missing;
    },
  };
}

function foundIn(answer: unknown, path: string): Extract<TemplateLookup, { kind: 'found' }> {
  const parsed = smsTemplateSchema.safeParse(answer);
  if (parsed.success) {
    return { kind: 'found', template: parseSmsTemplate(parsed.data), detail: frozenSmsDetail(parsed.data) };
  }
  const where = parsed.error.issues[0]?.path.join('.');
  throw new TemplateFileError(
    `the template file "${path}" holds something else than a template${where ? `: see "${where}"` : ''}`,
    { hint: savedShape(operation) },
  );
}

/** Of signs nothing is saved, and who works from a file asks nobody. */
export const unaskedSigns: SignSource = {
  async find() {
    return { kind: 'untold', code: 'NOT_ASKED', reason: 'nobody is asked with a template file', missingRight: null };
  },
};
