/** `retry`: puts rejected rows whose cause may have passed back in line, and hands them over. */
import type { Command } from 'commander';
import type { CampaignFlags } from '../../campaign/campaign-flags.ts';
import type { RetryClass } from '../../campaign/choose-retries.ts';
import { parseDuration } from '../../domain/parse-duration.ts';
import { parseOneOf } from '../../domain/parse-one-of.ts';
import { addPaceOptions } from '../campaign-options.ts';
import type { CliContext } from '../context.ts';
import type { SendFileOptions } from '../sending/send-run-file.ts';
import { addSendOptions, addServiceOptions, parsedBy, parseNonBlank, repeatable } from '../shared-options.ts';

export type RetryOptions = SendFileOptions &
  CampaignFlags & {
    readonly class?: readonly RetryClass[];
    readonly code?: readonly string[];
    /** Milliseconds since the refusal. */
    readonly after?: number;
  };

const retryClasses = ['transient', 'row', 'campaign', 'account'] as const satisfies readonly RetryClass[];

export function registerRetry(program: Command, cli: CliContext): void {
  const command = program
    .command('retry')
    .summary('hand over what was rejected and may pass now')
    .description(
      'Hands over again, in the same run file, the rejected rows whose cause may have passed and whose time has come. Attempts add up, rows count once. Unknown rows are left alone.',
    )
    .argument('<run file>', 'the run file of a finished or stopped run')
    .option(
      '--class <class>',
      `only refusals of this class: ${retryClasses.join(', ')}; the last three also where nothing has passed by itself; repeatable`,
      repeatable((text) => parseOneOf(text, retryClasses, 'a class')),
    )
    .option('--code <code>', 'only refusals with this code; repeatable', repeatable(parseNonBlank))
    .option('--after <duration>', 'only refusals at least this old: 30m, 24h', parsedBy(parseDuration));
  addPaceOptions(addSendOptions(addServiceOptions(command))).action(
    cli.action<RetryOptions>(async (call) => {
      const { runRetry } = await import('../actions/run-retry.ts');
      return runRetry(cli, call);
    }),
  );
}
