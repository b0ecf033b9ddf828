/** Asks the service's message log about the unknown rows of a run, and says what came of it. */
import { type Reconciliation, reconcile, type UnsettledRow } from '../../campaign/reconcile.ts';
import { type UnsettledReason, unsettledReasons } from '../../campaign/reconcile-reasons.ts';
import type { Checkpoint, Resolution } from '../../domain/checkpoint.ts';
import type { PlanRecord } from '../../domain/run-record.ts';
import { exitCode } from '../exit-code.ts';
import type { Output } from '../output.ts';
import { hanging } from '../render/hanging.ts';
import { formatCount, formatNumber } from '../render/number.ts';
import type { Job, ServiceCommandOptions } from '../with-service.ts';

export interface SettleRequest {
  readonly job: Job<ServiceCommandOptions>;
  readonly path: string;
  readonly plan: PlanRecord;
  readonly checkpoint: Checkpoint;
  /** How long after the end of an attempt the log may still come to show it. */
  readonly settleMs: number;
  readonly resendMissing: boolean;
}

/** Throws an `OperatorError` where the log may not be read. Ctrl-C ends the asking; a second one leaves at once. */
export async function settleUnknown(request: SettleRequest): Promise<Reconciliation> {
  const { job, path, plan, checkpoint } = request;
  const { cli, call, composition, service } = job;
  const { output } = call;
  const { unknown } = await checkpoint.balance();
  output.talk(`asking the message log about ${formatCount(unknown, 'unknown row')}`);
  output.event({ event: 'reconcile', unknown });
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
    const result = await reconcile({
      checkpoint,
      log: service.messageLog(plan.campaign.custSpaceId),
      templateIn: (language) => templates.get(language) ?? null,
      clock: cli.clock,
      settleMs: request.settleMs,
      resendMissing: request.resendMissing,
      signal: stop.signal,
      onResolved: (resolutions) => tellResolved(output, resolutions),
      onWait: (rows, until) => tellWait(output, rows, until),
    });
    tellResult(output, result);
    return result;
  } finally {
    ignoreInterrupts();
  }
}

function tellResolved(output: Output, resolutions: readonly Resolution[]): void {
  for (const resolution of resolutions) {
    const { row, kind } = resolution;
    const messageId = kind === 'accepted' ? resolution.messageId : null;
    output.event({ event: 'resolved', row, status: kind === 'accepted' ? 'accepted' : 'unsent', messageId });
  }
}

function tellWait(output: Output, rows: number, until: number): void {
  const time = new Date(until).toISOString().slice(11, 19);
  output.talk(`${formatCount(rows, 'row')} not in it yet; asking again at ${time} UTC`);
  output.event({ event: 'waiting', rows, until });
}

function tellResult(output: Output, { accepted, requeued, left }: Reconciliation): void {
  output.talk(`${formatCount(accepted, 'row')} found in the message log, and accepted`);
  if (requeued > 0) output.talk(`${formatCount(requeued, 'row')} did not go out: back in line`);
  for (const [reason, rows] of groupByReason(left)) {
    const { cause, fix } = unsettledReasons[reason];
    output.event({ event: 'unsettled', reason, cause, fix, rows });
    const shown = rows.slice(0, mostRowsShown).join(', ');
    const more = rows.length > mostRowsShown ? ` and ${formatNumber(rows.length - mostRowsShown)} more` : '';
    output.talk(
      [
        `${formatCount(rows.length, 'row')} still unknown: ${reason}`,
        ...hanging('  ', cause, output.width),
        ...hanging('  fix: ', fix, output.width),
        ...hanging('  rows: ', shown + more, output.width),
      ].join('\n'),
    );
  }
}

const mostRowsShown = 10;

/** Largest first. */
function groupByReason(left: readonly UnsettledRow[]): readonly (readonly [UnsettledReason, readonly number[]])[] {
  const groups = Map.groupBy(left, ({ reason }) => reason);
  return [...groups]
    .map(([reason, rows]) => [reason, rows.map(({ row }) => row)] as const)
    .sort(([, one], [, other]) => other.length - one.length);
}
