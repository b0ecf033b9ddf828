/** A file of saved answers about templates, whichever service gave them: JSON, one answer or an array of them. */
import { readFile } from 'node:fs/promises';
import { OperatorError } from '../../../domain/operator-error.ts';

export class TemplateFileError extends OperatorError {
  override readonly code = 'TEMPLATE_FILE_INVALID';
  override readonly kind = 'usage';
}

/**
 * The answers in it, at least one. Throws `TemplateFileError` when the file is not there, or is no JSON, with `shapeHint` as what to
 * save instead.
 */
export async function readTemplateFile(path: string, shapeHint: string): Promise<readonly unknown[]> {
  const json = await readJson(path, shapeHint);
  const answers: readonly unknown[] = Array.isArray(json) ? json : [json];
  if (answers.length === 0) throw new TemplateFileError(`the template file "${path}" is empty`, { hint: shapeHint });
  return answers;
}

async function readJson(path: string, shapeHint: string): Promise<unknown> {
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
