/** Asks the service's message log about the unknown rows of a run, and says what came of it. */
import { type Reconciliation, reconcile, type UnsettledRow } from '../../campaign/reconcile.ts';
import { type UnsettledReason, unsettledReasons } from '../../campaign/reconcile-reasons.ts';
import type { Checkpoint, Resolution } from '../../domain/checkpoint.ts';
import type { Channel } from '../../domain/message.ts';
import type { Output } from '../output.ts';
import { hanging } from '../render/hanging.ts';
import { formatCount, formatNumber } from '../render/number.ts';
import type { OpenLog } from './with-message-log.ts';

export interface SettleRequest {
  readonly output: Output;
  readonly checkpoint: Checkpoint;
  /** How long after the end of an attempt the log may still come to show it. */
  readonly settleMs: number;
  readonly resendMissing: boolean;
}

/** Asks nothing where no row is unknown by the channel of the log. Throws an `OperatorError` where the log may not be read. */
export async function settleUnknown(request: SettleRequest, open: OpenLog): Promise<void> {
  const { output, checkpoint, settleMs, resendMissing } = request;
  const { channel } = open;
  const unknown = await countUnknown(checkpoint, channel);
  if (unknown === 0) return;
  output.talk(`asking the message log of ${channel} about ${formatCount(unknown, 'unknown row')}`);
  output.event({ event: 'reconcile', channel, unknown });
  const result = await reconcile({
    ...open,
    checkpoint,
    settleMs,
    resendMissing,
    onResolved: (resolutions) => tellResolved(output, resolutions),
    onWait: (rows, until) => tellWait(output, rows, until),
  });
  tellResult(output, result);
}

async function countUnknown(checkpoint: Checkpoint, channel: Channel): Promise<number> {
  let count = 0;
  let afterRow = 0;
  for (;;) {
    const page = await checkpoint.unknownRows(afterRow, pageRows, channel);
    count += page.length;
    const last = page.at(-1);
    if (last === undefined || page.length < pageRows) return count;
    afterRow = last.message.row;
  }
}

const pageRows = 500;

function tellResolved(output: Output, resolutions: readonly Resolution[]): void {
  for (const resolution of resolutions) {
    const { row, kind } = resolution;
    const messageId = kind === 'accepted' ? resolution.messageId : null;
    output.event({ event: 'resolved', row, status: kind === 'accepted' ? 'accepted' : 'unsent', messageId });
  }
}

export function tellWait(output: Output, rows: number, until: number): void {
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
