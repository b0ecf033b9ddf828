/** The work of `templates sample`. */
import { findVariants } from '../../campaign/templates/find-variants.ts';
import { sampleListOf } from '../../domain/sample-list.ts';
import type { SampleTemplateOptions } from '../commands/templates.ts';
import type { Call, CliContext } from '../context.ts';
import { withTemplates } from '../with-templates.ts';
import { writeTextFile } from '../write-text.ts';

export async function runTemplatesSample(cli: CliContext, call: Call<SampleTemplateOptions>): Promise<void> {
  const { args, options, output } = call;
  const { custSpaceId = null, language = null, out } = options;
  await withTemplates(cli, call, async ({ composition, service }) => {
    const directory = service.directory(custSpaceId);
    const found = await findVariants(directory, service.templates({ custSpaceId }), args[0] ?? '', language);
    const list = sampleListOf(found.map(({ template }) => template));
    const text = composition.sampleCsv(list);
    output.event({ event: 'sample', file: out ?? null, ...list });
    if (out === undefined) {
      output.answer(text);
      return;
    }
    await writeTextFile(out, pieces(text));
    output.talk(`wrote "${out}": ${list.columns.join(', ')}`);
  });
}

async function* pieces(text: string): AsyncGenerator<string> {
  yield text;
}
