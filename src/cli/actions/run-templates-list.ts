/** The work of `templates list`. */
import type { TemplateListing } from '../../domain/template-directory.ts';
import type { ListTemplatesOptions } from '../commands/templates.ts';
import type { Call, CliContext } from '../context.ts';
import { formatCount } from '../render/number.ts';
import { renderTable } from '../render/table.ts';
import { reviewText } from '../render/template-state.ts';
import { inertLine } from '../render/wide-text.ts';
import { withTemplates } from '../with-templates.ts';

export async function runTemplatesList(cli: CliContext, call: Call<ListTemplatesOptions>): Promise<void> {
  const { options, output } = call;
  const { status: review, type, language, name, category, custSpaceId = null } = options;
  await withTemplates(cli, call, async ({ service }) => {
    const listed: TemplateListing[] = [];
    for await (const template of service.directory(custSpaceId).list({ review, type, language, name, category })) {
      output.event({ event: 'template', ...template });
      listed.push(template);
    }
    if (listed.length === 0) {
      output.answer('no template fits');
      return;
    }
    const heading = ['code', 'name', 'language', 'state', 'category', 'type', 'reason'];
    output.answer(renderTable([heading, ...listed.map(cellsOf)]));
    output.talk(formatCount(listed.length, 'template variant'));
  });
}

function cellsOf(template: TemplateListing): readonly string[] {
  const { code, name, language, category, type, reason } = template;
  return [code, name, language, reviewText(template), category ?? '', type ?? '', reason ?? ''].map(inertLine);
}
