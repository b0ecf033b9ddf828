/** A run on fakes: a list in memory, a service that answers as the test says, and a clock that stands still. */
import { createPacer } from '../../src/adapters/quotas/local-pacer.ts';
import type { Channel, Message } from '../../src/domain/message.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import type { Provider } from '../../src/domain/provider.ts';
import type { Rate } from '../../src/domain/quota.ts';
import type { Closing, PromotionWindow } from '../../src/domain/sms/promotion-hours.ts';
import { createRun, type Run, type RunOptions } from '../../src/run/execute-run.ts';
import type { LaneOptions } from '../../src/run/lane.ts';
import type { StopReason } from '../../src/run/stop-rules.ts';
import { someMessages } from '../support/a-message.ts';
import { type FakeCheckpoint, fakeCheckpoint } from '../support/fake-checkpoint.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { accepted } from '../support/outcomes.ts';

export interface SentRequest {
  /** Of the lane. */
  readonly channel: Channel;
  readonly rows: readonly number[];
  /** Milliseconds from the start. */
  readonly at: number;
  /** Requests under way, this one included. */
  readonly underWay: number;
}

export interface SceneOptions
  extends Partial<
    Pick<LaneOptions, 'concurrency' | 'messagesPerRequest' | 'fallbackOn'> &
      Pick<RunOptions, 'stopAfter' | 'limit' | 'only'>
  > {
  readonly maxDurationMs?: number;
  readonly closing?: Closing;
  readonly dailyCap?: number;
  readonly pairMs?: number;
  /** A lane for text messages, behind the one for everything else. */
  readonly texts?: TextLane;
  readonly messages?: readonly Message[];
  /** An earlier run of the same list, to go on from. */
  readonly goesOnFrom?: Pick<Scene, 'clock' | 'checkpoint'>;
  readonly rate?: Rate;
  /** How long the service takes to answer, in milliseconds. */
  readonly latencyMs?: number;
  /** How long the checkpoint takes, in milliseconds. */
  readonly diskMs?: number;
  /** What becomes of a message that is handed over for the `time`th time. */
  readonly answer?: (message: Message, time: number) => Outcome;
  /** In place of a service that answers. */
  readonly send?: (batch: readonly Message[]) => Promise<readonly Outcome[]>;
  /** Where the service refuses together, the first message that it does not accept speaks for all of its request. */
  readonly batches?: Batches;
}

/** Another service with a quota of its own. */
export interface TextLane {
  readonly rate?: Rate;
  readonly batches?: Batches;
  readonly hours?: (now: number) => PromotionWindow;
}

export interface Scene {
  readonly clock: FakeClock;
  readonly checkpoint: FakeCheckpoint;
  readonly run: Run;
  readonly requests: readonly SentRequest[];
  /** Every row that was handed over, in order, as often as it was. */
  sentRows(): readonly number[];
  /** Executes the run to its end. */
  finish(): Promise<StopReason | null>;
}

type Batches = Pick<Provider, 'maxMessagesPerRequest' | 'fits' | 'refusesTogether'>;

const oneByOne: Batches = { maxMessagesPerRequest: 1, fits: () => false, refusesTogether: false };

export function aRun(options: SceneOptions = {}): Scene {
  const { messages = someMessages(10), latencyMs = 80, diskMs = 1, answer = () => accepted } = options;
  const clock = options.goesOnFrom?.clock ?? fakeClock();
  const checkpoint = options.goesOnFrom?.checkpoint ?? fakeCheckpoint(messages, { clock, latencyMs: diskMs });
  const requests: SentRequest[] = [];
  const times = new Map<number, number>();
  let underWay = 0;

  const serve = async (batch: readonly Message[], { refusesTogether }: Batches): Promise<readonly Outcome[]> => {
    await new Promise<void>((resolve) => {
      clock.schedule(latencyMs, resolve);
    });
    const outcomes = batch.map((message) => answer(message, times.get(message.row) ?? 0));
    const trouble = outcomes.find(({ kind }) => kind !== 'accepted');
    return refusesTogether && trouble !== undefined ? outcomes.map(() => trouble) : outcomes;
  };
  const { send = serve, batches = oneByOne, rate = { count: 250, perMs: 1_000 }, closing = null, texts } = options;

  const providerOf = (channel: Channel, served: Batches): Provider => ({
    name: 'fake',
    ...served,
    send(batch) {
      const rows = batch.map(({ row }) => row);
      for (const { row, channel: by } of batch) {
        const state = checkpoint.stateOf(row);
        if (state !== 'open') throw new Error(`row ${row} left while its attempt was not on record: ${state}`);
        if (by !== channel) throw new Error(`row ${row} goes by ${by}, and this is the lane of ${channel}`);
        times.set(row, (times.get(row) ?? 0) + 1);
      }
      underWay += 1;
      requests.push({ channel, rows, at: clock.monotonic(), underWay });
      return send(batch, served).finally(() => {
        underWay -= 1;
      });
    },
  });
  const laneOf = (channel: Channel, served: Batches, limit: Rate) => ({
    channel,
    provider: providerOf(channel, served),
    quota: createPacer({ limit, clock }),
    messagesPerRequest: served.maxMessagesPerRequest,
    concurrency: options.concurrency ?? 128,
    fallbackOn: options.fallbackOn ?? [],
    hours: () => ({ kind: 'open', closing: null }) as const,
    dailyCap: null,
    pairMs: null,
  });
  const own: LaneOptions = {
    ...laneOf(messages[0]?.channel ?? 'whatsapp', batches, rate),
    messagesPerRequest: options.messagesPerRequest ?? batches.maxMessagesPerRequest,
    hours: () => ({ kind: 'open', closing }),
    dailyCap: options.dailyCap ?? null,
    pairMs: options.pairMs ?? null,
  };
  const others = texts === undefined ? [] : [textLane(texts)];
  function textLane({ batches: served = oneByOne, rate: limit = rate, hours }: TextLane): LaneOptions {
    const lane = laneOf('sms', served, limit);
    return hours === undefined ? lane : { ...lane, hours };
  }

  const run = createRun({
    checkpoint,
    clock,
    lanes: [own, ...others],
    stopAfter: options.stopAfter ?? null,
    maxDurationMs: options.maxDurationMs ?? null,
    limit: options.limit ?? null,
    only: options.only ?? null,
    attemptPrefix: 'test',
  });
  return {
    clock,
    checkpoint,
    run,
    requests,
    sentRows: () => requests.flatMap(({ rows }) => rows),
    finish: () => clock.outlast(run.execute()),
  };
}
