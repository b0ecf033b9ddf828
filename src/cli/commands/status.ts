/** `status`: the balance, the rate and the time left of a run, also while another process sends from it. */
import type { Command } from 'commander';
import type { CliContext, CommonOptions } from '../context.ts';

export function registerStatus(program: Command, cli: CliContext): void {
  program
    .command('status')
    .summary('how a run stands, also under way')
    .description(
      'The balance, the rate and the time left of a run, also while another process sends from it. Changes nothing.',
    )
    .argument('[run file]', 'the run file (default: the newest in runs/)')
    .action(
      cli.action<CommonOptions>(async (call) => {
        const { runStatus } = await import('../actions/run-status.ts');
        return runStatus(cli, call);
      }),
    );
}
