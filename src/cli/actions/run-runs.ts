/** The work of `runs`. */
import type { Balance } from '../../domain/balance.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { PlanRecord } from '../../domain/run-record.ts';
import type { Call, CliContext, CommonOptions } from '../context.ts';
import { runFilesIn } from '../find-run-files.ts';
import { formatNumber } from '../render/number.ts';
import { renderTable } from '../render/table.ts';
import { formatTime } from '../render/time.ts';

interface Listed {
  readonly path: string;
  readonly plan: PlanRecord;
  readonly balance: Balance;
  readonly begun: boolean;
  readonly sending: boolean;
}

export async function runRuns(cli: CliContext, { args, options, output }: Call<CommonOptions>): Promise<void> {
  const folder = args[0] ?? 'runs';
  const composition = await cli.compose(options);
  const listed: Listed[] = [];
  for (const path of runFilesIn(folder)) {
    try {
      const reader = composition.runReader(path);
      try {
        const { firstAttemptAt } = await reader.activity();
        const balance = await reader.balance();
        listed.push({
          path,
          plan: reader.plan,
          balance,
          begun: firstAttemptAt !== null,
          sending: composition.isHeld(path),
        });
      } finally {
        reader.close();
      }
    } catch (error) {
      // One unreadable file must not hide the others.
      if (!(error instanceof OperatorError)) throw error;
      output.insist(`${error.message}`);
    }
  }
  for (const run of listed) output.event(eventOf(run));
  if (listed.length === 0) {
    output.answer(`no run files in "${folder}"`);
    return;
  }
  const heading = ['run file', 'planned', 'state', 'rows', 'accepted', 'rejected', 'unknown', 'unsent'];
  const align = ['left', 'left', 'left', 'right', 'right', 'right', 'right', 'right'] as const;
  output.answer(renderTable([heading, ...listed.map(cellsOf)], { align }));
}

function cellsOf(run: Listed): readonly string[] {
  const { rows, accepted, rejected, unknown, unsent } = run.balance;
  const emulated = run.plan.service.kind === 'emulator' ? ' (EMULATOR)' : '';
  return [
    run.path,
    formatTime(run.plan.plannedAt),
    stateOf(run) + emulated,
    ...[rows, accepted, rejected, unknown, unsent].map(formatNumber),
  ];
}

function stateOf({ begun, sending, balance }: Listed): string {
  if (sending) return 'sending';
  if (!begun) return 'planned';
  return balance.unsent > 0 ? 'stopped' : 'finished';
}

function eventOf(run: Listed): Readonly<Record<string, unknown>> {
  const { campaign, service, plannedAt } = run.plan;
  const { path, balance } = run;
  return { event: 'run', run: path, campaign: campaign.name, service, plannedAt, state: stateOf(run), balance };
}
