/** From what the operator named to a checked plan: reads the campaign, checks its list, shows what was found. */
import { readFile } from 'node:fs/promises';
import type { CampaignFlags } from '../../campaign/campaign-flags.ts';
import { type CheckedPlan, checkPlan, type MakePlanOptions, makePlan } from '../../campaign/make-plan.ts';
import { readCampaign } from '../../campaign/read-campaign.ts';
import type { Campaign } from '../../domain/campaign.ts';
import { durationAtRateMs, effectiveRate } from '../../domain/effective-rate.ts';
import { maskAddress } from '../../domain/mask.ts';
import type { PlanReader } from '../../domain/plan-store.ts';
import { renderMessage } from '../../domain/render-message.ts';
import type { PlanRecord } from '../../domain/run-record.ts';
import type { Template } from '../../domain/template.ts';
import type { Composition, OpenedService } from '../compose.ts';
import type { Call, CliContext, CommonOptions } from '../context.ts';
import type { Output } from '../output.ts';
import { renderFindings } from '../render/findings.ts';
import { formatCount } from '../render/number.ts';
import { renderPlanSummary } from '../render/plan-summary.ts';
import type { PlanOptions, ServiceOptions, TemplateFileOptions } from '../shared-options.ts';

export type CampaignCommandOptions = CommonOptions & CampaignFlags & ServiceOptions & TemplateFileOptions & PlanOptions;

export function campaignOf(path: string, flags: CampaignFlags): Promise<Campaign> {
  return readCampaign({ path, flags }, (file) => readFile(file, 'utf8'));
}

export interface PlanRequest {
  readonly cli: CliContext;
  readonly call: Call<CampaignCommandOptions>;
  readonly composition: Composition;
  readonly service: OpenedService;
  readonly campaign: Campaign;
}

function planOptions({ cli, call, composition, service, campaign }: PlanRequest, path: string | null) {
  const { skipInvalid, maxInvalid, maxMessages, validFor } = call.options;
  const writer = composition.planWriter(path, campaign);
  return {
    campaign,
    writer,
    service: service.service,
    templates: service.templates,
    clock: cli.clock,
    recipients: composition.recipients(campaign.recipients),
    suppressed: composition.suppressed(campaign.recipients),
    limits: { skipInvalid: skipInvalid === true, maxInvalid: maxInvalid ?? null, maxMessages: maxMessages ?? null },
    validForMs: validFor ?? null,
    onProgress: checkingProgress(call.output, cli),
  } satisfies Omit<MakePlanOptions, 'onChecked'>;
}

/** Checks into a scratch plan, which `use` may read before it vanishes. */
export async function checkCampaign<T>(
  request: PlanRequest,
  use: (checked: CheckedPlan, plan: PlanReader) => Promise<T>,
): Promise<T> {
  const options = planOptions(request, null);
  try {
    return await use(await checkPlan(options), options.writer);
  } finally {
    options.writer.discard();
  }
}

/** Freezes the plan into a run file, having shown it. Throws `PlanRefusedError` where it may not go; then there is no file. */
export async function planCampaign(request: PlanRequest, path: string): Promise<PlanRecord> {
  const { call } = request;
  const options = planOptions(request, path);
  return makePlan({
    ...options,
    onChecked: (checked) => showPlan(call.output, checked, options.writer, path),
  });
}

/** The findings that must be read, and the plan on one screen. */
async function showPlan(output: Output, checked: CheckedPlan, reader: PlanReader, path: string): Promise<void> {
  const { plan, templates, findingGroups, refused } = checked;
  output.event({ event: 'plan', plan: publicPlan(plan), findings: findingGroups, refused: refused?.message ?? null });
  const worth = findingGroups.filter(({ severity }) => severity !== 'info');
  const colour = output.colour(output.stdout);
  if (worth.length > 0) output.answer(`${renderFindings(worth, { width: output.width, colour })}\n`);
  const first = await firstMessage(reader, templates);
  output.answer(
    renderPlanSummary(plan, {
      ...first,
      estimateMs: durationAtRateMs(plan.summary.toSend, effectiveRate(plan.campaign.send)),
      findingGroups,
      runFile: refused === null ? path : null,
      width: output.width,
      colour,
    }),
  );
}

async function firstMessage(reader: PlanReader, templates: ReadonlyMap<string, Template>) {
  for await (const [message] of reader.messages()) {
    const template = message === undefined ? undefined : templates.get(message.content.language);
    if (message === undefined || template === undefined) break;
    return {
      firstPreview: renderMessage(template, message.content.params),
      addressMasked: maskAddress(message.to),
    };
  }
  return { firstPreview: null, addressMasked: null };
}

/** The plan for events: without the frozen templates, which are long, and the list's path, which is the operator's. */
export function publicPlan({ templates, ...plan }: PlanRecord): Readonly<Record<string, unknown>> {
  return { ...plan, templates: templates.map(({ language }) => language) };
}

/** Says now and then how far the check is, so that a long list does not look like a hang. */
function checkingProgress(output: Output, { clock }: CliContext): (rows: number) => void {
  const startedAt = clock.monotonic();
  let saidAt = startedAt;
  const terminal = output.stderr.isTTY === true;
  const everyMs = terminal ? 500 : 10_000;
  return (rows) => {
    const now = clock.monotonic();
    if (now - saidAt < everyMs) return;
    saidAt = now;
    output.talk(`checking: ${formatCount(rows, 'row')} read`);
  };
}

/** Where a run file goes unless `--run` says: `runs/<campaign>-<UTC stamp>.run`. */
export function defaultRunFile(campaign: Campaign, now: number): string {
  const stamp = new Date(now)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '');
  return `runs/${campaign.name}-${stamp}.run`;
}
