/** Opens what a command needs to talk to the service, and closes it whatever becomes of the work. */
import type { Channel } from '../domain/message.ts';
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

/** Which of the services: the one that carries a channel, or that of a run file. Without either, that of the chat channels. */
export type ServiceChoice = { readonly channel?: Channel } | { readonly runFile: string };

export async function withService<Options extends ServiceCommandOptions, Result>(
  cli: CliContext,
  call: Call<Options>,
  choice: ServiceChoice,
  work: (job: Job<Options>) => Promise<Result>,
): Promise<Result> {
  const composition = await cli.compose(call.options);
  if ('runFile' in choice) call.remember({ run: choice.runFile });
  const service = await composition.openService(call.options, channelOf(composition, choice));
  try {
    return await work({ cli, call, composition, service });
  } finally {
    await service.close();
  }
}

function channelOf(composition: Composition, choice: ServiceChoice): Channel {
  if (!('runFile' in choice)) return choice.channel ?? 'whatsapp';
  const reader = composition.runReader(choice.runFile);
  reader.close();
  return reader.plan.campaign.channel;
}
