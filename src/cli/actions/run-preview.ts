/** The work of `preview`. */
import { choosePreviews, type PreviewChoice } from '../../campaign/choose-previews.ts';
import type { CheckedPlan } from '../../campaign/make-plan.ts';
import { maskAddress } from '../../domain/mask.ts';
import { asFallback, languageOf, type Message, type MessageContent } from '../../domain/message.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { PlanReader } from '../../domain/plan-store.ts';
import { renderContent } from '../../domain/render-content.ts';
import type { RenderedMessage } from '../../domain/rendered-message.ts';
import type { PreviewCommandOptions } from '../commands/preview.ts';
import type { Call, CliContext } from '../context.ts';
import type { Output } from '../output.ts';
import { campaignOf, checkCampaign } from '../planning/plan-campaign.ts';
import { renderFindings } from '../render/findings.ts';
import { renderPreview } from '../render/preview.ts';
import { inertLine } from '../render/wide-text.ts';
import { withService } from '../with-service.ts';

export class NoSuchMessageError extends OperatorError {
  override readonly code = 'NO_SUCH_MESSAGE';
  override readonly kind = 'invalid';
}

/** Answers whether there was a message to show. */
export async function runPreview(cli: CliContext, call: Call<PreviewCommandOptions>): Promise<boolean> {
  const { args, options, output } = call;
  const campaign = await campaignOf(args[0] ?? '', options);
  return withService(cli, call, campaign, (job) =>
    checkCampaign({ ...job, campaign }, async (checked, plan) => {
      const choices = options.row === undefined ? await choosePreviews(plan) : [await ofRow(plan, options.row)];
      if (choices.length === 0) explainNothing(checked, output);
      else show(choices, checked, output);
      return choices.length > 0;
    }),
  );
}

async function ofRow(plan: PlanReader, row: number): Promise<PreviewChoice> {
  const message = await plan.messageAt(row);
  if (message !== null) return { message, why: 'chosen' };
  throw new NoSuchMessageError(`row ${row} has no message to show`, {
    hint: 'it is invalid, a duplicate, or not in the list: sendoff check tells',
  });
}

function show(choices: readonly PreviewChoice[], { templates }: CheckedPlan, output: Output): void {
  const view = { width: output.width, colour: output.colour(output.stdout) };
  const drawn = choices.map(({ message: planned, why }) => {
    const { content, row, to } = planned;
    const message = rendered(planned, templates);
    const instead = planned.fallback === null ? null : asFallback(planned);
    const fallback = instead && {
      channel: instead.channel,
      language: languageOf(instead.content) || null,
      message: rendered(instead, templates),
    };
    const masked = maskAddress(to);
    const language = languageOf(content) || null;
    output.event({ event: 'preview', row, why, to: masked, language, message, fallback });
    return [
      `row ${row} (${why}), to ${masked}, ${labelOf(content)}`,
      renderPreview(message, view),
      ...(instead && fallback ? [fallbackLine(instead), renderPreview(fallback.message, view)] : []),
    ].join('\n');
  });
  output.answer(drawn.join('\n\n'));
}

function fallbackLine({ content }: Message): string {
  const code = content.kind === 'session' ? '' : inertLine(content.code);
  return `falls back to ${content.kind === 'sms' ? 'text message' : 'template'} ${code}, ${labelOf(content)}`;
}

/** What tells a message from the others of its list, beside its recipient. */
function labelOf(content: MessageContent): string {
  switch (content.kind) {
    case 'template':
      return content.language;
    case 'session':
      return content.type;
    case 'sms':
      return `signed "${content.sign}"`;
  }
}

function rendered(message: Message, templates: CheckedPlan['templates']): RenderedMessage {
  const language = languageOf(message.content);
  const shown = renderContent(message, templates.get(language) ?? null);
  if (shown === null) throw new Error(`no template was kept for the language "${language}"`);
  return shown;
}

function explainNothing({ findingGroups }: CheckedPlan, output: Output): void {
  output.answer(renderFindings(findingGroups, { width: output.width, colour: output.colour(output.stdout) }));
  output.insist('no row has a message to show');
}
