/** The work of `plan`: freezes a campaign into a run file and says how to send it. */
import type { Call, CliContext } from '../context.ts';
import { goOnCommand } from '../go-on-command.ts';
import { type CampaignCommandOptions, campaignOf, defaultRunFile, planCampaign } from '../planning/plan-campaign.ts';
import { withService } from '../with-service.ts';

/** Answers with the path of the run file. */
export async function runPlan(cli: CliContext, call: Call<CampaignCommandOptions>): Promise<string> {
  const { args, options, output } = call;
  const campaign = await campaignOf(args[0] ?? '', options);
  return withService(cli, call, async (job) => {
    const path = options.run ?? defaultRunFile(campaign, cli.clock.now());
    await planCampaign({ ...job, campaign }, path);
    output.talk(`to hand it over: ${goOnCommand('send', path, options, job.service.service)}`);
    return path;
  });
}
