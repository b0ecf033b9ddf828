/** Asks the service's message log about the messages of mass requests, and says what came of it. */
import { type GroupReconciliation, reconcileGroups } from '../../campaign/reconcile-groups.ts';
import { unsettledReasons } from '../../campaign/reconcile-reasons.ts';
import type { Checkpoint } from '../../domain/checkpoint.ts';
import type { Output } from '../output.ts';
import { formatCount, formatNumber } from '../render/number.ts';
import { tellWait } from './settle-unknown.ts';
import type { OpenLog } from './with-message-log.ts';

export interface GroupsRequest {
  readonly output: Output;
  readonly checkpoint: Checkpoint;
  /** How long after the answer to a request the log may still come to show its messages. */
  readonly settleMs: number;
}

/** Throws an `OperatorError` where the log may not be read. */
export async function settleGroups(request: GroupsRequest, open: OpenLog): Promise<GroupReconciliation> {
  const { output, checkpoint, settleMs } = request;
  const groups = await checkpoint.acceptedGroups();
  output.talk(`asking the message log about ${formatCount(groups.length, 'mass request')}`);
  const onWait = (messages: number, until: number) => tellWait(output, messages, until);
  const result = await reconcileGroups({ ...open, checkpoint, settleMs, onWait });
  const { messages, named, troubled } = result;
  output.talk(`${formatNumber(named)} of ${formatCount(messages, 'accepted row')} found in it and named`);
  if (troubled > 0)
    output.talk(`${formatCount(troubled, 'accepted row')} failed later: see sendoff_delivery in the report`);
  if (named < messages) {
    output.talk(
      `the rest: ${open.log.beginsAt === null ? 'reconcile the run again later' : unsettledReasons.LOG_BEGINS_LATER.cause}`,
    );
  }
  output.event({ event: 'groups', ...result });
  return result;
}
