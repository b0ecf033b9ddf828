/** Reads a template file from wherever it is. */
import { parseTemplateFile, type TemplateFile } from './parse-template-file.ts';
import { TemplateDraftUnreadableError } from './template-file-error.ts';

/** Throws a `TemplateDraftError` with every mistake at once, or a `TemplateDraftUnreadableError`. */
export async function readTemplateFile(
  path: string,
  readText: (path: string) => Promise<string>,
): Promise<TemplateFile> {
  return parseTemplateFile(path, await textOf(path, readText));
}

async function textOf(path: string, readText: (path: string) => Promise<string>): Promise<string> {
  try {
    return await readText(path);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw code === 'ENOENT'
      ? new TemplateDraftUnreadableError(`no template file "${path}"`, { cause, hint: 'check the path' })
      : new TemplateDraftUnreadableError(`cannot read the template file "${path}" (${code})`, { cause });
  }
}
