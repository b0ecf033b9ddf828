/** `preview`: draws messages as their readers will see them. Sends nothing, writes no run. */
import type { Command } from 'commander';
import { parseWholeNumber } from '../../domain/parse-whole-number.ts';
import { addCampaignOptions } from '../campaign-options.ts';
import type { CliContext } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import type { CampaignCommandOptions } from '../planning/plan-campaign.ts';
import { addServiceOptions, addTemplateFileOption, parsedBy } from '../shared-options.ts';

export type PreviewCommandOptions = CampaignCommandOptions & { readonly row?: number };

export function registerPreview(program: Command, cli: CliContext): void {
  const command = program
    .command('preview')
    .summary('show messages as their readers will see them')
    .description(
      'Draws the first, the longest and the riskiest message as their readers will see them, or that of one row.',
    )
    .argument('<campaign>', 'campaign file, or a list with flags, or - for a list on standard input')
    .option(
      '--row <n>',
      'the row to show, as the spreadsheet numbers it',
      parsedBy((text) => parseWholeNumber(text, 1, 1_000_000_000)),
    );
  addCampaignOptions(addTemplateFileOption(addServiceOptions(command))).action(
    cli.action<PreviewCommandOptions>(async (call) => {
      const { runPreview } = await import('../actions/run-preview.ts');
      return (await runPreview(cli, call)) ? exitCode.done : exitCode.invalid;
    }),
  );
}
