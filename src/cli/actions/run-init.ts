/** The work of `init`. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { initFiles } from '../../campaign/init.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { Call, CommonOptions } from '../context.ts';

export class InitError extends OperatorError {
  override readonly code = 'INIT_FAILED';
  override readonly kind = 'usage';
}

export async function runInit({ args, output }: Call<CommonOptions>): Promise<void> {
  const folder = args[0] ?? '.';
  const files = initFiles().map(({ path, text }) => ({ path: join(folder, path), text }));
  const there = files.filter(({ path }) => existsSync(path));
  if (there.length > 0) {
    throw new InitError(`there already: ${there.map(({ path }) => `"${path}"`).join(', ')}`, {
      hint: 'nothing was written; name another folder',
    });
  }
  try {
    await mkdir(folder, { recursive: true });
    for (const { path, text } of files) await writeFile(path, text, { flag: 'wx' });
  } catch (cause) {
    throw new InitError(`cannot write to "${folder}"`, { cause, hint: 'check that the folder is writable' });
  }
  output.event({ event: 'init', files: files.map(({ path }) => path) });
  for (const { path } of files) output.answer(`wrote ${path}`);
  const campaign = files.find(({ path }) => path.endsWith('.yaml'))?.path ?? '';
  output.talk(`try it without an account: sendoff send ${campaign} --emulator`);
}
