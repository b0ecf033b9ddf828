/** `explain`: what a code means, offline. */
import type { Command } from 'commander';
import type { CliContext, CommonOptions } from '../context.ts';
import { exitCode } from '../exit-code.ts';

export function registerExplain(program: Command, cli: CliContext): void {
  program
    .command('explain')
    .summary('what a code means, offline')
    .description(
      'Cause, fix, who is affected, and whether a retry helps, for any code of the services and of sendoff. Needs no network.',
    )
    .argument('<code>', 'such as 131026, InvalidParameter.PhoneNumberError or PARAM_MISSING')
    .action(
      cli.action<CommonOptions>(async ({ args, output }) => {
        const [{ explain }, { unsettledReasons }, { operatorErrorCodes }, { renderExplanation }] = await Promise.all([
          import('../../campaign/explain.ts'),
          import('../../campaign/reconcile-reasons.ts'),
          import('../../domain/operator-error-codes.ts'),
          import('../render/explanation.ts'),
        ]);
        const explanation = explain(args[0] ?? '', { ...operatorErrorCodes, ...unsettledReasons });
        output.event({ event: 'explanation', ...explanation });
        const text = renderExplanation(explanation, { width: output.width, colour: output.colour(output.stdout) });
        if (explanation.kind === 'known') {
          output.answer(text);
          return exitCode.done;
        }
        output.insist(text);
        return exitCode.usage;
      }),
    );
}
