/** `plan`: checks a campaign and freezes it into a run file. Sends nothing. */
import type { Command } from 'commander';
import { addCampaignOptions } from '../campaign-options.ts';
import type { CliContext } from '../context.ts';
import type { CampaignCommandOptions } from '../planning/plan-campaign.ts';
import { addPlanOptions, addServiceOptions, addTemplateFileOption } from '../shared-options.ts';

export function registerPlan(program: Command, cli: CliContext): void {
  const command = program
    .command('plan')
    .summary('freeze what would go out into a run file')
    .description(
      'Checks a campaign and freezes every message into a run file, for send to hand over later. Sends nothing.',
    )
    .argument('<campaign>', 'campaign file, or a list with flags, or - for a list on standard input');
  addCampaignOptions(addPlanOptions(addTemplateFileOption(addServiceOptions(command)))).action(
    cli.action<CampaignCommandOptions>(async (call) => {
      const { runPlan } = await import('../actions/run-plan.ts');
      return runPlan(cli, call);
    }),
  );
}
