/** Opens the service's message log for a run, and lets Ctrl-C end the asking; a second one leaves at once. */
import type { Clock } from '../../domain/clock.ts';
import type { MessageLog } from '../../domain/message-log.ts';
import type { PlanRecord } from '../../domain/run-record.ts';
import type { Template } from '../../domain/template.ts';
import { exitCode } from '../exit-code.ts';
import type { Job, ServiceCommandOptions } from '../with-service.ts';

export interface LogRequest {
  readonly job: Job<ServiceCommandOptions>;
  readonly path: string;
  readonly plan: PlanRecord;
}

/** What every question to the log needs. */
export interface OpenLog {
  readonly log: MessageLog;
  readonly runId: string;
  /** As the plan froze it, or null where it cannot be read. */
  readonly templateIn: (language: string) => Template | null;
  readonly clock: Clock;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

export async function withMessageLog<T>(request: LogRequest, work: (open: OpenLog) => Promise<T>): Promise<T> {
  const { job, path, plan } = request;
  const { cli, call, composition, service } = job;
  const { output } = call;
  const templates = new Map(
    await Promise.all(
      plan.templates.map(async (frozen) => [frozen.language, await composition.frozenTemplate(frozen)] as const),
    ),
  );
  const stop = new AbortController();
  const ignoreInterrupts = cli.io.onInterrupt(() => {
    if (stop.signal.aborted) {
      output.exit(exitCode.interrupted, { balance: null, run: path });
      cli.io.exitNow(exitCode.interrupted);
    }
    stop.abort();
    output.talk('stopping: nothing more is asked; Ctrl-C again leaves at once');
  });
  try {
    return await work({
      // The log asks for a space, also where sending needs none.
      log: service.messageLog({
        custSpaceId: plan.campaign.custSpaceId ?? call.options.custSpaceId ?? null,
        mode: plan.campaign.send.mode,
      }),
      runId: plan.runId,
      templateIn: (language) => templates.get(language) ?? null,
      clock: cli.clock,
      signal: stop.signal,
    });
  } finally {
    ignoreInterrupts();
  }
}
