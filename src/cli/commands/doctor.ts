/** `doctor`: examines everything that must be right before a campaign can go. Sends nothing. */
import type { Command } from 'commander';
import { addCampaignOptions } from '../campaign-options.ts';
import type { CliContext } from '../context.ts';
import type { CampaignCommandOptions } from '../planning/plan-campaign.ts';
import { addServiceOptions } from '../shared-options.ts';

export interface DoctorCommandOptions extends CampaignCommandOptions {
  /** Print the rights that are needed, and ask nobody. */
  readonly policy?: true;
}

export function registerDoctor(program: Command, cli: CliContext): void {
  const command = program
    .command('doctor')
    .summary('examine credentials, clock, rights, sender and template')
    .description(
      'Examines what must be right before a campaign can go: credentials, clock, rights, sender, messaging tier, template. Each line is ok, or says what to do. Sends nothing.',
    )
    .argument('[campaign]', 'campaign file, or a list with flags (default: the account alone)')
    .option('--policy', 'print the smallest RAM policy for this, as JSON, and ask nobody');
  addCampaignOptions(addServiceOptions(command)).action(
    cli.action<DoctorCommandOptions>(async (call) => {
      const { runDoctor } = await import('../actions/run-doctor.ts');
      return runDoctor(cli, call);
    }),
  );
}
