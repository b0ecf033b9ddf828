/** The end of an execution: writes the results, says how the run stands and why it stopped, and chooses the exit code. */
import { isBalanced } from '../../domain/balance.ts';
import type { SendMode } from '../../domain/campaign.ts';
import { callsOf } from '../../domain/ram-policy.ts';
import type { Report } from '../../domain/report.ts';
import type { StopReason } from '../../run/stop-rules.ts';
import type { CommonOptions, Ending } from '../context.ts';
import { exitCode, exitCodeOfRun } from '../exit-code.ts';
import { goOnCommand } from '../go-on-command.ts';
import { renderBalance } from '../render/balance.ts';
import { reportOf } from '../report-of.ts';
import type { ServiceOptions } from '../shared-options.ts';
import { withRunReader } from '../with-run-reader.ts';
import type { Job } from '../with-service.ts';
import { writeTextFile } from '../write-text.ts';
import { describeStop } from './describe-stop.ts';
import type { SendFileRequest } from './send-run-file.ts';

export interface Execution {
  /** Whether there was anything to hand over. */
  readonly attempted: boolean;
  /** Null: the end of the list was reached. */
  readonly stopped: StopReason | null;
  /** How messages were handed over. */
  readonly mode: SendMode;
}

export function concludeRun(request: SendFileRequest, { attempted, stopped, mode }: Execution): Promise<Ending> {
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
      const calls = { ...callsOf(report.plan.campaign), mode };
      for (const line of describeStop(stopped, calls)) output.insist(line);
      output.event({ event: 'stopped', reason: stopped });
    }
    showReport(request, report, commandToGoOn(request, report));
    const ending = { balance, run: path };
    if (options.dryRun) return { code: exitCode.done, ...ending };
    if (!attempted) output.talk('nothing to hand over');
    if (!attempted && options.errorOnNothing) return { code: exitCode.nothingToDo, ...ending };
    return { code: exitCodeOfRun({ balance, failedForGood: failedForGood(report), stopped }), ...ending };
  });
}

type ReconcileRequest = Pick<Job<CommonOptions & ServiceOptions>, 'call' | 'composition' | 'service'> & {
  readonly path: string;
};

/** The same after unknown rows were settled. What it put back in line has not been handed over, so the run can be resumed. */
export function concludeReconcile(request: ReconcileRequest): Promise<Ending> {
  const { call, composition, service, path } = request;
  return withRunReader(composition, path, async (reader) => {
    const report = await reportOf(reader);
    const { balance } = report;
    showReport(request, report, balance.unsent > 0 ? goOnCommand('resume', path, call.options, service.service) : null);
    const code = exitCodeOfRun({ balance, failedForGood: failedForGood(report), stopped: null });
    const resumable = balance.unknown === 0 && balance.unsent > 0;
    return { code: resumable ? exitCode.stopped : code, balance, run: path };
  });
}

function showReport({ call: { output } }: ReconcileRequest, report: Report, command: string | null): void {
  const { balance, fallback, causes, plan } = report;
  output.answer(
    renderBalance({
      balance,
      fallback,
      causes,
      service: plan.service,
      command,
      width: output.width,
      colour: output.colour(output.stdout),
    }),
  );
  if (fallback !== null) output.event({ event: 'fallback', ...fallback });
  output.event({ event: 'causes', causes });
}

/** What is left comes first; then what may be found out; what may pass on another try, once nothing is. */
function commandToGoOn({ call, service, path }: SendFileRequest, { balance, causes }: Report): string | null {
  if (call.options.dryRun) return null;
  const command = (name: string) => goOnCommand(name, path, call.options, service.service);
  if (balance.unsent > 0) return command('resume');
  // The emulator of a command forgets everything with it.
  if (balance.unknown > 0 && !call.options.emulator) return command('reconcile');
  return causes.some(({ retryAt }) => retryAt !== null) ? command('retry') : null;
}

/** Rejected rows that no waiting helps. */
function failedForGood({ causes }: Report): number {
  return causes
    .filter(({ status, retryAt }) => status === 'rejected' && retryAt === null)
    .reduce((sum, { rows }) => sum + rows, 0);
}
