/** `init`: writes a commented campaign and a small list that run as they are on the emulator. */
import type { Command } from 'commander';
import type { CliContext, CommonOptions } from '../context.ts';
import { exitCode } from '../exit-code.ts';

export function registerInit(program: Command, cli: CliContext): void {
  program
    .command('init')
    .summary('write a campaign and a list to begin with')
    .description(
      'Writes a commented campaign and a small list that run as they are on the emulator. Overwrites nothing.',
    )
    .argument('[folder]', 'where to (default: this folder)')
    .action(
      cli.action<CommonOptions>(async (call) => {
        const { runInit } = await import('../actions/run-init.ts');
        await runInit(call);
        return exitCode.done;
      }),
    );
}
