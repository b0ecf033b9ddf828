/** Shows a plan on one screen: when it has just been made, and when it comes from a run file. */
import type { CheckedPlan } from '../../campaign/make-plan.ts';
import { maskAddress } from '../../domain/mask.ts';
import { languageOf } from '../../domain/message.ts';
import type { FindingGroup, PlanReader } from '../../domain/plan-store.ts';
import { renderContent } from '../../domain/render-content.ts';
import { durationAtPaceMs, requestPaceOf } from '../../domain/request-pace.ts';
import type { PlanRecord } from '../../domain/run-record.ts';
import type { Template } from '../../domain/template.ts';
import type { Composition } from '../compose.ts';
import type { Output } from '../output.ts';
import { renderFindings } from '../render/findings.ts';
import { maskFinding } from '../render/mask-finding.ts';
import { type PlanSummaryExtra, renderPlanSummary } from '../render/plan-summary.ts';
import { withRunReader } from '../with-run-reader.ts';

/** The findings that must be read, and the summary. */
export async function showCheckedPlan(
  output: Output,
  { plan, templates, findingGroups, refused }: CheckedPlan,
  reader: PlanReader,
  path: string,
): Promise<void> {
  output.event({ event: 'plan', ...planFields(plan, findingGroups), refused: refused?.message ?? null });
  const worth = findingGroups.filter(({ severity }) => severity !== 'info');
  if (worth.length > 0) {
    output.answer(`${renderFindings(worth, { width: output.width, colour: output.colour(output.stdout) })}\n`);
  }
  const first = await firstMessage(reader, async (language) => templates.get(language));
  answerSummary(output, plan, { ...first, findingGroups, runFile: refused === null ? path : null });
}

/** As the plan is now: its pace may have been changed since it was made. */
export async function showFrozenPlan(
  output: Output,
  composition: Composition,
  path: string,
  plan: PlanRecord,
): Promise<void> {
  await withRunReader(composition, path, async (reader) => {
    const findingGroups = await reader.findingGroups(0);
    output.event({ event: 'plan', ...planFields(plan, findingGroups), refused: null });
    const first = await firstMessage(reader, async (language) => {
      const template = plan.templates.find((each) => each.language === language);
      return template === undefined ? undefined : composition.frozenTemplate(template);
    });
    answerSummary(output, plan, { ...first, findingGroups, runFile: path });
  });
}

/** A plan and its findings for events: of the frozen templates, which are long, the languages alone, and no whole addresses. */
export function planFields(
  { templates, ...plan }: PlanRecord,
  findingGroups: readonly FindingGroup[],
): Readonly<Record<string, unknown>> {
  const own = templates.filter(({ channel }) => channel === plan.campaign.channel);
  return {
    plan: { ...plan, templates: own.map(({ language }) => language) },
    findings: findingGroups.map((group) => ({ ...group, first: group.first.map(maskFinding) })),
  };
}

function answerSummary(
  output: Output,
  plan: PlanRecord,
  extra: Omit<PlanSummaryExtra, 'estimateMs' | 'width' | 'colour'>,
): void {
  output.answer(
    renderPlanSummary(plan, {
      ...extra,
      estimateMs: durationAtPaceMs(groupsOf(plan), requestPaceOf(plan.campaign.send)),
      width: output.width,
      colour: output.colour(output.stdout),
    }),
  );
}

/** Messages that may share requests: in mass sending those of one language. */
function groupsOf({ campaign, summary }: PlanRecord): readonly number[] {
  return campaign.send.mode === 'mass' ? summary.languages.map(({ rows }) => rows) : [summary.toSend];
}

async function firstMessage(reader: PlanReader, templateIn: (language: string) => Promise<Template | undefined>) {
  for await (const [message] of reader.messages()) {
    if (message === undefined) break;
    const { content } = message;
    const template = content.kind === 'session' ? undefined : await templateIn(languageOf(content));
    return { firstPreview: renderContent(message, template ?? null), addressMasked: maskAddress(message.to) };
  }
  return { firstPreview: null, addressMasked: null };
}
