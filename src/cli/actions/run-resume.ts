/** The work of `resume`. A plan that nobody has confirmed yet is confirmed as by `send`; an interrupted run was. */
import { changedPace } from '../../campaign/change-pace.ts';
import type { Balance } from '../../domain/balance.ts';
import type { ResumeOptions } from '../commands/resume.ts';
import type { Call, CliContext, Ending } from '../context.ts';
import { formatNumber } from '../render/number.ts';
import { sendRunFile } from '../sending/send-run-file.ts';
import { withService } from '../with-service.ts';

export function runResume(cli: CliContext, call: Call<ResumeOptions>): Promise<Ending> {
  const { args, options, output } = call;
  const [path = ''] = args;
  return withService(cli, call, { runFile: path }, (job) =>
    sendRunFile({
      ...job,
      command: 'resume',
      path,
      maxAgeMs: null,
      paced: (planned) => ({ ...planned, send: changedPace(planned, options) }),
      async beforeSending({ balance, begun, toDo, confirm }) {
        output.answer(standing(balance));
        output.event({ event: 'resume', balance });
        if (!begun) await confirm(await toDo());
      },
    }),
  );
}

function standing({ accepted, rejected, unknown, unsent }: Balance): string {
  return `${formatNumber(accepted + rejected)} done, ${formatNumber(unsent)} left, ${formatNumber(unknown)} unknown`;
}
