/** The work of `reconcile`: settles what it can of the unknown rows of a run, and says how the run stands then. */
import { verifyAccount, verifyService, verifySpace } from '../../campaign/verify-plan.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { ReconcileOptions } from '../commands/reconcile.ts';
import type { Call, CliContext, Ending } from '../context.ts';
import { formatCount } from '../render/number.ts';
import { concludeReconcile } from '../sending/conclude-run.ts';
import { settleGroups } from '../sending/settle-groups.ts';
import { type SettleRequest, settleUnknown } from '../sending/settle-unknown.ts';
import { type OpenLog, withMessageLogs } from '../sending/with-message-log.ts';
import { withService } from '../with-service.ts';

/** How long the service's log may take to show a message, where the operator does not say: nobody documents it. */
const usualSettleMs = 60_000;

export function runReconcile(cli: CliContext, call: Call<ReconcileOptions>): Promise<Ending> {
  const { args, options, output } = call;
  const [path = ''] = args;
  return withService(cli, call, { runFile: path }, async (job) => {
    call.remember({ run: path });
    const { plan, checkpoint } = job.composition.checkpoint(path);
    try {
      verifyService(plan, job.service);
      verifySpace(plan, options.custSpaceId ?? null);
      verifyAccount(plan, await job.service.account());
      const interrupted = await checkpoint.closeOpenAttempts(cli.clock.now());
      if (interrupted > 0)
        output.talk(`${formatCount(interrupted, 'row')} had no answer when the last run ended: unknown`);
      const balance = await checkpoint.balance();
      call.remember({ balance });
      const groups = await checkpoint.acceptedGroups();
      if (balance.unknown === 0) output.talk('no row is unknown');
      if (balance.unknown > 0 || groups.length > 0) {
        const asked = { output, checkpoint, settleMs: options.settle ?? usualSettleMs };
        await withMessageLogs({ job, path, plan }, async (logs) => {
          // First, since an entry that belongs to an accepted message must not be given to an unknown one.
          if (groups.length > 0) await settleGroups(asked, logs[0]);
          await settleByAll(logs, { ...asked, resendMissing: options.resendMissing === true });
        });
      }
      call.remember({ balance: await checkpoint.balance() });
    } finally {
      await checkpoint.close();
    }
    return concludeReconcile({ ...job, path });
  });
}

/** A log that may not be read keeps nothing from the others. Throws the first such refusal, once all of them were asked. */
async function settleByAll(logs: readonly OpenLog[], asked: SettleRequest): Promise<void> {
  let refused: OperatorError | null = null;
  for (const open of logs) {
    if (open.signal.aborted) break;
    try {
      await settleUnknown(asked, open);
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      refused ??= error;
    }
  }
  if (refused !== null) throw refused;
}
