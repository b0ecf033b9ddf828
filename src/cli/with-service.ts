/** Opens what a command needs to talk to the service, and closes it whatever becomes of the work. */
import { type Campaign, fallbackChannelOf } from '../domain/campaign.ts';
import type { Channel } from '../domain/message.ts';
import type { Composition, OpenedService, ServiceNeeds } from './compose.ts';
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

/** Which services: what a campaign or a run file needs, or what carries a channel. Without any, that of the chat channels. */
export type ServiceChoice =
  | Pick<Campaign, 'channel' | 'fallback'>
  | { readonly channel?: Channel }
  | { readonly runFile: string };

export async function withService<Options extends ServiceCommandOptions, Result>(
  cli: CliContext,
  call: Call<Options>,
  choice: ServiceChoice,
  work: (job: Job<Options>) => Promise<Result>,
): Promise<Result> {
  const composition = await cli.compose(call.options);
  if ('runFile' in choice) call.remember({ run: choice.runFile });
  const service = await composition.openService(call.options, needsOf(composition, choice));
  try {
    return await work({ cli, call, composition, service });
  } finally {
    await service.close();
  }
}

function needsOf(composition: Composition, choice: ServiceChoice): ServiceNeeds {
  if (!('runFile' in choice)) {
    const { channel = 'whatsapp' } = choice;
    return { channel, fallback: 'fallback' in choice ? fallbackChannelOf(choice) : null };
  }
  const reader = composition.runReader(choice.runFile);
  reader.close();
  const { campaign } = reader.plan;
  return { channel: campaign.channel, fallback: fallbackChannelOf(campaign) };
}
