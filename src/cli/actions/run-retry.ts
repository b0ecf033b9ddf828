/** The work of `retry`. What it hands over was refused before, so a person confirms it like a send. */
import { retryChooser } from '../../campaign/choose-retries.ts';
import type { RetryOptions } from '../commands/retry.ts';
import type { Call, CliContext, Ending } from '../context.ts';
import { goOnCommand } from '../go-on-command.ts';
import { formatCount } from '../render/number.ts';
import { confirm } from '../sending/confirm.ts';
import { sendRunFile } from '../sending/send-run-file.ts';

export async function runRetry(cli: CliContext, call: Call<RetryOptions>): Promise<Ending> {
  const { args, options, output } = call;
  const [path = ''] = args;
  const composition = await cli.compose(options);
  const service = await composition.openService(options);
  const choose = retryChooser(
    { class: options.class ?? null, code: options.code ?? null, afterMs: options.after ?? null },
    cli.clock.now(),
  );
  try {
    return await sendRunFile({
      cli,
      call,
      composition,
      service,
      path,
      maxAgeMs: null,
      pace: options,
      async beforeSending({ checkpoint, balance, toDo }) {
        const before = await toDo();
        let chosen = 0;
        // Counted first and put back in line only once a person has agreed.
        await checkpoint.requeue((refused) => {
          if (choose(refused)) chosen += 1;
          return false;
        });
        output.answer(
          `${formatCount(chosen, 'rejected row')} may be tried again, of ${balance.rejected}; ${formatCount(balance.unsent, 'row')} unsent`,
        );
        output.event({ event: 'retry', chosen, balance });
        const messages = Math.min(options.limit ?? Number.POSITIVE_INFINITY, before + chosen);
        if (messages === 0 || options.dryRun) return;
        await confirm(cli.io, {
          messages,
          yes: options.yes === true,
          mayAsk: options.input,
          command: goOnCommand('retry', path, options, service.service),
        });
        await checkpoint.requeue(choose);
      },
    });
  } finally {
    await service.close();
  }
}
