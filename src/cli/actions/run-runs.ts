/** The work of `runs`. */
import type { Balance } from '../../domain/balance.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { PlanRecord } from '../../domain/run-record.ts';
import type { Composition } from '../compose.ts';
import type { Call, CliContext, CommonOptions } from '../context.ts';
import { runFilesIn } from '../find-run-files.ts';
import { formatNumber } from '../render/number.ts';
import { renderTable } from '../render/table.ts';
import { formatTime } from '../render/time.ts';
import { type RunState, runState } from '../run-state.ts';
import { withRunReader } from '../with-run-reader.ts';

interface Listed {
  readonly path: string;
  readonly plan: PlanRecord;
  readonly balance: Balance;
  readonly state: RunState;
}

export async function runRuns(cli: CliContext, { args, options, output }: Call<CommonOptions>): Promise<void> {
  const folder = args[0] ?? 'runs';
  const composition = await cli.compose(options);
  const listed: Listed[] = [];
  for (const path of runFilesIn(folder)) {
    try {
      listed.push(await read(composition, path));
    } catch (error) {
      // One unreadable file must not hide the others.
      if (!(error instanceof OperatorError)) throw error;
      output.insist(error.message);
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

function read(composition: Composition, path: string): Promise<Listed> {
  return withRunReader(composition, path, async (reader) => {
    const balance = await reader.balance();
    const state = runState(balance, await reader.activity(), composition.isHeld(path));
    return { path, plan: reader.plan, balance, state };
  });
}

function cellsOf(run: Listed): readonly string[] {
  const { rows, accepted, rejected, unknown, unsent } = run.balance;
  const emulated = run.plan.service.kind === 'emulator' ? ' (EMULATOR)' : '';
  return [
    run.path,
    formatTime(run.plan.plannedAt),
    run.state + emulated,
    ...[rows, accepted, rejected, unknown, unsent].map(formatNumber),
  ];
}

function eventOf(run: Listed): Readonly<Record<string, unknown>> {
  const { campaign, service, plannedAt } = run.plan;
  const { path, state, balance } = run;
  return { event: 'run', run: path, campaign: campaign.name, service, plannedAt, state, balance };
}
