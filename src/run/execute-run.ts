/**
 * Executes a run, lane after lane: first what goes by the campaign's own service, then what stands in for refused messages
 * and goes by another. The lanes share one checkpoint, one count of failures and one progress. A later lane has its turn
 * where the one before has come to its end, or may go on tomorrow only; every other stop ends the execution.
 */
import type { StopAfter } from '../domain/campaign.ts';
import type { Clock } from '../domain/clock.ts';
import type { Channel } from '../domain/message.ts';
import { createLane, type Lane, type LaneOptions, type LoopCheckpoint, ownStopGraceMs } from './lane.ts';
import { createOutcomeTally, type OutcomeCounts } from './outcome-tally.ts';
import type { RowLimit } from './row-feed.ts';
import type { StopReason } from './stop-rules.ts';

export interface RunOptions {
  readonly checkpoint: LoopCheckpoint;
  readonly clock: Clock;
  /** In the order of their turns, each of another channel. */
  readonly lanes: readonly [LaneOptions, ...LaneOptions[]];
  readonly stopAfter: StopAfter | null;
  readonly maxDurationMs: number | null;
  /** Different rows at most; null: all. */
  readonly limit: number | null;
  /** Only messages to this address; null: to all. */
  readonly only: string | null;
  /** Begins every attempt id, so that ids of several executions of one run differ. */
  readonly attemptPrefix: string;
}

/** What this execution has done so far. */
export interface RunProgress extends OutcomeCounts {
  /** Requests that have left and whose outcomes are not on disk yet. */
  readonly inFlight: number;
  /** By what messages leave now. */
  readonly channel: Channel;
  /** Requests per second that may leave right now. */
  readonly allowedPerSecond: number;
  readonly stopping: StopReason | null;
}

export interface Run {
  /** Resolves when nothing is under way any more; null means that the end of the list was reached. To be called once. */
  execute(): Promise<StopReason | null>;
  progress(): RunProgress;
  /** Nothing new leaves from now on; what is in flight is awaited, at most `graceMs`, and is unknown after that. */
  stop(reason: StopReason, graceMs: number): void;
}

export function createRun(options: RunOptions): Run {
  const { checkpoint, clock, lanes, maxDurationMs, only } = options;
  const tally = createOutcomeTally({ ...options, stop: (reason) => stop(reason, ownStopGraceMs) });
  let attempts = 0;
  /** Of the whole execution; a lane may have reasons of its own. */
  let stopping: StopReason | null = null;
  let limit: RowLimit | null = options.limit === null ? null : { rows: options.limit, beside: new Set() };
  let [present] = lanes;
  let lane = open(present);

  function open(chosen: LaneOptions): Lane {
    present = chosen;
    const attemptId = () => {
      attempts += 1;
      return `${options.attemptPrefix}-${attempts}`;
    };
    return createLane({ ...chosen, checkpoint, clock, tally, limit, only, attemptId });
  }

  function stop(reason: StopReason, graceMs: number): void {
    if (stopping !== null) return;
    stopping = reason;
    lane.stop(reason, graceMs);
  }

  async function executeLanes(): Promise<StopReason | null> {
    let last = await lane.execute();
    for (const next of lanes.slice(1)) {
      if (stopping !== null || !letsLaterLanesGo(last)) break;
      limit = lane.limitLeft();
      lane = open(next);
      last = (await lane.execute()) ?? last;
    }
    return stopping ?? last;
  }

  return {
    async execute() {
      const cancel =
        maxDurationMs === null
          ? () => {}
          : clock.schedule(maxDurationMs, () => stop({ kind: 'duration', afterMs: maxDurationMs }, ownStopGraceMs));
      try {
        return await executeLanes();
      } finally {
        cancel();
      }
    },
    progress: () => ({
      ...tally.counts(),
      inFlight: lane.inFlight(),
      channel: present.channel,
      allowedPerSecond: present.quota.currentPerSecond(),
      stopping: stopping ?? lane.stopping(),
    }),
    stop,
  };
}

/** The cap of one service is none of another. */
function letsLaterLanesGo(stopped: StopReason | null): boolean {
  return stopped === null || stopped.kind === 'dailyCap';
}
