/** Opens the service of text messages for a command that looks something up there, and says so loudly where it is not the real one. */
import type { OpenedSms } from './compose.ts';
import type { Call, CliContext } from './context.ts';
import { emulatorBanner } from './render/emulator-banner.ts';
import { palette } from './render/palette.ts';
import { type Job, type ServiceCommandOptions, withService } from './with-service.ts';

export function withSms<Options extends ServiceCommandOptions, Result>(
  cli: CliContext,
  call: Call<Options>,
  work: (sms: OpenedSms, job: Job<Options>) => Promise<Result>,
): Promise<Result> {
  return withService(cli, call, { channel: 'sms' }, (job) => {
    const { output } = call;
    for (const line of emulatorBanner(job.service.service, palette(output.colour(output.stderr)))) output.talk(line);
    if (job.service.sms === null) throw new Error('the service that carries text messages tells nothing of them');
    return work(job.service.sms, job);
  });
}
