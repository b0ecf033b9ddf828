import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBalanced } from '../../src/domain/balance.ts';
import { languageOf } from '../../src/domain/message.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { judgeOutcome } from '../../src/run/judge-outcome.ts';
import { aMessage, aSessionMessage, someMessages } from '../support/a-message.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { accepted, rejected, throttled, unknown, unreachable } from '../support/outcomes.ts';
import { aRun, type SceneOptions } from './run-scene.ts';

const silence = () => new Promise<never>(() => {});

describe('a run', () => {
  it('hands every row over once, in list order, and ends', async () => {
    const messages = someMessages(1_200);
    const { finish, sentRows, checkpoint, run } = aRun({ messages });
    expect(await finish()).toBeNull();
    expect(sentRows()).toEqual(messages.map(({ row }) => row));
    expect(await checkpoint.balance()).toMatchObject({ rows: 1_200, accepted: 1_200 });
    expect(run.progress()).toMatchObject({ accepted: 1_200, rejected: 0, unknown: 0, throttled: 0, inFlight: 0 });
  });

  it('ends at once where there is nothing to do', async () => {
    const { finish, requests } = aRun({ messages: [] });
    expect(await finish()).toBeNull();
    expect(requests).toEqual([]);
  });

  it('uses its rate to the full and never exceeds it', async () => {
    const { finish, requests } = aRun({ messages: someMessages(1_000), rate: { count: 100, perMs: 1_000 } });
    await finish();
    const departures = requests.map(({ at }) => at);
    const crowded = departures.filter(
      (at, index) => at - (departures[index - 100] ?? Number.NEGATIVE_INFINITY) < 1_000,
    );
    expect(crowded).toEqual([]);
    expect(departures.at(-1)).toBeLessThan(10_200);
  });

  // The fake service itself refuses a row whose attempt is not on record when it arrives.
  it('counts an outcome only once it is on record', async () => {
    const { clock, run, checkpoint } = aRun({ messages: someMessages(40), diskMs: 30, latencyMs: 20 });
    const execution = run.execute();
    const counted: number[] = [];
    while (run.progress().accepted < 40) {
      await clock.advance(5);
      const { accepted: told } = run.progress();
      expect(told).toBeLessThanOrEqual((await checkpoint.balance()).accepted);
      counted.push(told);
    }
    expect(new Set(counted).size).toBeGreaterThan(5);
    expect(await clock.outlast(execution)).toBeNull();
  });

  it.each([1, 3, 128])('never has more than %d requests in flight', async (concurrency) => {
    const { finish, requests } = aRun({ messages: someMessages(300), concurrency, latencyMs: 700 });
    await finish();
    expect(Math.max(...requests.map(({ underWay }) => underWay))).toBe(concurrency);
  });

  it('records an attempt only when its request is about to leave', async () => {
    const messages = someMessages(3);
    const { clock, run, checkpoint, requests } = aRun({ messages, rate: { count: 1, perMs: 1_000 } });
    const execution = run.execute();
    const [, second = 0] = messages.map(({ row }) => row);
    const recordedEarly: number[] = [];
    while (requests.length < 2) {
      await clock.advance(5);
      if (checkpoint.stateOf(second) === 'open' && requests.length < 2) recordedEarly.push(clock.monotonic());
    }
    // A few milliseconds ahead of its departure, and not a second.
    expect(recordedEarly.length).toBeLessThanOrEqual(5);
    expect(await clock.outlast(execution)).toBeNull();
  });

  it('records nothing while the service has asked for a pause', async () => {
    const answer: SceneOptions['answer'] = (_message, time) => (time === 1 ? throttled(30_000) : accepted);
    const { clock, run, checkpoint } = aRun({ messages: someMessages(1), answer });
    const execution = run.execute();
    await clock.advance(10_000);
    expect(checkpoint.stateOf(someMessages(1)[0]?.row ?? 0)).toBe('pending');
    expect(await clock.outlast(execution)).toBeNull();
    expect(await checkpoint.balance()).toMatchObject({ accepted: 1 });
  });

  it('records one row at a time with a concurrency of one', async () => {
    const { clock, run, checkpoint } = aRun({ messages: someMessages(20), concurrency: 1, latencyMs: 10 });
    const execution = run.execute();
    const open: number[] = [];
    while (run.progress().accepted < 20) {
      await clock.advance(1);
      open.push((await checkpoint.balance()).unknown);
    }
    expect(Math.max(...open)).toBe(1);
    await clock.outlast(execution);
  });

  it('hands over no more rows than its limit, and leaves the rest in line', async () => {
    const { finish, sentRows, checkpoint } = aRun({
      limit: 3,
      answer: ({ row }, time) => (row === 3 && time < 3 ? throttled() : accepted),
    });
    expect(await finish()).toBeNull();
    expect(sentRows().toSorted()).toEqual([2, 3, 3, 3, 4]);
    expect(await checkpoint.balance()).toMatchObject({ accepted: 3, unsent: 7 });
  });

  it('hands over only the rows of one address', async () => {
    const messages = [
      aMessage(2),
      aMessage(3, { to: '8613800000000' }),
      aMessage(4),
      aMessage(5, { to: '8613800000000' }),
    ];
    const { finish, sentRows } = aRun({ messages, only: '8613800000000' });
    await finish();
    expect(sentRows()).toEqual([3, 5]);
  });
});

describe('a run that is throttled', () => {
  it('hands the row over again before any other, as often as it takes, and never fails it', async () => {
    const { finish, sentRows, checkpoint, run } = aRun({
      messages: someMessages(4),
      concurrency: 1,
      stopAfter: { failures: { kind: 'count', count: 1 }, atLeast: 1 },
      answer: ({ row }, time) => (row === 3 && time < 4 ? throttled() : accepted),
    });
    expect(await finish()).toBeNull();
    expect(sentRows()).toEqual([2, 3, 3, 3, 3, 4, 5]);
    expect(run.progress()).toMatchObject({ accepted: 4, rejected: 0, unknown: 0, throttled: 3 });
    expect(checkpoint.attemptsOf(3)).toBe(4);
  });

  it('puts several rows back in list order', async () => {
    const { finish, sentRows } = aRun({
      messages: someMessages(8),
      concurrency: 4,
      rate: { count: 1_000, perMs: 1_000 },
      answer: ({ row }, time) => (row <= 5 && time === 1 ? throttled() : accepted),
    });
    await finish();
    expect(sentRows()).toEqual([2, 3, 4, 5, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('goes slower at once and climbs back', async () => {
    const { clock, run, finish } = aRun({
      messages: someMessages(2_500),
      answer: ({ row }, time) => (row === 500 && time === 1 ? throttled() : accepted),
    });
    const execution = finish();
    while (run.progress().throttled === 0) await clock.advance(10);
    expect(run.progress().allowedPerSecond).toBeLessThan(130);
    await execution;
    expect(run.progress()).toMatchObject({ allowedPerSecond: 250, accepted: 2_500 });
  });

  it('holds everything for as long as the service asks', async () => {
    const { finish, requests } = aRun({
      messages: someMessages(100),
      latencyMs: 10,
      answer: ({ row }, time) => (row === 2 && time === 1 ? throttled(20_000) : accepted),
    });
    await finish();
    const gaps = requests.map(({ at }, index) => at - (requests[index - 1]?.at ?? 0));
    expect(gaps.filter((gap) => gap > 1_000)).toHaveLength(1);
    expect(Math.max(...gaps)).toBeGreaterThan(19_900);
  });

  it('does not leave a row behind that comes back while the end of the list is read', async () => {
    // As many rows as fill one page, so that another page is asked for to find the end.
    const { finish, checkpoint } = aRun({
      messages: someMessages(500),
      rate: { count: 5_000, perMs: 1_000 },
      concurrency: 500,
      latencyMs: 5,
      diskMs: 50,
      answer: ({ row }, time) => (row > 480 && time === 1 ? throttled() : accepted),
    });
    expect(await finish()).toBeNull();
    expect(await checkpoint.balance()).toMatchObject({ accepted: 500, unsent: 0 });
  });
});

describe('a run without a connection', () => {
  it('tries on at growing intervals, and goes on once there is one', async () => {
    const scene = aRun({
      messages: someMessages(200),
      concurrency: 50,
      latencyMs: 2,
      answer: () => (scene.clock.monotonic() < 20_000 ? unreachable : accepted),
    });
    expect(await scene.finish()).toBeNull();
    expect(scene.run.progress()).toMatchObject({ accepted: 200, rejected: 0, unknown: 0 });
    expect(scene.requests.filter(({ at }) => at < 20_000).length).toBeLessThan(60);
    // It notices within the longest wait, and does not creep afterwards.
    expect(scene.requests.at(-1)?.at).toBeLessThan(60_000);
  });

  it('takes connections that fail together for one failure', async () => {
    const scene = aRun({
      messages: someMessages(400),
      concurrency: 100,
      latencyMs: 300,
      answer: () => (scene.clock.monotonic() < 400 ? unreachable : accepted),
    });
    await scene.finish();
    const gaps = scene.requests.map(({ at }, index) => at - (scene.requests[index - 1]?.at ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(1_100);
  });

  it('stops after a minute and leaves every row in line', async () => {
    const { finish, clock, checkpoint, run } = aRun({ answer: () => unreachable });
    expect(await finish()).toEqual({ kind: 'unreachable', code: 'ECONNREFUSED', forMs: expect.any(Number) });
    expect(clock.monotonic()).toBeGreaterThanOrEqual(60_000);
    expect(clock.monotonic()).toBeLessThan(75_000);
    expect(await checkpoint.balance()).toMatchObject({ unsent: 10, rejected: 0, unknown: 0 });
    expect(run.progress()).toMatchObject({ accepted: 0, rejected: 0, unknown: 0, throttled: 0 });
  });
});

describe('a run that is refused', () => {
  it.each(['account', 'campaign'] as const)(
    'stops at once for the sake of the %s, and keeps every row in line',
    async (scope) => {
      const refusal = rejected(scope, 'isv.AMOUNT_NOT_ENOUGH');
      const { finish, requests, checkpoint, run } = aRun({
        messages: someMessages(1_000),
        rate: { count: 100, perMs: 1_000 },
        answer: ({ row }) => (row === 50 ? refusal : accepted),
      });
      expect(await finish()).toEqual({ kind: 'refused', refusal, channel: 'whatsapp' });
      // Those that had left by the time of the refusal, and none later.
      expect(requests.length).toBeLessThan(65);
      expect(checkpoint.stateOf(50)).toBe('pending');
      expect(await checkpoint.balance()).toMatchObject({
        accepted: requests.length - 1,
        rejected: 0,
        unknown: 0,
        unsent: 1_001 - requests.length,
      });
      expect(run.progress()).toMatchObject({ accepted: requests.length - 1, rejected: 0, inFlight: 0 });
    },
  );

  it.each(['row', 'transient'] as const)('goes on when the refusals are of scope %s', async (scope) => {
    const { finish, checkpoint, sentRows } = aRun({ messages: someMessages(300), answer: () => rejected(scope) });
    expect(await finish()).toBeNull();
    expect(sentRows()).toHaveLength(300);
    expect(await checkpoint.balance()).toMatchObject({ rejected: 300, unsent: 0 });
  });

  it('stops when too large a share has failed, unknown outcomes among them', async () => {
    const { finish, run } = aRun({
      messages: someMessages(1_000),
      concurrency: 1,
      latencyMs: 1,
      stopAfter: { failures: { kind: 'share', share: 0.1 }, atLeast: 50 },
      answer: ({ row }) => (row % 10 === 0 ? (row % 20 === 0 ? unknown : rejected()) : accepted),
    });
    expect(await finish()).toEqual({ kind: 'failures', failed: 5, answered: 50 });
    expect(run.progress()).toMatchObject({ accepted: 45, rejected: 3, unknown: 2 });
  });

  it('stops at a number of failures, and records what was in flight', async () => {
    const { finish, requests, checkpoint } = aRun({
      messages: someMessages(1_000),
      stopAfter: { failures: { kind: 'count', count: 20 }, atLeast: 1 },
      answer: () => rejected(),
    });
    expect(await finish()).toMatchObject({ kind: 'failures', failed: 20, answered: 20 });
    expect(requests.length).toBeGreaterThan(20);
    expect(await checkpoint.balance()).toMatchObject({ rejected: requests.length, unsent: 1_000 - requests.length });
  });
});

describe('a run that is stopped', () => {
  const interrupted = { kind: 'interrupted' } as const;

  it('awaits what is in flight, and takes back what never left', async () => {
    const { clock, run, checkpoint, requests } = aRun({ messages: someMessages(1_000), latencyMs: 400 });
    const execution = run.execute();
    await clock.advance(1_000);
    run.stop(interrupted, 5_000);
    const left = requests.length;
    expect(run.progress().inFlight).toBeLessThanOrEqual(left);
    expect(await clock.outlast(execution)).toEqual(interrupted);
    expect(requests).toHaveLength(left);
    expect(await checkpoint.balance()).toMatchObject({ accepted: left, unknown: 0, unsent: 1_000 - left });
    expect(checkpoint.attemptsOf(left + 2)).toBe(0);
    expect(clock.monotonic()).toBeLessThan(1_500);
  });

  it('records as unknown what has no answer when the grace is over', async () => {
    const { clock, run, checkpoint, requests } = aRun({ messages: someMessages(50), concurrency: 5, send: silence });
    const execution = run.execute();
    await clock.advance(500);
    run.stop(interrupted, 5_000);
    expect(await clock.outlast(execution)).toEqual(interrupted);
    expect(requests).toHaveLength(5);
    expect(clock.monotonic()).toBeLessThan(5_600);
    expect(await checkpoint.balance()).toMatchObject({ unknown: 5, unsent: 45 });
    expect(checkpoint.outcomeOf(2)).toMatchObject({ kind: 'unknown', code: 'ABANDONED' });
    expect(run.progress()).toMatchObject({ unknown: 5, inFlight: 0, stopping: interrupted });
  });

  it('keeps its first reason', async () => {
    const { clock, run } = aRun({ messages: someMessages(100) });
    const execution = run.execute();
    await clock.advance(50);
    run.stop(interrupted, 5_000);
    run.stop({ kind: 'duration', afterMs: 1 }, 1);
    expect(await clock.outlast(execution)).toEqual(interrupted);
  });

  it('sends nothing when it is stopped before it begins', async () => {
    const { run, finish, requests } = aRun();
    run.stop(interrupted, 5_000);
    expect(await finish()).toEqual(interrupted);
    expect(requests).toEqual([]);
  });

  it('stops by itself when its time is over', async () => {
    const { finish, clock, requests, checkpoint } = aRun({ messages: someMessages(5_000), maxDurationMs: 3_000 });
    expect(await finish()).toEqual({ kind: 'duration', afterMs: 3_000 });
    expect(requests.at(-1)?.at).toBeLessThanOrEqual(3_000);
    expect(clock.monotonic()).toBeLessThan(3_200);
    expect(await checkpoint.balance()).toMatchObject({ accepted: requests.length, unknown: 0 });
  });

  it('stops by itself when the hours of its messages are over', async () => {
    const startsAt = fakeClock().now();
    const closing = { closesAt: startsAt + 3_000, opensAt: startsAt + 43_203_000 };
    const { finish, requests, checkpoint } = aRun({ messages: someMessages(5_000), closing });
    expect(await finish()).toEqual({ kind: 'hours', opensAt: closing.opensAt });
    expect(requests.at(-1)?.at).toBeLessThanOrEqual(3_000);
    const handedOver = requests.length;
    expect(handedOver).toBeGreaterThan(500);
    const unsent = 5_000 - handedOver;
    expect(await checkpoint.balance()).toMatchObject({ accepted: handedOver, unknown: 0, unsent });
  });

  it('leaves no timer behind', async () => {
    const { finish, clock } = aRun({ maxDurationMs: 3_600_000 });
    await finish();
    await expect(clock.outlast(silence())).rejects.toThrow('never comes');
    expect(clock.monotonic()).toBeLessThan(5_000);
  });
});

describe('a run in which something breaks', () => {
  const full = new Error('disk full');

  it.each(['begin', 'settle', 'pending'] as const)(
    'ends with the failure of a checkpoint that cannot %s',
    async (operation) => {
      const { clock, run, checkpoint, requests } = aRun({ messages: someMessages(2_000) });
      const execution = run.execute();
      await clock.advance(1_000);
      checkpoint.breakDown(operation, full);
      await expect(clock.outlast(execution)).rejects.toBe(full);
      const left = requests.length;
      await clock.advance(60_000);
      expect(requests).toHaveLength(left);
      expect(left).toBeLessThan(1_000);
      expect(isBalanced(await checkpoint.balance())).toBe(true);
    },
  );

  it('counts nothing that could not be recorded', async () => {
    const { run, finish, checkpoint } = aRun({ messages: someMessages(20) });
    checkpoint.breakDown('settle', full);
    await expect(finish()).rejects.toBe(full);
    expect(run.progress()).toMatchObject({ accepted: 0, unknown: 0 });
    // Each may have gone out, and its open attempt says so.
    expect((await checkpoint.balance()).unknown).toBeGreaterThan(0);
  });

  it('tells of a stop that cannot take back what never left', async () => {
    const { clock, run, checkpoint } = aRun({ messages: someMessages(1_000) });
    const execution = run.execute();
    await clock.advance(1_000);
    checkpoint.breakDown('withdraw', full);
    run.stop({ kind: 'interrupted' }, 5_000);
    await expect(clock.outlast(execution)).rejects.toBe(full);
  });

  it('does not wait for ever for a service that is silent meanwhile', async () => {
    const { clock, run, checkpoint } = aRun({ messages: someMessages(1_000), send: silence });
    const execution = run.execute();
    await clock.advance(100);
    checkpoint.breakDown('begin', full);
    await expect(clock.outlast(execution)).rejects.toBe(full);
    expect(clock.monotonic()).toBeLessThan(30_000);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('a bug');
      },
    ],
    ['rejects', () => Promise.reject(new Error('a bug'))],
  ])('ends when a provider %s, and keeps that attempt open, since it may have left', async (_name, send) => {
    const { finish, checkpoint, requests } = aRun({ send });
    await expect(finish()).rejects.toThrow('a bug');
    expect(requests.length).toBeGreaterThan(0);
    for (const { rows } of requests) for (const row of rows) expect(checkpoint.stateOf(row)).toBe('open');
  });

  it('keeps an attempt open that fails in the very moment of a stop', async () => {
    const scene = aRun({
      concurrency: 1,
      send: () => {
        scene.run.stop({ kind: 'interrupted' }, 1_000);
        throw new Error('a bug');
      },
    });
    await expect(scene.finish()).rejects.toThrow('a bug');
    expect(scene.checkpoint.stateOf(2)).toBe('open');
  });
});

describe('a run that hands over many messages at once', () => {
  const inEnglish = (row: number) => aMessage(row);
  const inChinese = (row: number) =>
    aMessage(row, { content: { kind: 'template', code: 'order_shipped', language: 'zh_CN', params: {} } });
  const batches = {
    maxMessagesPerRequest: 100,
    refusesTogether: false,
    fits: ([first]: readonly ReturnType<typeof aMessage>[], next: ReturnType<typeof aMessage>) =>
      first !== undefined && languageOf(first.content) === languageOf(next.content),
  };

  it('fills its requests as far as the provider lets messages ride together, in list order', async () => {
    const messages = Array.from({ length: 270 }, (_, index) =>
      index < 250 ? inEnglish(index + 2) : inChinese(index + 2),
    );
    const { finish, requests, sentRows } = aRun({ messages, batches });
    await finish();
    expect(requests.map(({ rows }) => rows.length)).toEqual([100, 100, 50, 20]);
    expect(sentRows()).toEqual(messages.map(({ row }) => row));
  });

  it('puts back only those of a batch that were throttled', async () => {
    const { finish, requests, run } = aRun({
      messages: someMessages(6),
      batches,
      answer: ({ row }, time) => {
        if (row === 3) return rejected();
        return row > 4 && time === 1 ? throttled() : accepted;
      },
    });
    expect(await finish()).toBeNull();
    expect(requests.map(({ rows }) => rows)).toEqual([
      [2, 3, 4, 5, 6, 7],
      [5, 6, 7],
    ]);
    expect(run.progress()).toMatchObject({ accepted: 5, rejected: 1, throttled: 3 });
  });

  it('holds the rate by requests', async () => {
    const { finish, requests } = aRun({ messages: someMessages(500), batches, rate: { count: 1, perMs: 1_000 } });
    await finish();
    expect(requests).toHaveLength(5);
    const gaps = requests.slice(1).map(({ at }, index) => at - (requests[index]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
  });

  it('fills its requests although languages change from row to row, throttled or not', async () => {
    const messages = Array.from({ length: 1_200 }, (_, index) =>
      index % 3 === 0 ? inChinese(index + 2) : inEnglish(index + 2),
    );
    const { finish, requests, checkpoint } = aRun({
      messages,
      batches,
      rate: { count: 100, perMs: 1_000 },
      answer: ({ row }, time) => (row % 400 < 3 && time === 1 ? throttled() : accepted),
    });
    expect(await finish()).toBeNull();
    expect(await checkpoint.balance()).toMatchObject({ accepted: 1_200, unsent: 0 });
    const full = requests.filter(({ rows }) => rows.length === 100);
    expect(full).toHaveLength(12);
    // What was throttled goes again, and nothing else goes twice.
    expect(requests.flatMap(({ rows }) => rows)).toHaveLength(
      1_200 + messages.filter(({ row }) => row % 400 < 3).length,
    );
  });

  it('makes requests no larger than it is told to', async () => {
    const { finish, requests } = aRun({ messages: someMessages(25), batches, messagesPerRequest: 8 });
    await finish();
    expect(requests.map(({ rows }) => rows.length)).toEqual([8, 8, 8, 1]);
  });

  it('stops for failures once a request is counted whole', async () => {
    const { finish } = aRun({
      messages: someMessages(300),
      batches,
      concurrency: 1,
      stopAfter: { failures: { kind: 'share', share: 0.3 }, atLeast: 50 },
      // Half of each request fails, the first half first.
      answer: ({ row }) => ((row - 2) % 100 < 50 && row >= 102 ? rejected() : accepted),
    });
    expect(await finish()).toEqual({ kind: 'failures', failed: 100, answered: 300 });
  });

  it('keeps to the daily cap with the last of its requests', async () => {
    const { finish, requests, checkpoint } = aRun({ messages: someMessages(300), batches, dailyCap: 130 });
    expect(await finish()).toMatchObject({ kind: 'dailyCap', cap: 130, left: 170 });
    expect(requests.map(({ rows }) => rows.length)).toEqual([100, 30]);
    expect(await checkpoint.balance()).toMatchObject({ accepted: 130, unsent: 170 });
  });

  it('takes a message without an outcome of its own for unknown', async () => {
    const { finish, checkpoint } = aRun({ messages: someMessages(3), batches, send: async () => [accepted] });
    await finish();
    expect(await checkpoint.balance()).toMatchObject({ accepted: 1, unknown: 2 });
  });
});

describe('whatever the service answers', () => {
  const windowClosed = rejected('row', 'SessionWindowExpired');
  const outcome = fc.constantFrom<Outcome>(
    accepted,
    accepted,
    accepted,
    rejected(),
    rejected('transient'),
    rejected('account'),
    throttled(),
    throttled(700),
    unreachable,
    unknown,
    windowClosed,
    windowClosed,
  );
  const story = fc.record({
    fallbacks: fc.boolean(),
    rows: fc.integer({ min: 1, max: 60 }),
    concurrency: fc.integer({ min: 1, max: 20 }),
    together: fc.integer({ min: 1, max: 5 }),
    /** How many kinds of rows there are that do not ride together. */
    kinds: fc.integer({ min: 1, max: 3 }),
    latencyMs: fc.integer({ min: 0, max: 400 }),
    diskMs: fc.integer({ min: 0, max: 60 }),
    stopsAtMs: fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 3 }),
    graceMs: fc.integer({ min: 0, max: 500 }),
    answers: fc.array(outcome, { minLength: 1, maxLength: 40 }),
  });

  it('no row goes again that was accepted, refused or unknown, none is lost, and the balance adds up', async () => {
    await fc.assert(
      fc.asyncProperty(story, async ({ rows, fallbacks, together, kinds, stopsAtMs, graceMs, answers, ...pace }) => {
        const ended = new Map<number, string>();
        const again: number[] = [];
        /** Rows that were told to fall back, and what then went out of the wrong kind. */
        const fell = new Set<number>();
        const wrong: number[] = [];
        let asked = 0;
        const options: SceneOptions = {
          ...pace,
          messages: fallbacks ? someMessages(rows).map(({ row }) => aSessionMessage(row)) : someMessages(rows),
          fallbackOn: ['SessionWindowExpired'],
          batches: {
            maxMessagesPerRequest: together,
            fits: ([first], next) => first !== undefined && first.row % kinds === next.row % kinds,
            refusesTogether: false,
          },
          answer: ({ row, content, fallback }) => {
            if (ended.has(row)) again.push(row);
            if (fallbacks && (content.kind === 'template') !== fell.has(row)) wrong.push(row);
            // After some hundred answers all is accepted, so that every story has an end.
            const said = asked < 400 ? (answers[asked % answers.length] ?? accepted) : accepted;
            asked += 1;
            if (fallback !== null && said === windowClosed) fell.add(row);
            else if (judgeOutcome(said).next !== 'pending') ended.set(row, said.kind);
            return said;
          },
        };
        let scene = aRun(options);
        const { clock, checkpoint } = scene;
        for (let execution = 0; ; execution += 1) {
          const { run } = scene;
          const before = await checkpoint.balance();
          const stopAtMs = stopsAtMs[execution];
          if (stopAtMs !== undefined) clock.schedule(stopAtMs, () => run.stop({ kind: 'interrupted' }, graceMs));
          const reason = await clock.outlast(run.execute());

          const balance = await checkpoint.balance();
          expect(isBalanced(balance)).toBe(true);
          const { accepted: took, rejected: refused, unknown: unclear, inFlight } = run.progress();
          expect({ took, refused, unclear, inFlight }).toEqual({
            took: balance.accepted - before.accepted,
            refused: balance.rejected - before.rejected,
            unclear: balance.unknown - before.unknown,
            inFlight: 0,
          });
          if (reason === null) break;
          scene = aRun({ ...options, goesOnFrom: scene });
        }
        expect({ again, wrong }).toEqual({ again: [], wrong: [] });
        for (let row = 2; row < rows + 2; row += 1) {
          // Unknown is also what had no answer when a grace ran out, whatever the service made of it later.
          const state = checkpoint.stateOf(row);
          if (state !== 'unknown') expect([row, state]).toEqual([row, ended.get(row)]);
        }
      }),
      { numRuns: 300 },
    );
  });
});
