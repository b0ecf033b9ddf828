/**
 * Hands over what a run file holds, from the last checks to the final balance. `send`, `resume` and `retry` all end
 * here; they differ in how the run file came to be and in whether a person must confirm.
 */

import type { CampaignFlags } from '../../campaign/campaign-flags.ts';
import { changedPace } from '../../campaign/change-pace.ts';
import { type ExecuteOptions, preparedRun } from '../../campaign/execute-plan.ts';
import { verifyAge, verifyService, verifyTemplates } from '../../campaign/verify-plan.ts';
import { type Balance, isBalanced } from '../../domain/balance.ts';
import type { Checkpoint } from '../../domain/checkpoint.ts';
import type { PlanRecord } from '../../domain/run-record.ts';
import type { Run } from '../../run/execute-run.ts';
import type { StopReason } from '../../run/stop-rules.ts';
import type { Composition, OpenedService } from '../compose.ts';
import type { Call, CliContext, CommonOptions, Ending } from '../context.ts';
import { exitCode, exitCodeOfRun } from '../exit-code.ts';
import { goOnCommand } from '../go-on-command.ts';
import { renderBalance } from '../render/balance.ts';
import { formatCount } from '../render/number.ts';
import type { SendOptions, ServiceOptions } from '../shared-options.ts';
import { reportOf, writeReportFile } from '../write-text.ts';
import { describeStop } from './describe-stop.ts';
import { watchRun } from './show-progress.ts';

export interface SendFileOptions extends CommonOptions, ServiceOptions, SendOptions {}

export interface SendFileRequest {
  readonly cli: CliContext;
  readonly call: Call<SendFileOptions>;
  readonly composition: Composition;
  readonly service: OpenedService;
  readonly path: string;
  /** Bounds the age of a plan that has not begun, in milliseconds; null: as the plan says. */
  readonly maxAgeMs: number | null;
  /** Flags that change the planned pace. */
  readonly pace: CampaignFlags;
  /** Runs once the run is ours and before anything leaves: shows what there is to know, asks, throws to leave it. */
  readonly beforeSending: (state: BeforeSending) => Promise<void>;
}

export interface BeforeSending {
  readonly plan: PlanRecord;
  readonly checkpoint: Checkpoint;
  readonly balance: Balance;
  /** Whether anything has left before. */
  readonly begun: boolean;
  /** Messages this execution will hand over at most. */
  toDo(): Promise<number>;
}

/** How long Ctrl-C waits for what is in flight. */
const graceMs = 5_000;

export async function sendRunFile(request: SendFileRequest): Promise<Ending> {
  const { call, composition, path } = request;
  call.remember({ run: path });
  const { plan, checkpoint } = composition.checkpoint(path);
  let stopped: StopReason | null = null;
  let attempted = false;
  try {
    const toDo = await prepare(request, plan, checkpoint);
    if (toDo > 0) {
      attempted = true;
      stopped = await execute(request, plan, checkpoint, toDo);
    }
    call.remember({ balance: await checkpoint.balance() });
  } finally {
    await checkpoint.close();
  }
  return conclude(request, { attempted, stopped });
}

/** Everything that must be true before the first request leaves. Answers with how many messages there are to do. */
async function prepare(
  { cli, call, service, maxAgeMs, beforeSending }: SendFileRequest,
  plan: PlanRecord,
  checkpoint: Checkpoint,
): Promise<number> {
  verifyService(plan, service.service);
  const interrupted = await checkpoint.closeOpenAttempts(cli.clock.now());
  if (interrupted > 0) {
    call.output.talk(
      `${formatCount(interrupted, 'row')} had no answer when the last run ended: unknown, not sent again`,
    );
  }
  const balance = await checkpoint.balance();
  call.remember({ balance });
  const begun = balance.accepted + balance.rejected + balance.unknown > 0;
  if (!begun) verifyAge(plan, cli.clock.now(), maxAgeMs);
  const toDo = async () => countToDo(call.options, checkpoint, await checkpoint.balance());
  await beforeSending({ plan, checkpoint, balance, begun, toDo });
  const messages = await toDo();
  if (messages > 0) await verifyTemplates(plan, service.templates);
  return messages;
}

async function countToDo(options: SendOptions, checkpoint: Checkpoint, { unsent }: Balance): Promise<number> {
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  if (options.only === undefined) return Math.min(limit, unsent);
  // One address has a handful of rows at most.
  const mine = await checkpoint.pending(0, mostRowsOfOneAddress, options.only);
  return Math.min(limit, mine.length);
}

const mostRowsOfOneAddress = 10_000;

async function execute(
  { cli, call, composition, service, pace }: SendFileRequest,
  plan: PlanRecord,
  checkpoint: Checkpoint,
  toDo: number,
): Promise<StopReason | null> {
  const { options, output } = call;
  const before = await checkpoint.balance();
  const settings: ExecuteOptions = {
    checkpoint,
    provider: service.provider(plan.runId),
    quota: composition.quota,
    clock: cli.clock,
    pace: changedPace(plan.campaign.send, pace),
    limit: options.limit ?? null,
    only: options.only ?? null,
    dryRun: options.dryRun === true,
  };
  const run = preparedRun(settings);
  const watch = watchRun({ run, output, clock: cli.clock, service: plan.service, before, toDo });
  const ignoreInterrupts = cli.io.onInterrupt(interruptions(cli, call, run, watch.print));
  try {
    return await run.execute();
  } finally {
    ignoreInterrupts();
    watch.close();
    if (options.dryRun) {
      output.insist(
        `dry run: ${formatCount(run.progress().accepted, 'message')} would have been handed over; nothing left this machine`,
      );
    }
  }
}

/** The first Ctrl-C stops in order; the second leaves at once, and the run file is right all the same. */
function interruptions(
  cli: CliContext,
  call: Call<SendFileOptions>,
  run: Run,
  print: (line: string) => void,
): () => void {
  let again = false;
  return () => {
    if (again) {
      call.output.exit(exitCode.interrupted, { balance: null, run: null });
      cli.io.exitNow(exitCode.interrupted);
    }
    again = true;
    run.stop({ kind: 'interrupted' }, graceMs);
    const { inFlight } = run.progress();
    print(`stopping: nothing new leaves, waiting for ${inFlight} in flight; Ctrl-C again leaves at once`);
  };
}

async function conclude(
  { call, composition, service, path }: SendFileRequest,
  { attempted, stopped }: { readonly attempted: boolean; readonly stopped: StopReason | null },
): Promise<Ending> {
  const { options, output } = call;
  const reader = composition.runReader(path);
  try {
    const report = await reportOf(reader);
    const { balance, causes } = report;
    if (!isBalanced(balance)) throw new Error(`the balance of "${path}" does not add up: ${JSON.stringify(balance)}`);
    if (options.results !== undefined) {
      await writeReportFile(options.results, report, await composition.reportWriter('csv'));
      output.talk(`results: ${options.results}`);
    }
    if (stopped !== null) {
      for (const line of describeStop(stopped)) output.insist(line);
      output.event({ event: 'stopped', reason: stopped });
    }
    const failedForGood = causes
      .filter(({ status, retryAt }) => status === 'rejected' && retryAt === null)
      .reduce((sum, { rows }) => sum + rows, 0);
    const command =
      balance.unsent > 0 && !options.dryRun ? goOnCommand('resume', path, options, service.service) : null;
    const width = output.width;
    output.answer(
      renderBalance({
        balance,
        causes,
        service: service.service,
        command,
        width,
        colour: output.colour(output.stdout),
      }),
    );
    output.event({ event: 'causes', causes });
    const ending = { balance, run: path };
    if (options.dryRun) return { code: exitCode.done, ...ending };
    if (!attempted) output.talk('nothing to hand over');
    if (!attempted && options.errorOnNothing) return { code: exitCode.nothingToDo, ...ending };
    return { code: exitCodeOfRun({ balance, failedForGood, stopped }), ...ending };
  } finally {
    reader.close();
  }
}
