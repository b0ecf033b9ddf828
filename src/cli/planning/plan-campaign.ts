/** From what the operator named to a checked plan: reads the campaign, checks its list, and freezes it where asked. */
import { readFile } from 'node:fs/promises';
import type { CampaignFlags } from '../../campaign/campaign-flags.ts';
import type { SmsPlanSources } from '../../campaign/freeze-plan.ts';
import { type CheckedPlan, checkPlan, type MakePlanOptions, makePlan } from '../../campaign/make-plan.ts';
import { readCampaign } from '../../campaign/read-campaign.ts';
import type { Campaign } from '../../domain/campaign.ts';
import type { PlanReader } from '../../domain/plan-store.ts';
import { callsOf } from '../../domain/ram-policy.ts';
import type { PlanRecord } from '../../domain/run-record.ts';
import type { OpenedService } from '../compose.ts';
import type { CommonOptions } from '../context.ts';
import type { PlanOptions, ServiceOptions, TemplateFileOptions } from '../shared-options.ts';
import type { Job } from '../with-service.ts';
import { withCheckingTalk } from './checking-talk.ts';
import { showCheckedPlan } from './show-plan.ts';

export type CampaignCommandOptions = CommonOptions & CampaignFlags & ServiceOptions & TemplateFileOptions & PlanOptions;

export function campaignOf(path: string, flags: CampaignFlags): Promise<Campaign> {
  return readCampaign({ path, flags }, (file) => readFile(file, 'utf8'));
}

export interface PlanRequest extends Job<CampaignCommandOptions> {
  readonly campaign: Campaign;
}

/** Checks into a scratch plan, which `use` may read before it vanishes. */
export async function checkCampaign<T>(
  request: PlanRequest,
  use: (checked: CheckedPlan, plan: PlanReader) => Promise<T>,
): Promise<T> {
  const { cli, call } = request;
  return withCheckingTalk(call.output, cli.clock, async (onProgress) => {
    const options = { ...planOptions(request, null), onProgress };
    try {
      return await use(await checkPlan(options), options.writer);
    } finally {
      options.writer.discard();
    }
  });
}

/** Freezes the plan into a run file, having shown it. Throws `PlanRefusedError` where it may not go; then there is no file. */
export async function planCampaign(request: PlanRequest, path: string): Promise<PlanRecord> {
  const { cli, call } = request;
  return withCheckingTalk(call.output, cli.clock, (onProgress) => {
    const options = planOptions(request, path);
    return makePlan({
      ...options,
      onProgress,
      onChecked: (checked) => showCheckedPlan(call.output, checked, options.writer, path),
    });
  });
}

function planOptions({ cli, call, composition, service, campaign }: PlanRequest, path: string | null) {
  const { skipInvalid, maxInvalid, maxMessages, maxSpend, validFor, templateFile } = call.options;
  const recipients = composition.recipients(campaign.recipients);
  const suppressed = composition.suppressed(campaign.recipients);
  return {
    campaign,
    // After everything that may throw: it begins a file.
    writer: composition.planWriter(path, campaign),
    service: service.service,
    fallbackService: service.fallback?.service ?? null,
    account: templateFile === undefined ? service.account : async () => null,
    templates: service.templates(callsOf(campaign)),
    sms: smsSourcesOf(service, campaign),
    // Who gives a saved template may have no credentials to ask with.
    preflight: templateFile === undefined ? service.preflight(campaign) : null,
    clock: cli.clock,
    recipients,
    suppressed,
    rates: composition.rates(campaign),
    limits: {
      skipInvalid: skipInvalid === true,
      maxInvalid: maxInvalid ?? null,
      maxMessages: maxMessages ?? null,
      maxSpendMicros: maxSpend ?? null,
    },
    validForMs: validFor ?? null,
  } satisfies Omit<MakePlanOptions, 'onChecked' | 'onProgress'>;
}

/** Text messages are checked with their own service, whether they are the messages or stand in for them. */
function smsSourcesOf({ fallback, ...service }: OpenedService, campaign: Campaign): SmsPlanSources | null {
  const { sms, templates } = fallback ?? service;
  return sms === null ? null : { ...sms, templates: templates(callsOf(campaign)) };
}

/** Where a run file goes unless `--run` says: `runs/<campaign>-<UTC stamp>.run`. */
export function defaultRunFile(campaign: Campaign, now: number): string {
  const stamp = new Date(now)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '');
  return `runs/${campaign.name}-${stamp}.run`;
}
