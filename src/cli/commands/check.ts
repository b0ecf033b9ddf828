/** `check`: validates every row against the real template. Sends nothing, writes no run. */
import type { Command } from 'commander';
import { addCampaignOptions } from '../campaign-options.ts';
import type { CliContext } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import type { CampaignCommandOptions } from '../planning/plan-campaign.ts';
import { addCheckOptions, addServiceOptions, addTemplateFileOption } from '../shared-options.ts';

export interface CheckOptions extends CampaignCommandOptions {
  /** Where to write the invalid rows. */
  readonly rejected?: string;
  readonly jsonl?: true;
}

export function registerCheck(program: Command, cli: CliContext): void {
  const command = program
    .command('check')
    .summary('validate every row, say what is wrong by cell')
    .description(
      'Validates every row against the real template and prints the findings by cell. Sends nothing, writes no run.',
    )
    .argument('<campaign>', 'campaign file, or a list with flags, or - for a list on standard input')
    .option('--rejected <file>', 'write the invalid rows here, with what is wrong, to be mended and sent')
    .option('--jsonl', 'every finding as a line of JSON on standard output');
  addCampaignOptions(addCheckOptions(addTemplateFileOption(addServiceOptions(command)))).action(
    cli.action<CheckOptions>(async (call) => {
      const { runCheck } = await import('../actions/run-check.ts');
      return (await runCheck(cli, call)) ? exitCode.done : exitCode.invalid;
    }),
  );
}
