/** The work of `preview`. */
import { choosePreviews, type PreviewChoice } from '../../campaign/choose-previews.ts';
import type { CheckedPlan } from '../../campaign/make-plan.ts';
import { maskAddress } from '../../domain/mask.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { PlanReader } from '../../domain/plan-store.ts';
import { renderMessage } from '../../domain/render-message.ts';
import type { PreviewCommandOptions } from '../commands/preview.ts';
import type { Call, CliContext } from '../context.ts';
import type { Output } from '../output.ts';
import { campaignOf, checkCampaign } from '../planning/plan-campaign.ts';
import { renderFindings } from '../render/findings.ts';
import { renderPreview } from '../render/preview.ts';

export class NoSuchMessageError extends OperatorError {
  override readonly code = 'NO_SUCH_MESSAGE';
  override readonly kind = 'invalid';
}

/** Answers whether there was a message to show. */
export async function runPreview(cli: CliContext, call: Call<PreviewCommandOptions>): Promise<boolean> {
  const { args, options, output } = call;
  const campaign = await campaignOf(args[0] ?? '', options);
  const composition = await cli.compose(options);
  const service = await composition.openService(options);
  try {
    return await checkCampaign({ cli, call, composition, service, campaign }, async (checked, plan) => {
      const choices = options.row === undefined ? await choosePreviews(plan) : [await ofRow(plan, options.row)];
      for (const choice of choices) show(choice, checked, output);
      if (choices.length === 0) explainNothing(checked, output);
      return choices.length > 0;
    });
  } finally {
    await service.close();
  }
}

async function ofRow(plan: PlanReader, row: number): Promise<PreviewChoice> {
  const message = await plan.messageAt(row);
  if (message !== null) return { message, why: 'chosen' };
  throw new NoSuchMessageError(`row ${row} has no message to show`, {
    hint: 'it is invalid, a duplicate, or not in the list: sendoff check tells',
  });
}

function show({ message, why }: PreviewChoice, { templates }: CheckedPlan, output: Output): void {
  const { content, row, to } = message;
  const template = templates.get(content.language);
  if (template === undefined) throw new Error(`no template was kept for the language "${content.language}"`);
  const rendered = renderMessage(template, content.params);
  output.event({ event: 'preview', row, why, to: maskAddress(to), language: content.language, message: rendered });
  output.answer(
    [
      `row ${row} (${why}), to ${maskAddress(to)}, ${content.language}`,
      renderPreview(rendered, { width: output.width, colour: output.colour(output.stdout) }),
      '',
    ].join('\n'),
  );
}

function explainNothing({ findingGroups }: CheckedPlan, output: Output): void {
  output.answer(renderFindings(findingGroups, { width: output.width, colour: output.colour(output.stdout) }));
  output.insist('no row has a message to show');
}
