/** The work of `plan`: freezes a campaign into a run file and says how to send it. */
import type { Call, CliContext } from '../context.ts';
import { goOnCommand } from '../go-on-command.ts';
import { type CampaignCommandOptions, campaignOf, defaultRunFile, planCampaign } from '../planning/plan-campaign.ts';

/** Answers with the path of the run file. */
export async function runPlan(cli: CliContext, call: Call<CampaignCommandOptions>): Promise<string> {
  const { args, options, output } = call;
  const campaign = await campaignOf(args[0] ?? '', options);
  const composition = await cli.compose(options);
  const service = await composition.openService(options);
  try {
    const path = options.run ?? defaultRunFile(campaign, cli.clock.now());
    await planCampaign({ cli, call, composition, service, campaign }, path);
    output.talk(`to hand it over: ${goOnCommand('send', path, options, service.service)}`);
    return path;
  } finally {
    await service.close();
  }
}
