/** Has the service tell how the text messages of a run ended, before they are reported. Ctrl-C ends the asking. */
import { refreshDeliveries } from '../../campaign/refresh-deliveries.ts';
import { verifyAccount, verifyService } from '../../campaign/verify-plan.ts';
import { formatCount, formatNumber } from '../render/number.ts';
import { UsageError } from '../usage-error.ts';
import type { Job, ServiceCommandOptions } from '../with-service.ts';

export async function refreshRun({ cli, call, composition, service }: Job<ServiceCommandOptions>, path: string) {
  const { output, options } = call;
  if (options.emulator) {
    throw new UsageError(
      '--refresh asks the service that took the messages, and an emulator of this command took none',
      {
        hint: 'name the emulator that did: --endpoint http://127.0.0.1:8085',
      },
    );
  }
  const { sms } = service.fallback ?? service;
  if (sms === null) {
    throw new UsageError('--refresh is for text messages', {
      hint: 'leave it out; of mass sending, sendoff reconcile fetches what became of messages',
    });
  }
  const { plan, checkpoint } = composition.checkpoint(path);
  const stop = new AbortController();
  const ignoreInterrupts = cli.io.onInterrupt(() => stop.abort());
  try {
    verifyService(plan, service);
    verifyAccount(plan, await service.account());
    const counts = await refreshDeliveries({
      checkpoint,
      details: sms.details,
      now: cli.clock.now(),
      signal: stop.signal,
    });
    output.event({ event: 'deliveries', ...counts });
    const { delivered, failed, waiting, untold } = counts;
    output.talk(
      `${formatCount(delivered, 'message')} delivered since, ${formatNumber(failed)} failed, ${formatNumber(waiting)} waiting, ${formatNumber(untold)} not told of`,
    );
  } finally {
    ignoreInterrupts();
    await checkpoint.close();
  }
}
