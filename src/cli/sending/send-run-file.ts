/**
 * Hands over what a run file holds, from the last checks to the final balance. `send`, `resume` and `retry` all end
 * here; they differ in how the run file came to be and in what a person must confirm.
 */
import { type ExecuteOptions, preparedRun } from '../../campaign/execute-plan.ts';
import { OutOfHoursError } from '../../campaign/sending-hours.ts';
import { verifyAccount, verifyAge, verifyService, verifySigns, verifyTemplates } from '../../campaign/verify-plan.ts';
import type { Balance } from '../../domain/balance.ts';
import { type Campaign, fallbackChannelOf } from '../../domain/campaign.ts';
import type { Checkpoint } from '../../domain/checkpoint.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { callsOf } from '../../domain/ram-policy.ts';
import type { PlanRecord } from '../../domain/run-record.ts';
import type { Run } from '../../run/execute-run.ts';
import type { StopReason } from '../../run/stop-rules.ts';
import type { CommonOptions, Ending } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import { goOnCommand } from '../go-on-command.ts';
import { formatCount } from '../render/number.ts';
import type { SendOptions, ServiceOptions } from '../shared-options.ts';
import type { Job } from '../with-service.ts';
import { concludeRun } from './conclude-run.ts';
import { confirm } from './confirm.ts';
import { type SettleRequest, settleUnknown } from './settle-unknown.ts';
import { watchRun } from './show-progress.ts';
import { carrierOf, hoursOf, waysOfRun } from './ways-of-run.ts';
import { type OpenLog, withMessageLogs } from './with-message-log.ts';

export interface SendFileOptions extends CommonOptions, ServiceOptions, SendOptions {}

export interface SendFileRequest extends Job<SendFileOptions> {
  /** The command that goes on with the same run file. */
  readonly command: 'send' | 'resume' | 'retry';
  readonly path: string;
  /** Bounds the age of a plan that has not begun, in milliseconds; null: as the plan says. */
  readonly maxAgeMs: number | null;
  /** The planned campaign at the pace of this execution. Throws where flags say what a run file cannot heed. */
  readonly paced: (planned: Campaign) => Campaign;
  /** Runs once the run is ours and before anything leaves: shows what there is to know, has it confirmed, throws to leave. */
  readonly beforeSending: (state: BeforeSending) => Promise<void>;
}

export interface BeforeSending {
  /** As it was made, but for the pace. */
  readonly plan: PlanRecord;
  readonly checkpoint: Checkpoint;
  readonly balance: Balance;
  /** Whether anything has left before. */
  readonly begun: boolean;
  /** Messages this execution will hand over at most. */
  toDo(): Promise<number>;
  /** Has a person confirm so many messages, unless nothing would leave. Throws `NotConfirmedError`. */
  confirm(messages: number): Promise<void>;
}

/** What is about to be executed. */
interface Opened {
  /** As it was made, but for the pace. */
  readonly plan: PlanRecord;
  readonly checkpoint: Checkpoint;
}

/** How long Ctrl-C waits for what is in flight. */
const graceMs = 5_000;

export async function sendRunFile(request: SendFileRequest): Promise<Ending> {
  const { call, composition, path } = request;
  call.remember({ run: path });
  const { plan: planned, checkpoint } = composition.checkpoint(path);
  let stopped: StopReason | null = null;
  let attempted = false;
  let { mode } = planned.campaign.send;
  try {
    const campaign = request.paced(planned.campaign);
    const opened = { plan: { ...planned, campaign }, checkpoint };
    mode = campaign.send.mode;
    const toDo = await prepare(request, opened);
    if (toDo > 0) {
      attempted = true;
      stopped = await execute(request, opened, toDo);
    }
    if (mayReconcile(request, stopped)) await reconcileAfterwards(request, opened);
    if (!call.options.dryRun) await tellNameless(request, checkpoint);
    call.remember({ balance: await checkpoint.balance() });
  } finally {
    await checkpoint.close();
  }
  return concludeRun(request, { attempted, stopped, mode });
}

/** Everything that must be true before the first request leaves. Answers with how many messages there are to do. */
async function prepare(request: SendFileRequest, { plan, checkpoint }: Opened): Promise<number> {
  const { cli, call, service, maxAgeMs, beforeSending } = request;
  verifyService(plan, service);
  const account = (await needsAccount(request, checkpoint)) ? await service.account() : null;
  if (account !== null) verifyAccount(plan, account);
  const interrupted = await checkpoint.closeOpenAttempts(cli.clock.now());
  if (interrupted > 0) {
    call.output.talk(
      `${formatCount(interrupted, 'row')} had no answer when the last run ended: unknown, not sent again`,
    );
  }
  const balance = await checkpoint.balance();
  call.remember({ balance });
  const begun = balance.accepted + balance.rejected + balance.unknown > 0 || (await anyFellBack(plan, checkpoint));
  if (!begun) verifyAge(plan, cli.clock.now(), maxAgeMs);
  const toDo = async () => countToDo(call.options, checkpoint, await checkpoint.balance());
  await beforeSending({
    plan,
    checkpoint,
    balance,
    begun,
    toDo,
    async confirm(messages) {
      if (messages > 0) await verifyHours(request, plan);
      await confirmMessages(request, messages);
    },
  });
  const messages = await toDo();
  if (messages === 0) return 0;
  await verifyHours(request, plan);
  const calls = callsOf(plan.campaign);
  const templates = await templatesInLine(plan, checkpoint);
  await verifyTemplates({ templates, begun }, (channel) => carrierOf(service, plan.campaign, channel).templates(calls));
  await verifySigns({ signs: plan.signs, begun }, (service.fallback ?? service).sms?.signs ?? null);
  if (plan.account === null && account !== null && !call.options.dryRun) await checkpoint.bindAccount(account);
  return messages;
}

/** What rows may yet go out in. Where only text messages are left, WhatsApp may have taken back what the others went out in. */
async function templatesInLine(
  { campaign, templates }: PlanRecord,
  checkpoint: Checkpoint,
): Promise<PlanRecord['templates']> {
  if ((await checkpoint.inLine(campaign.channel)) > 0) return templates;
  return templates.filter(({ channel }) => channel !== campaign.channel);
}

/** Whether a refusal has put rows in line for another service. */
async function anyFellBack({ campaign }: PlanRecord, checkpoint: Checkpoint): Promise<boolean> {
  const channel = fallbackChannelOf(campaign);
  return channel !== null && (await checkpoint.inLine(channel)) > 0;
}

/** Nothing is asked or handed over of a finished run, so that naming it again works without credentials. */
async function needsAccount({ command }: SendFileRequest, checkpoint: Checkpoint): Promise<boolean> {
  const { unsent, unknown } = await checkpoint.balance();
  return command === 'retry' || unsent + unknown > 0;
}

/** Throws at an hour at which the plan may not go. A dry run goes at any. */
async function verifyHours(request: SendFileRequest, plan: PlanRecord): Promise<void> {
  const { cli, call, service, command, path } = request;
  const hours = (await hoursOf(request, plan, plan.campaign.channel))(cli.clock.now());
  if (hours.kind === 'open') return;
  throw new OutOfHoursError(hours.opensAt, goOnCommand(command, path, call.options, service.service));
}

async function countToDo(options: SendOptions, checkpoint: Checkpoint, { unsent }: Balance): Promise<number> {
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  if (options.only === undefined) return Math.min(limit, unsent);
  // One address has a handful of rows at most.
  const mine = await checkpoint.pending(0, mostRowsOfOneAddress, options.only);
  return Math.min(limit, mine.length);
}

const mostRowsOfOneAddress = 10_000;

async function confirmMessages(
  { cli, call, service, command, path }: SendFileRequest,
  messages: number,
): Promise<void> {
  const { options } = call;
  if (messages === 0 || options.dryRun) return;
  await confirm(cli.io, {
    messages,
    yes: options.yes === true,
    mayAsk: options.input,
    command: goOnCommand(command, path, options, service.service),
  });
}

async function execute(request: SendFileRequest, opened: Opened, toDo: number): Promise<StopReason | null> {
  const { cli, call, composition, path } = request;
  const { plan, checkpoint } = opened;
  const { options, output } = call;
  const before = await checkpoint.balance();
  const settings: ExecuteOptions = {
    checkpoint,
    quota: composition.quota,
    clock: cli.clock,
    ways: await waysOfRun(request, plan),
    pace: plan.campaign.send,
    fallbackOn: plan.campaign.fallback?.on ?? [],
    limit: options.limit ?? null,
    only: options.only ?? null,
    dryRun: options.dryRun === true,
  };
  const run = preparedRun(settings);
  const watch = watchRun({
    run,
    output,
    clock: cli.clock,
    service: plan.service,
    ownChannel: plan.campaign.channel,
    before,
    toDo,
  });
  const leaveAtOnce = () => {
    output.exit(exitCode.interrupted, { balance: null, run: path });
    cli.io.exitNow(exitCode.interrupted);
  };
  const ignoreInterrupts = cli.io.onInterrupt(interruptions(run, watch.print, leaveAtOnce));
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

/** Whoever interrupts wants out, and who cannot be reached for sending cannot be asked either. */
function mayReconcile({ call: { options } }: SendFileRequest, stopped: StopReason | null): boolean {
  if (options.dryRun || options.reconcile === false) return false;
  return stopped?.kind !== 'interrupted' && stopped?.kind !== 'unreachable';
}

/** How long the log may take to show a message, by service: an emulator shows it at once unless it was told to be slow. */
const usualSettleMs = { 'alibaba-cloud': 60_000, emulator: 5_000 } as const;

/** A message log that may not be read takes nothing away from what was handed over: it is told, and rows stay unknown. */
async function reconcileAfterwards(request: SendFileRequest, { plan, checkpoint }: Opened): Promise<void> {
  const { call, service, path } = request;
  if ((await checkpoint.balance()).unknown === 0) return;
  const settleMs = call.options.settle ?? usualSettleMs[service.service.kind];
  const asked = { output: call.output, checkpoint, settleMs, resendMissing: false };
  await withMessageLogs({ job: request, path, plan }, async (logs) => {
    for (const open of logs) if (!open.signal.aborted) await settleOrTell(asked, open);
  });
}

async function settleOrTell(asked: SettleRequest, open: OpenLog): Promise<void> {
  try {
    await settleUnknown(asked, open);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const { code, message, hint = null } = error;
    asked.output.insist(`unknown rows stay unknown, since the message log cannot be asked: ${message}`);
    if (hint !== null) asked.output.insist(`hint: ${hint}`);
    asked.output.event({ event: 'unreconciled', code, message, hint });
  }
}

/** What mass requests have accepted has no ids of its own yet, unless it was asked for before. */
async function tellNameless({ call, service, path }: SendFileRequest, checkpoint: Checkpoint): Promise<void> {
  const groups = await checkpoint.acceptedGroups();
  const nameless = groups.reduce((sum, group) => sum + group.nameless, 0);
  // The emulator of a command forgets everything with it.
  if (nameless === 0 || call.options.emulator) return;
  const command = goOnCommand('reconcile', path, call.options, service.service);
  call.output.talk(
    `${formatCount(nameless, 'accepted row')} known by group only; for ids and failures later: ${command}`,
  );
}

/** The first Ctrl-C stops in order; the second leaves at once, and the run file is right all the same. */
function interruptions(run: Run, print: (line: string) => void, leaveAtOnce: () => void): () => void {
  let again = false;
  return () => {
    if (again) leaveAtOnce();
    again = true;
    run.stop({ kind: 'interrupted' }, graceMs);
    const { inFlight } = run.progress();
    print(`stopping: nothing new leaves, waiting for ${inFlight} in flight; Ctrl-C again leaves at once`);
  };
}
