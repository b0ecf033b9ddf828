/** The end of an execution: writes the results, says how the run stands and why it stopped, and chooses the exit code. */
import { isBalanced } from '../../domain/balance.ts';
import type { Report } from '../../domain/report.ts';
import type { StopReason } from '../../run/stop-rules.ts';
import type { Ending } from '../context.ts';
import { exitCode, exitCodeOfRun } from '../exit-code.ts';
import { goOnCommand } from '../go-on-command.ts';
import { renderBalance } from '../render/balance.ts';
import { reportOf } from '../report-of.ts';
import { withRunReader } from '../with-run-reader.ts';
import { writeTextFile } from '../write-text.ts';
import { describeStop } from './describe-stop.ts';
import type { SendFileRequest } from './send-run-file.ts';

export interface Execution {
  /** Whether there was anything to hand over. */
  readonly attempted: boolean;
  /** Null: the end of the list was reached. */
  readonly stopped: StopReason | null;
}

export function concludeRun(request: SendFileRequest, { attempted, stopped }: Execution): Promise<Ending> {
  const { call, composition, path } = request;
  const { options, output } = call;
  return withRunReader(composition, path, async (reader) => {
    const report = await reportOf(reader);
    const { balance } = report;
    if (!isBalanced(balance)) throw new Error(`the balance of "${path}" does not add up: ${JSON.stringify(balance)}`);
    if (options.results !== undefined) {
      const csv = await composition.reportWriter('csv');
      await writeTextFile(options.results, csv(report));
      output.talk(`results: ${options.results}`);
    }
    if (stopped !== null) {
      for (const line of describeStop(stopped, report.plan.campaign)) output.insist(line);
      output.event({ event: 'stopped', reason: stopped });
    }
    showReport(request, report);
    const ending = { balance, run: path };
    if (options.dryRun) return { code: exitCode.done, ...ending };
    if (!attempted) output.talk('nothing to hand over');
    if (!attempted && options.errorOnNothing) return { code: exitCode.nothingToDo, ...ending };
    return { code: exitCodeOfRun({ balance, failedForGood: failedForGood(report), stopped }), ...ending };
  });
}

function showReport(request: SendFileRequest, report: Report): void {
  const { output } = request.call;
  const { balance, causes, plan } = report;
  output.answer(
    renderBalance({
      balance,
      causes,
      service: plan.service,
      command: commandToGoOn(request, report),
      width: output.width,
      colour: output.colour(output.stdout),
    }),
  );
  output.event({ event: 'causes', causes });
}

/** What is left comes first; what may pass on another try, once nothing is. */
function commandToGoOn({ call, service, path }: SendFileRequest, { balance, causes }: Report): string | null {
  if (call.options.dryRun) return null;
  const command = (name: string) => goOnCommand(name, path, call.options, service.service);
  if (balance.unsent > 0) return command('resume');
  return causes.some(({ retryAt }) => retryAt !== null) ? command('retry') : null;
}

/** Rejected rows that no waiting helps. */
function failedForGood({ causes }: Report): number {
  return causes
    .filter(({ status, retryAt }) => status === 'rejected' && retryAt === null)
    .reduce((sum, { rows }) => sum + rows, 0);
}
