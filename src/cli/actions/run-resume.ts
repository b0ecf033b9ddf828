/** The work of `resume`. A plan that nobody has confirmed yet is confirmed as by `send`; an interrupted run was. */
import type { Balance } from '../../domain/balance.ts';
import type { ResumeOptions } from '../commands/resume.ts';
import type { Call, CliContext, Ending } from '../context.ts';
import { goOnCommand } from '../go-on-command.ts';
import { formatNumber } from '../render/number.ts';
import { confirm } from '../sending/confirm.ts';
import { sendRunFile } from '../sending/send-run-file.ts';

export async function runResume(cli: CliContext, call: Call<ResumeOptions>): Promise<Ending> {
  const { args, options, output } = call;
  const [path = ''] = args;
  const composition = await cli.compose(options);
  const service = await composition.openService(options);
  try {
    return await sendRunFile({
      cli,
      call,
      composition,
      service,
      path,
      maxAgeMs: null,
      pace: options,
      async beforeSending({ balance, begun, toDo }) {
        output.answer(standing(balance));
        output.event({ event: 'resume', balance });
        const messages = await toDo();
        if (begun || messages === 0 || options.dryRun) return;
        await confirm(cli.io, {
          messages,
          yes: options.yes === true,
          mayAsk: options.input,
          command: goOnCommand('resume', path, options, service.service),
        });
      },
    });
  } finally {
    await service.close();
  }
}

function standing({ accepted, rejected, unknown, unsent }: Balance): string {
  const done = accepted + rejected;
  return `${formatNumber(done)} done, ${formatNumber(unsent)} left, ${formatNumber(unknown)} unknown`;
}
