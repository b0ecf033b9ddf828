/** `runs`: the run files of a folder, each with its balance. */
import type { Command } from 'commander';
import type { CliContext, CommonOptions } from '../context.ts';
import { exitCode } from '../exit-code.ts';

export function registerRuns(program: Command, cli: CliContext): void {
  program
    .command('runs')
    .summary('the run files of a folder')
    .description('Lists the run files of a folder, the last changed first, each with how it stands.')
    .argument('[folder]', 'where to look (default: runs)')
    .action(
      cli.action<CommonOptions>(async (call) => {
        const { runRuns } = await import('../actions/run-runs.ts');
        await runRuns(cli, call);
        return exitCode.done;
      }),
    );
}
