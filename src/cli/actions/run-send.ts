/** The work of `send`: brings about a run file that holds the campaign, and hands over what it holds. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { campaignDigest } from '../../campaign/canonical-campaign.ts';
import { listChanged, verifySameRun } from '../../campaign/verify-plan.ts';
import type { Campaign, RecipientList } from '../../domain/campaign.ts';
import type { PlanRecord } from '../../domain/run-record.ts';
import type { SendCommandOptions } from '../commands/send.ts';
import type { Composition, OpenedService } from '../compose.ts';
import type { Call, CliContext, Ending } from '../context.ts';
import { goOnCommand } from '../go-on-command.ts';
import { campaignOf, defaultRunFile, planCampaign } from '../planning/plan-campaign.ts';
import { showFrozenPlan } from '../planning/show-plan.ts';
import { confirm } from '../sending/confirm.ts';
import { type BeforeSending, sendRunFile } from '../sending/send-run-file.ts';

interface Job {
  readonly cli: CliContext;
  readonly call: Call<SendCommandOptions>;
  readonly composition: Composition;
  readonly service: OpenedService;
}

export async function runSend(cli: CliContext, call: Call<SendCommandOptions>): Promise<Ending> {
  const { args, options } = call;
  const [target = ''] = args;
  const isRunFile = target.endsWith('.run');
  const campaign = isRunFile ? null : await campaignOf(target, options);
  const composition = await cli.compose(options);
  const service = await composition.openService(options);
  const job = { cli, call, composition, service };
  try {
    if (campaign === null) return await sendPlanned(job, target);
    return await sendCampaign(job, campaign);
  } finally {
    await service.close();
  }
}

async function sendCampaign(job: Job, campaign: Campaign): Promise<Ending> {
  const { cli, call } = job;
  const path = call.options.run ?? defaultRunFile(campaign, cli.clock.now());
  call.remember({ run: path });
  if (existsSync(path)) return goOnWithSame(job, campaign, path);
  if (call.options.dryRun) return rehearse(job, campaign);
  await planCampaign({ ...job, campaign }, path);
  return send(job, path, async () => {});
}

/** The same `--run` again, as from cron: the same campaign and list go on where they stopped; anything else is refused. */
async function goOnWithSame(job: Job, campaign: Campaign, path: string): Promise<Ending> {
  const { composition } = job;
  const listDigest = await digestOf(composition, campaign.recipients);
  return send(job, path, async ({ plan }) => {
    verifySameRun(plan, { campaignDigest: campaignDigest(campaign), listDigest });
    await showFrozenPlan(job, path, plan);
  });
}

async function sendPlanned(job: Job, path: string): Promise<Ending> {
  const { composition } = job;
  return send(job, path, async ({ plan, begun }) => {
    if (!begun) await verifyList(composition, plan);
    await showFrozenPlan(job, path, plan);
  });
}

/** Plans into a folder that vanishes, so that a dry run leaves nothing behind that could be taken for a plan. */
async function rehearse(job: Job, campaign: Campaign): Promise<Ending> {
  const folder = await mkdtemp(join(tmpdir(), 'sendoff-dry-run-'));
  try {
    const path = join(folder, 'dry-run.run');
    await planCampaign({ ...job, campaign }, path);
    const { code, balance } = await send(job, path, async () => {});
    return { code, balance: balance ?? null, run: null };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function send(job: Job, path: string, check: (state: BeforeSending) => Promise<void>): Promise<Ending> {
  const { cli, call, service } = job;
  const { options } = call;
  return sendRunFile({
    ...job,
    path,
    maxAgeMs: options.validFor ?? null,
    pace: path === call.args[0] ? options : {},
    async beforeSending(state) {
      await check(state);
      const messages = await state.toDo();
      if (messages === 0 || options.dryRun) return;
      await confirm(cli.io, {
        messages,
        yes: options.yes === true,
        mayAsk: options.input,
        command: goOnCommand('send', path, options, service.service),
      });
    },
  });
}

/** Where the list still lies where it was planned from, it must be the same; elsewhere (another machine) the plan stands alone. */
async function verifyList(composition: Composition, plan: PlanRecord): Promise<void> {
  const { recipients } = plan.campaign;
  if (recipients.file === '-' || !existsSync(recipients.file)) return;
  if ((await digestOf(composition, recipients)) !== plan.digests.list) throw listChanged(recipients.file);
}

async function digestOf(composition: Composition, list: RecipientList): Promise<string> {
  const source = composition.recipients(list);
  for await (const { findings } of source.read()) {
    // A list that breaks off has no digest, and is not the one that was planned.
    if (findings.some(({ severity }) => severity === 'fatal')) return '';
  }
  return source.digest();
}
