/** `reconcile`: settles the unknown rows of a run by the service's own message log. */
import type { Command } from 'commander';
import { parseDuration } from '../../domain/parse-duration.ts';
import type { CliContext, CommonOptions } from '../context.ts';
import { addServiceOptions, parsedBy, type ServiceOptions } from '../shared-options.ts';

export interface ReconcileOptions extends CommonOptions, ServiceOptions {
  /** Milliseconds. */
  readonly settle?: number;
  readonly resendMissing?: true;
}

export function registerReconcile(program: Command, cli: CliContext): void {
  const command = program
    .command('reconcile')
    .summary('settle unknown rows by the message log of the service')
    .description(
      'Asks the message log of the service about every unknown row. A row that it shows is accepted, under its message id. A row that it provably lacks stays unknown, unless you put it back in line with --resend-missing. What cannot be proved stays unknown, with the reason. Hands nothing over.',
    )
    .argument('<run file>', 'the run file of a finished or stopped run')
    .option(
      '--settle <duration>',
      'how long after an attempt the log may still come to show it (default: 60s)',
      parsedBy(parseDuration),
    )
    .option('--resend-missing', 'put rows back in line that did not go out; sendoff resume hands them over');
  addServiceOptions(command).action(
    cli.action<ReconcileOptions>(async (call) => {
      const { runReconcile } = await import('../actions/run-reconcile.ts');
      return runReconcile(cli, call);
    }),
  );
}
