/** The work of `plan`: freezes a campaign into a run file and says how to send it. */
import { plannedBalance } from '../../domain/balance.ts';
import type { Call, CliContext, Ending } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import { goOnCommand } from '../go-on-command.ts';
import { type CampaignCommandOptions, campaignOf, defaultRunFile, planCampaign } from '../planning/plan-campaign.ts';
import { withService } from '../with-service.ts';

export async function runPlan(cli: CliContext, call: Call<CampaignCommandOptions>): Promise<Ending> {
  const { args, options, output } = call;
  const campaign = await campaignOf(args[0] ?? '', options);
  return withService(cli, call, campaign, async (job) => {
    const path = options.run ?? defaultRunFile(campaign, cli.clock.now());
    const { summary } = await planCampaign({ ...job, campaign }, path);
    output.talk(`to hand it over: ${goOnCommand('send', path, options, job.service.service)}`);
    return { code: exitCode.done, balance: plannedBalance(summary), run: path };
  });
}
