/** The work of `templates diff`. */
import { findVariants } from '../../campaign/templates/find-variants.ts';
import { compareTemplates } from '../../domain/compare-templates.ts';
import type { TemplatesOptions } from '../commands/templates.ts';
import type { Call, CliContext } from '../context.ts';
import { renderComparison } from '../render/template-comparison.ts';
import { withTemplates } from '../with-templates.ts';

export async function runTemplatesDiff(cli: CliContext, call: Call<TemplatesOptions>): Promise<void> {
  const { args, options, output } = call;
  const { custSpaceId = null } = options;
  const [code = '', left = '', right = ''] = args;
  await withTemplates(cli, call, async ({ service }) => {
    const directory = service.directory(custSpaceId);
    const variant = async (language: string) => {
      const [{ template }] = await findVariants(directory, service.templates({ custSpaceId }), code, language);
      return template;
    };
    const comparison = compareTemplates(await variant(left), await variant(right));
    output.event({ event: 'comparison', left, right, ...comparison });
    output.answer(renderComparison(comparison, { left, right, width: output.width }));
  });
}
