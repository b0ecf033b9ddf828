/** `status`: the balance, the rate and the time left of a run, also while another process sends from it. */
import type { Command } from 'commander';
import type { CliContext, CommonOptions } from '../context.ts';
import { exitCode } from '../exit-code.ts';

export function registerStatus(program: Command, cli: CliContext): void {
  program
    .command('status')
    .summary('how a run stands, also while it is under way')
    .description(
      'The balance, the rate and the time left of a run, also while another process sends from it. Changes nothing.',
    )
    .argument('[run file]', 'the run file (default: the newest in runs/)')
    .action(
      cli.action<CommonOptions>(async (call) => {
        const { runStatus } = await import('../actions/run-status.ts');
        return { code: exitCode.done, ...(await runStatus(cli, call)) };
      }),
    );
}
