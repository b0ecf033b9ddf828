/** A file of saved answers about templates, whichever service gave them: JSON, one answer or an array of them. */
import { readFile } from 'node:fs/promises';
import { OperatorError } from '../../../domain/operator-error.ts';

export class TemplateFileError extends OperatorError {
  override readonly code = 'TEMPLATE_FILE_INVALID';
  override readonly kind = 'usage';
}

/** The operation whose answers are wanted. */
export type SavedOperation = 'GetChatappTemplateDetail' | 'GetSmsTemplate';

export interface TemplateFileChoice {
  readonly path: string;
  /** True for a campaign that goes by two services: the file holds answers of both, and those of the other are left out. */
  readonly mixed: boolean;
}

/** What to save in such a file, for a hint. */
export function savedShape(operation: SavedOperation): string {
  return `save an answer of ${operation}, or an array of them, as it came`;
}

/** The answers of the operation in it, at least one. Throws `TemplateFileError` when the file is not there, or holds none. */
export async function readTemplateFile(
  { path, mixed }: TemplateFileChoice,
  operation: SavedOperation,
): Promise<readonly unknown[]> {
  const json = await readJson(path, savedShape(operation));
  const answers: readonly unknown[] = Array.isArray(json) ? json : [json];
  if (answers.length === 0) {
    throw new TemplateFileError(`the template file "${path}" is empty`, { hint: savedShape(operation) });
  }
  if (!mixed) return answers;
  const own = answers.filter((answer) => isOfTexts(answer) === (operation === 'GetSmsTemplate'));
  if (own.length > 0) return own;
  throw new TemplateFileError(`the template file "${path}" holds no answer of ${operation}`, {
    hint: 'this campaign goes by two services: save an array with the answers of both',
  });
}

/** No template of the chat channels has its words in this field. */
function isOfTexts(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'TemplateContent' in answer;
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
