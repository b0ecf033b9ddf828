/** The work of `templates delete`. */
import { listVariants } from '../../campaign/templates/find-variants.ts';
import type { TemplateListing } from '../../domain/template-directory.ts';
import type { DeleteTemplateOptions } from '../commands/templates.ts';
import type { Call, CliContext } from '../context.ts';
import { reviewText } from '../render/template-state.ts';
import { inertLine } from '../render/wide-text.ts';
import { ask, NotConfirmedError } from '../sending/confirm.ts';
import { UsageError } from '../usage-error.ts';
import { withTemplates } from '../with-templates.ts';

export async function runTemplatesDelete(cli: CliContext, call: Call<DeleteTemplateOptions>): Promise<void> {
  const { args, options, output } = call;
  const { custSpaceId = null, language = null, allLanguages = false } = options;
  if (language !== null && allLanguages) {
    throw new UsageError('--language and --all-languages contradict each other', { hint: 'keep one of the two' });
  }
  await withTemplates(cli, call, async ({ service }) => {
    const directory = service.directory(custSpaceId);
    const variants = await listVariants(directory, args[0] ?? '', language);
    const languages = variants.map((variant) => variant.language);
    if (language === null && !allLanguages) {
      throw new UsageError(`template "${args[0]}" has: ${languages.join(', ')}`, {
        hint: 'say which: --language <code>, or --all-languages',
      });
    }
    const [{ code, name }] = variants;
    output.talk(variants.map((variant) => `to be deleted: ${lineOf(variant)}`).join('\n'));
    await confirmDeletion(cli, call, name);
    await directory.delete(code, language);
    for (const variant of variants) {
      output.event({ event: 'deleted', code, name, language: variant.language });
      output.answer(`deleted ${name} in ${variant.language}`);
    }
    output.talk('WhatsApp may keep the name in these languages back for about four weeks');
  });
}

async function confirmDeletion(
  { io }: CliContext,
  { options, args }: Call<DeleteTemplateOptions>,
  name: string,
): Promise<void> {
  if (options.yes === true) return;
  if (!options.input || io.stdin.isTTY !== true || io.stderr.isTTY !== true) {
    const which = options.language === undefined ? '--all-languages' : `--language ${options.language}`;
    throw new NotConfirmedError('nothing was deleted: there is no terminal to confirm on', {
      hint: `confirm with --yes: sendoff templates delete ${args[0]} ${which} --yes`,
    });
  }
  const answer = await ask(io, `Type ${inertLine(name)} to delete, anything else to leave: `);
  if (answer.trim() !== name) throw new NotConfirmedError('nothing was deleted: not confirmed');
}

function lineOf(variant: TemplateListing): string {
  const { code, name, language, category } = variant;
  return inertLine([name, code, language, reviewText(variant), category ?? ''].join('  ').trimEnd());
}
