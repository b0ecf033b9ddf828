/** The work of `send`: brings about a run file that holds the campaign, and hands over what it holds. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { campaignDigest } from '../../campaign/canonical-campaign.ts';
import { changedPace } from '../../campaign/change-pace.ts';
import { listChanged, verifySameRun } from '../../campaign/verify-plan.ts';
import type { Campaign } from '../../domain/campaign.ts';
import type { PlanRecord } from '../../domain/run-record.ts';
import type { SendCommandOptions } from '../commands/send.ts';
import type { Composition } from '../compose.ts';
import type { Call, CliContext, Ending } from '../context.ts';
import { campaignOf, defaultRunFile, planCampaign } from '../planning/plan-campaign.ts';
import { showFrozenPlan } from '../planning/show-plan.ts';
import { sendRunFile } from '../sending/send-run-file.ts';
import { UsageError } from '../usage-error.ts';
import { type Job, withService } from '../with-service.ts';

type SendJob = Job<SendCommandOptions>;

export async function runSend(cli: CliContext, call: Call<SendCommandOptions>): Promise<Ending> {
  const { args, options } = call;
  const [target = ''] = args;
  if (target.endsWith('.run')) {
    refusePlanFlags(options);
    return withService(cli, call, { runFile: target }, (job) => sendPlanned(job, target));
  }
  const campaign = await campaignOf(target, options);
  return withService(cli, call, campaign, (job) => sendCampaign(job, campaign));
}

/** They steer the making of a plan, and a limit that is passed over in silence is none. */
function refusePlanFlags({ run, skipInvalid, maxInvalid, maxMessages, maxSpend }: SendCommandOptions): void {
  const flags = {
    '--run': run,
    '--skip-invalid': skipInvalid,
    '--max-invalid': maxInvalid,
    '--max-messages': maxMessages,
    '--max-spend': maxSpend,
  };
  for (const [flag, value] of Object.entries(flags)) {
    if (value === undefined) continue;
    throw new UsageError(`${flag}: a run file is planned already`, {
      hint: 'leave the flag out, or name the campaign to plan it again',
    });
  }
}

async function sendCampaign(job: SendJob, campaign: Campaign): Promise<Ending> {
  const { cli, call } = job;
  const path = call.options.run ?? defaultRunFile(campaign, cli.clock.now());
  call.remember({ run: path });
  if (existsSync(path)) return goOnWithSame(job, campaign, path);
  if (call.options.dryRun) return rehearse(job, campaign);
  await planCampaign({ ...job, campaign }, path);
  return sendFresh(job, path);
}

/** The same `--run` again, as from cron: the same campaign and list go on where they stopped; anything else is refused. */
async function goOnWithSame(job: SendJob, campaign: Campaign, path: string): Promise<Ending> {
  const { call, composition } = job;
  const listDigest = await composition.recipients(campaign.recipients).readDigest();
  return sendRunFile({
    ...sending(job, path),
    // Everything else is as it was planned, or the digests would differ.
    paced: (planned) => ({ ...planned, send: campaign.send, fallback: campaign.fallback }),
    async beforeSending({ plan, toDo, confirm }) {
      verifySameRun(plan, { campaignDigest: campaignDigest(campaign), listDigest });
      await showFrozenPlan(call.output, composition, path, plan);
      await confirm(await toDo());
    },
  });
}

async function sendPlanned(job: SendJob, path: string): Promise<Ending> {
  const { call, composition } = job;
  return sendRunFile({
    ...sending(job, path),
    paced: (planned) => ({ ...planned, send: changedPace(planned, call.options) }),
    async beforeSending({ plan, begun, toDo, confirm }) {
      if (!begun) await verifyList(composition, plan);
      await showFrozenPlan(call.output, composition, path, plan);
      await confirm(await toDo());
    },
  });
}

/** Plans into a folder that vanishes, so that a dry run leaves nothing behind that could be taken for a plan. */
async function rehearse(job: SendJob, campaign: Campaign): Promise<Ending> {
  const folder = await mkdtemp(join(tmpdir(), 'sendoff-dry-run-'));
  try {
    const path = join(folder, 'dry-run.run');
    await planCampaign({ ...job, campaign }, path);
    const { code, balance } = await sendFresh(job, path);
    return { code, balance: balance ?? null, run: null };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What has just been planned and shown. */
function sendFresh(job: SendJob, path: string): Promise<Ending> {
  return sendRunFile({
    ...sending(job, path),
    paced: (planned) => planned,
    beforeSending: async ({ toDo, confirm }) => confirm(await toDo()),
  });
}

function sending(job: SendJob, path: string) {
  return { ...job, command: 'send', path, maxAgeMs: job.call.options.validFor ?? null } as const;
}

/** Where the list still lies where it was planned from, it must be the same; elsewhere (another machine) the plan stands alone. */
async function verifyList(composition: Composition, plan: PlanRecord): Promise<void> {
  const { recipients } = plan.campaign;
  if (recipients.file === '-' || !existsSync(recipients.file)) return;
  if ((await composition.recipients(recipients).readDigest()) !== plan.digests.list) throw listChanged(recipients.file);
}
