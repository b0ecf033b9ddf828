/** `resume`: hands over what is left of an interrupted run. */
import type { Command } from 'commander';
import type { CampaignFlags } from '../../campaign/campaign-flags.ts';
import { addPaceOptions } from '../campaign-options.ts';
import type { CliContext } from '../context.ts';
import type { SendFileOptions } from '../sending/send-run-file.ts';
import { addOnlyOption, addSendOptions, addServiceOptions } from '../shared-options.ts';

export type ResumeOptions = SendFileOptions & CampaignFlags;

export function registerResume(program: Command, cli: CliContext): void {
  const command = program
    .command('resume')
    .summary('hand over what is left of an interrupted run')
    .description(
      'Hands over what is left of an interrupted run. Says first how many rows are done, left and unknown; unknown rows are never sent again by this.',
    )
    .argument('<run file>', 'the run file of an interrupted run');
  addPaceOptions(addOnlyOption(addSendOptions(addServiceOptions(command)))).action(
    cli.action<ResumeOptions>(async (call) => {
      const { runResume } = await import('../actions/run-resume.ts');
      return runResume(cli, call);
    }),
  );
}
