/** `send`: plans a campaign unless it is planned already, has it confirmed, hands it over, and reports. */
import type { Command } from 'commander';
import { addCampaignOptions } from '../campaign-options.ts';
import type { CliContext } from '../context.ts';
import type { CampaignCommandOptions } from '../planning/plan-campaign.ts';
import type { SendFileOptions } from '../sending/send-run-file.ts';
import { addOnlyOption, addPlanOptions, addSendOptions, addServiceOptions } from '../shared-options.ts';

export type SendCommandOptions = CampaignCommandOptions & SendFileOptions;

export function registerSend(program: Command, cli: CliContext): void {
  const command = program
    .command('send')
    .summary('plan, confirm, hand over, report')
    .description(
      'Hands a campaign over: checks every row, shows the plan, asks for confirmation, sends within the quota and reports. With a run file it sends what plan froze.',
    )
    .argument(
      '<campaign or run file>',
      'campaign file, list with flags, - for a list on standard input, or a .run file',
    );
  addCampaignOptions(addPlanOptions(addOnlyOption(addSendOptions(addServiceOptions(command))))).action(
    cli.action<SendCommandOptions>(async (call) => {
      const { runSend } = await import('../actions/run-send.ts');
      return runSend(cli, call);
    }),
  );
}
