/** The work of `templates show`. */
import { findVariants } from '../../campaign/templates/find-variants.ts';
import { ownValue } from '../../domain/own-value.ts';
import { templateVariables, variablePlaces } from '../../domain/variables.ts';
import type { ShowTemplateOptions } from '../commands/templates.ts';
import type { Call, CliContext } from '../context.ts';
import { renderTemplate } from '../render/template-details.ts';
import { reviewText } from '../render/template-state.ts';
import { withTemplates } from '../with-templates.ts';

export async function runTemplatesShow(cli: CliContext, call: Call<ShowTemplateOptions>): Promise<void> {
  const { args, options, output } = call;
  const { custSpaceId = null, language = null } = options;
  await withTemplates(cli, call, async ({ service }) => {
    const directory = service.directory(custSpaceId);
    const found = await findVariants(directory, service.templates({ custSpaceId }), args[0] ?? '', language);
    const colour = output.colour(output.stdout);
    const drawn = found.map(({ template, listing }) => {
      const variables = templateVariables(template).map((variable) => ({
        name: variable.name,
        places: variablePlaces(variable),
        example: ownValue(template.examples, variable.name) ?? null,
      }));
      output.event({ event: 'template', review: listing.review, template, variables });
      return renderTemplate(template, { width: output.width, colour, state: reviewText(listing) });
    });
    output.answer(drawn.join('\n\n'));
  });
}
