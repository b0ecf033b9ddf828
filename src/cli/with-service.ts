/** Opens what a command needs to talk to the service, and closes it whatever becomes of the work. */
import type { Composition, OpenedService } from './compose.ts';
import type { Call, CliContext, CommonOptions } from './context.ts';
import type { ServiceOptions, TemplateFileOptions } from './shared-options.ts';

export type ServiceCommandOptions = CommonOptions & ServiceOptions & TemplateFileOptions;

/** A command at work: how it was called, and the parts it works with. */
export interface Job<Options extends ServiceCommandOptions> {
  readonly cli: CliContext;
  readonly call: Call<Options>;
  readonly composition: Composition;
  readonly service: OpenedService;
}

export async function withService<Options extends ServiceCommandOptions, Result>(
  cli: CliContext,
  call: Call<Options>,
  work: (job: Job<Options>) => Promise<Result>,
): Promise<Result> {
  const composition = await cli.compose(call.options);
  const service = await composition.openService(call.options);
  try {
    return await work({ cli, call, composition, service });
  } finally {
    await service.close();
  }
}
