/** `report`: gives back every row of the list with what became of it, in several forms. */
import type { Command } from 'commander';
import type { CliContext, CommonOptions } from '../context.ts';
import { addServiceOptions, type ServiceOptions } from '../shared-options.ts';

/** True: to standard output; a text: to that file. */
type Target = true | string;

export interface ReportCommandOptions extends CommonOptions, ServiceOptions {
  readonly csv?: Target;
  readonly jsonl?: Target;
  readonly md?: Target;
  readonly jsonFile?: string;
  /** Asks the service first what became of text messages. */
  readonly refresh?: true;
}

export function registerReport(program: Command, cli: CliContext): void {
  const command = program
    .command('report')
    .summary('every row with what became of it, and why')
    .description(
      'Gives back every column of the list and what became of each row. Without a form it prints the balance and the causes. Files are for their owner only (mode 0600): they hold whole addresses.',
    )
    .argument('<run file>', 'the run file')
    .option('--csv [file]', 'as CSV that Excel opens; to standard output without a file')
    .option('--jsonl [file]', 'one JSON object a row')
    .option('--md [file]', 'balance, causes and failed rows as Markdown')
    .option('--json-file <file>', 'as one JSON document (with --json: on standard output, before the exit event)')
    .option('--refresh', 'ask the service first which text messages were delivered, and which failed');
  addServiceOptions(command).action(
    cli.action<ReportCommandOptions>(async (call) => {
      const { runReport } = await import('../actions/run-report.ts');
      return runReport(cli, call);
    }),
  );
}
