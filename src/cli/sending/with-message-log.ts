/** Opens the services' message logs for a run, and lets Ctrl-C end the asking; a second one leaves at once. */
import { channelsOf } from '../../domain/campaign.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Channel } from '../../domain/message.ts';
import type { MessageLog } from '../../domain/message-log.ts';
import { callsOf } from '../../domain/ram-policy.ts';
import type { PlanRecord } from '../../domain/run-record.ts';
import type { Template } from '../../domain/template.ts';
import type { Composition } from '../compose.ts';
import { exitCode } from '../exit-code.ts';
import type { Job, ServiceCommandOptions } from '../with-service.ts';
import { carrierOf } from './ways-of-run.ts';

export interface LogRequest {
  readonly job: Job<ServiceCommandOptions>;
  readonly path: string;
  readonly plan: PlanRecord;
}

/** What every question to a log needs. */
export interface OpenLog {
  readonly log: MessageLog;
  /** By which the messages went that the log is asked about. */
  readonly channel: Channel;
  readonly runId: string;
  /** As the plan froze it, or null where it cannot be read. */
  readonly templateIn: (language: string) => Template | null;
  readonly clock: Clock;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** `logs` has one for each channel of the campaign, its own first. */
export async function withMessageLogs(
  request: LogRequest,
  work: (logs: readonly [OpenLog, ...OpenLog[]]) => Promise<void>,
): Promise<void> {
  const { job, path, plan } = request;
  const { cli, call, composition } = job;
  const { output } = call;
  const stop = new AbortController();
  const ignoreInterrupts = cli.io.onInterrupt(() => {
    if (stop.signal.aborted) {
      output.exit(exitCode.interrupted, { balance: null, run: path });
      cli.io.exitNow(exitCode.interrupted);
    }
    stop.abort();
    output.talk('stopping: nothing more is asked; Ctrl-C again leaves at once');
  });
  const open = async (channel: Channel): Promise<OpenLog> => ({
    log: logOf(request, channel),
    channel,
    runId: plan.runId,
    templateIn: await frozenTemplates(composition, plan, channel),
    clock: cli.clock,
    signal: stop.signal,
  });
  try {
    const [own, ...others] = channelsOf(plan.campaign);
    await work([await open(own), ...(await Promise.all(others.map(open)))]);
  } finally {
    ignoreInterrupts();
  }
}

function logOf({ job: { call, service }, plan: { campaign } }: LogRequest, channel: Channel): MessageLog {
  return carrierOf(service, campaign, channel).messageLog({
    ...callsOf(campaign),
    // The log asks for a space, also where sending needs none.
    custSpaceId: campaign.custSpaceId ?? call.options.custSpaceId ?? null,
  });
}

async function frozenTemplates(
  composition: Composition,
  { templates }: PlanRecord,
  channel: Channel,
): Promise<OpenLog['templateIn']> {
  const ofChannel = templates.filter((frozen) => frozen.channel === channel);
  const read = await Promise.all(
    ofChannel.map(async (frozen) => [frozen.language, await composition.frozenTemplate(frozen)] as const),
  );
  const byLanguage = new Map(read);
  return (language) => byLanguage.get(language) ?? null;
}
