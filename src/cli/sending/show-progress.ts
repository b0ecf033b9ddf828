/** Shows how a run gets on, from its start to its end: a bar on a terminal, a line now and then elsewhere, events with `--json`. */
import type { Balance } from '../../domain/balance.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Channel } from '../../domain/message.ts';
import type { Service } from '../../domain/run-record.ts';
import type { Run } from '../../run/execute-run.ts';
import type { Output } from '../output.ts';
import type { ProgressSnapshot } from '../render/progress.ts';
import { openProgressDisplay } from '../render/progress-display.ts';

export interface ProgressWatch {
  /** Prints a line above the bar. */
  print(line: string): void;
  close(): void;
}

const sampleEveryMs = 100;
const eventEveryMs = 1_000;
/** The shown rate is the mean over this time: steady enough to read, quick enough to follow. */
const rateOverMs = 5_000;

export interface WatchOptions {
  readonly run: Run;
  readonly output: Output;
  readonly clock: Clock;
  readonly service: Service;
  /** The campaign's. */
  readonly ownChannel: Channel;
  /** As it stood before this execution. */
  readonly before: Balance;
  /** Messages this execution will hand over at most. */
  readonly toDo: number;
}

export function watchRun({ run, output, clock, service, ownChannel, before, toDo }: WatchOptions): ProgressWatch {
  const emulated = service.kind === 'emulator';
  const display = output.quiet
    ? null
    : openProgressDisplay({ stream: output.stderr, clock, colour: output.colour(output.stderr), emulated });
  const samples: { readonly at: number; readonly answered: number }[] = [];
  let lastEventAt = Number.NEGATIVE_INFINITY;
  let cancel = () => {};

  function snapshot(): ProgressSnapshot {
    const { accepted, rejected, unknown, throttled, fellBack, channel, stopping } = run.progress();
    const answered = accepted + rejected + unknown;
    const now = clock.monotonic();
    samples.push({ at: now, answered });
    while (samples[0] !== undefined && now - samples[0].at > rateOverMs) samples.shift();
    const oldest = samples[0];
    const perSecond =
      oldest === undefined || now === oldest.at ? 0 : ((answered - oldest.answered) * 1_000) / (now - oldest.at);
    const doneBefore = before.accepted + before.rejected + before.unknown;
    return {
      done: doneBefore + answered,
      total: doneBefore + toDo,
      accepted: before.accepted + accepted,
      rejected: before.rejected + rejected,
      unknown: before.unknown + unknown,
      throttled,
      fellBack,
      ...(channel !== ownChannel && { standInBy: channel }),
      perSecond,
      etaMs: perSecond > 0 ? ((toDo - answered) * 1_000) / perSecond : null,
      stopping: stopping !== null,
    };
  }

  function show(): void {
    const now = snapshot();
    display?.update(now);
    if (clock.monotonic() - lastEventAt >= eventEveryMs) {
      lastEventAt = clock.monotonic();
      output.event({ event: 'progress', emulated, ...now, perSecond: Math.round(now.perSecond * 10) / 10 });
    }
    cancel = clock.schedule(sampleEveryMs, show);
  }

  show();
  return {
    print: (line) => display?.print(line),
    close() {
      cancel();
      display?.close();
    },
  };
}
