/** The work of `retry`. What it hands over was refused before, so a person confirms it like a send. */
import { changedPace } from '../../campaign/change-pace.ts';
import { retryChooser } from '../../campaign/choose-retries.ts';
import type { RetryOptions } from '../commands/retry.ts';
import type { Call, CliContext, Ending } from '../context.ts';
import { formatCount, formatNumber } from '../render/number.ts';
import { sendRunFile } from '../sending/send-run-file.ts';
import { withService } from '../with-service.ts';

export function runRetry(cli: CliContext, call: Call<RetryOptions>): Promise<Ending> {
  const { args, options, output } = call;
  const [path = ''] = args;
  const choice = { classes: options.class ?? [], codes: options.code ?? [], afterMs: options.after ?? null };
  const now = cli.clock.now();
  return withService(cli, call, { runFile: path }, (job) =>
    sendRunFile({
      ...job,
      command: 'retry',
      path,
      maxAgeMs: null,
      paced: (planned) => ({ ...planned, send: changedPace(planned, options) }),
      async beforeSending({ checkpoint, balance, toDo, confirm }) {
        const choose = retryChooser(choice, now);
        const unsent = await toDo();
        let chosen = 0;
        // Counted first and put back in line only once a person has agreed.
        await checkpoint.requeue((refused) => {
          if (choose(refused)) chosen += 1;
          return false;
        });
        output.answer(
          `${formatCount(chosen, 'rejected row')} may be tried again, of ${formatNumber(balance.rejected)}; ${formatCount(balance.unsent, 'row')} unsent`,
        );
        output.event({ event: 'retry', chosen, balance });
        await confirm(Math.min(options.limit ?? Number.POSITIVE_INFINITY, unsent + chosen));
        if (!options.dryRun) await checkpoint.requeue(choose);
      },
    }),
  );
}
