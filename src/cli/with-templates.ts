/** Opens the service for a command about templates, and says so loudly where it is not the real one. */
import type { Call, CliContext } from './context.ts';
import { emulatorBanner } from './render/emulator-banner.ts';
import { palette } from './render/palette.ts';
import { type Job, type ServiceCommandOptions, withService } from './with-service.ts';

export function withTemplates<Options extends ServiceCommandOptions, Result>(
  cli: CliContext,
  call: Call<Options>,
  work: (job: Job<Options>) => Promise<Result>,
): Promise<Result> {
  return withService(cli, call, {}, (job) => {
    const { output } = call;
    for (const line of emulatorBanner(job.service.service, palette(output.colour(output.stderr)))) output.talk(line);
    return work(job);
  });
}
