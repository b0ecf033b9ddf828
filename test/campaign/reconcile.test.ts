import { describe, expect, it } from 'vitest';
import { type ReconcileOptions, type Reconciliation, reconcile } from '../../src/campaign/reconcile.ts';
import { clockSkewMs } from '../../src/campaign/reconcile-match.ts';
import type { AcceptedRow, Resolution, UnknownRow } from '../../src/domain/checkpoint.ts';
import type { Message } from '../../src/domain/message.ts';
import type { LogEntry, LogQuery, LogReading, MessageLog } from '../../src/domain/message-log.ts';
import { parseTemplateText } from '../../src/domain/template-text.ts';
import { aMessage } from '../support/a-message.ts';
import { aTemplate } from '../support/a-template.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';

const begin = Date.UTC(2026, 2, 1);
const second = 1_000;

function message(row: number, to: string, name: string): Message {
  const content = { kind: 'template', code: 'order_shipped', language: 'en', params: { name } } as const;
  return aMessage(row, { to, content });
}

/** An attempt of a second at the beginning, unless the changes say otherwise. */
function unknownRow(
  row: number,
  to: string,
  changes: Partial<UnknownRow> & { readonly name?: string } = {},
): UnknownRow {
  const { name = 'Ann', ...times } = changes;
  return { message: message(row, to, name), startedAt: begin, endedAt: begin + second, ...times };
}

interface Logged extends LogEntry {
  readonly to: string;
  /** When the log begins to show it. */
  readonly shownAt: number;
}

function logged(messageId: string, to: string, changes: Partial<Logged> = {}): Logged {
  return {
    messageId,
    to,
    otherId: null,
    ownRequestId: null,
    templateCode: 'order_shipped',
    language: 'en',
    sentAt: begin + 500,
    text: 'Hello Ann',
    delivery: null,
    shownAt: 0,
    ...changes,
  };
}

interface Scene {
  readonly unknown?: readonly UnknownRow[];
  readonly log?: readonly Logged[];
  /** Ids of other rows. */
  readonly known?: readonly string[];
  readonly last?: AcceptedRow | null;
  /** Addresses of accepted messages whose ids are not known. */
  readonly nameless?: readonly string[];
  readonly settleMs?: number;
  readonly resendMissing?: boolean;
  readonly beginsAt?: number;
  /** Answers in place of the log. */
  readonly read?: (query: LogQuery) => LogReading;
  /** Milliseconds after the beginning at which the command starts. */
  readonly startsAfter?: number;
}

interface Played {
  readonly clock: FakeClock;
  readonly ended: Promise<Reconciliation>;
  readonly resolutions: readonly Resolution[];
  readonly waits: readonly { readonly rows: number; readonly until: number }[];
  readonly queries: readonly LogQuery[];
  readonly stop: AbortController;
}

function play(scene: Scene): Played {
  const clock = fakeClock(begin + (scene.startsAfter ?? second));
  const resolutions: Resolution[] = [];
  const waits: { readonly rows: number; readonly until: number }[] = [];
  const queries: LogQuery[] = [];
  const stop = new AbortController();
  const log: MessageLog = {
    channels: ['whatsapp', 'viber'],
    beginsAt: scene.beginsAt ?? null,
    keepsMs: null,
    tellsIds: true,
    async read(query) {
      queries.push(query);
      if (scene.read !== undefined) return scene.read(query);
      const shown = (scene.log ?? []).filter(
        ({ to, shownAt, sentAt }) =>
          to === query.like.to &&
          shownAt <= clock.now() &&
          (sentAt ?? begin) >= query.from &&
          (sentAt ?? begin) <= query.until,
      );
      return { kind: 'whole', entries: shown };
    },
    readGroup: () => Promise.reject(new Error('nobody asks about a group')),
  };
  const checkpoint: ReconcileOptions['checkpoint'] = {
    async unknownRows(afterRow, limit) {
      return (scene.unknown ?? []).filter((each) => each.message.row > afterRow).slice(0, limit);
    },
    async resolveUnknown(list) {
      resolutions.push(...list);
    },
    async knownMessageIds(ids) {
      const given = resolutions.flatMap((each) => (each.kind === 'accepted' ? [each.messageId] : []));
      return new Set(ids.filter((id) => given.includes(id) || scene.known?.includes(id)));
    },
    namelessAmong: async (addresses) => new Set(addresses.filter((each) => scene.nameless?.includes(each))),
    acceptedTo: () => Promise.reject(new Error('a log that tells ids is not asked by them')),
    handOversOf: async () => new Map(),
    lastAccepted: async () => scene.last ?? null,
  };
  const ended = reconcile({
    checkpoint,
    log,
    channel: 'whatsapp',
    clock,
    runId: 'run-1',
    templateIn: () => aTemplate({ body: parseTemplateText('Hello $(name)') }),
    settleMs: scene.settleMs ?? 60 * second,
    resendMissing: scene.resendMissing ?? false,
    signal: stop.signal,
    onResolved: () => {},
    onWait: (rows, until) => waits.push({ rows, until: until - begin }),
  });
  return { clock, ended, resolutions, waits, queries, stop };
}

/** Plays to the end, however long it waits. */
async function settle(scene: Scene): Promise<Played & { readonly result: Reconciliation }> {
  const played = play(scene);
  return { ...played, result: await played.clock.outlast(played.ended) };
}

const ann = '8613800000001';
const bob = '8613800000002';

describe('rows that the log shows', () => {
  it('are accepted under the ids of the log at once', async () => {
    const { result, resolutions, waits } = await settle({
      unknown: [unknownRow(2, ann), unknownRow(3, bob)],
      log: [logged('m-1', ann), logged('m-2', bob, { sentAt: begin + 900 })],
    });
    expect(resolutions).toEqual([
      { kind: 'accepted', row: 2, messageId: 'm-1', at: begin + 500 },
      { kind: 'accepted', row: 3, messageId: 'm-2', at: begin + 900 },
    ]);
    expect(result).toEqual({ asked: 2, accepted: 2, requeued: 0, left: [] });
    expect(waits).toEqual([]);
  });

  it('are waited for while the log has not settled', async () => {
    const { result, waits } = await settle({
      unknown: [unknownRow(2, ann), unknownRow(3, bob)],
      log: [logged('m-1', ann), logged('m-2', bob, { shownAt: begin + 8 * second })],
    });
    expect(result).toEqual({ asked: 2, accepted: 2, requeued: 0, left: [] });
    expect(waits).toEqual([
      { rows: 1, until: 3 * second },
      { rows: 1, until: 7 * second },
      { rows: 1, until: 15 * second },
    ]);
  });

  it('are asked about once a number, with the window of all its attempts and the skew of the clocks', async () => {
    const { queries, result } = await settle({
      unknown: [unknownRow(2, ann), unknownRow(3, ann, { name: 'Eve', startedAt: begin - 5 * second, endedAt: begin })],
      log: [logged('m-1', ann), logged('m-2', ann, { text: 'Hello Eve' })],
    });
    expect(queries.map(({ like, from, until }) => [like.to, from, until])).toEqual([
      [ann, begin - 5 * second - clockSkewMs, begin + second + clockSkewMs],
    ]);
    expect(result.accepted).toBe(2);
  });

  it.each([
    ['its id', logged('m-1', ann)],
    ['its other id', logged('m-2', ann, { otherId: 'm-1' })],
  ])('do not take an entry of which another row has %s', async (_, entry) => {
    const { result, resolutions } = await settle({ unknown: [unknownRow(2, ann)], log: [entry], known: ['m-1'] });
    expect(resolutions).toEqual([]);
    expect(result.left).toEqual([{ row: 2, reason: 'NOT_IN_LOG' }]);
  });

  it('do not take an entry that another number was given, where the log mixes them up', async () => {
    const { result } = await settle({
      unknown: [unknownRow(2, ann), unknownRow(3, bob)],
      read: () => ({ kind: 'whole', entries: [logged('m-1', ann)] }),
    });
    expect(result).toEqual({ asked: 2, accepted: 1, requeued: 0, left: [{ row: 3, reason: 'NOT_IN_LOG' }] });
  });

  it('are all found where there are more than one page of them', async () => {
    const unknown = Array.from({ length: 1_203 }, (_, index) => unknownRow(index + 2, `86138${10_000_000 + index}`));
    const log = unknown.map(({ message: { to } }) => logged(`m-${to}`, to));
    const { result } = await settle({ unknown, log });
    expect(result).toEqual({ asked: 1_203, accepted: 1_203, requeued: 0, left: [] });
  });
});

describe('rows that the log does not show', () => {
  it('stay unknown once it has settled, unless a person chose', async () => {
    const { result, resolutions, waits } = await settle({ unknown: [unknownRow(2, ann)] });
    expect(result).toEqual({ asked: 1, accepted: 0, requeued: 0, left: [{ row: 2, reason: 'NOT_IN_LOG' }] });
    expect(resolutions).toEqual([]);
    expect(waits.at(-1)).toEqual({ rows: 1, until: 61 * second });
  });

  it('go back in line once it has settled, where a person chose', async () => {
    const { result, resolutions } = await settle({ unknown: [unknownRow(2, ann)], resendMissing: true });
    expect(result).toEqual({ asked: 1, accepted: 0, requeued: 1, left: [] });
    expect(resolutions).toEqual([{ kind: 'pending', row: 2 }]);
  });

  it('do not go back in line before it has settled', async () => {
    const { clock, resolutions, ended } = play({ unknown: [unknownRow(2, ann)], resendMissing: true });
    await clock.advance(59 * second);
    expect(resolutions).toEqual([]);
    await clock.advance(2 * second);
    expect(resolutions).toEqual([{ kind: 'pending', row: 2 }]);
    await ended;
  });

  it('are not waited for where the attempt is long past', async () => {
    const { result, waits } = await settle({ unknown: [unknownRow(2, ann)], startsAfter: 61 * second });
    expect([result.left, waits]).toEqual([[{ row: 2, reason: 'NOT_IN_LOG' }], []]);
  });

  it('never go back in line where an entry could be theirs', async () => {
    const { result, resolutions } = await settle({
      unknown: [unknownRow(2, ann), unknownRow(3, bob)],
      log: [
        logged('m-1', ann, { text: 'Hello ***' }),
        logged('m-2', bob, { text: null }),
        logged('m-3', bob, { text: null }),
      ],
      resendMissing: true,
    });
    expect(resolutions).toEqual([]);
    expect(result.left).toEqual([
      { row: 2, reason: 'LOG_UNCLEAR' },
      { row: 3, reason: 'LOG_AMBIGUOUS' },
    ]);
  });

  const last: AcceptedRow = {
    message: message(9, bob, 'Bob'),
    messageId: 'm-9',
    groupMessageId: null,
    acceptedAt: begin + 5 * second,
  };

  it('stay unknown where it does not show the message accepted last either', async () => {
    const { result, resolutions } = await settle({ unknown: [unknownRow(2, ann)], last, resendMissing: true });
    expect(resolutions).toEqual([]);
    expect(result.left).toEqual([{ row: 2, reason: 'LOG_BEHIND' }]);
  });

  it.each([
    ['its id', logged('m-9', bob)],
    ['its other id', logged('m-0', bob, { otherId: 'm-9' })],
  ])('go back in line where it shows the message accepted last by %s', async (_, entry) => {
    const { resolutions } = await settle({ unknown: [unknownRow(2, ann)], last, log: [entry], resendMissing: true });
    expect(resolutions).toEqual([{ kind: 'pending', row: 2 }]);
  });

  it('go back in line where the message accepted last is known by its group, and the log shows one to its number', async () => {
    const grouped: AcceptedRow = { ...last, messageId: null, groupMessageId: 'g-1' };
    const unknown = [unknownRow(2, ann)];
    const shown = await settle({ unknown, last: grouped, log: [logged('m-0', bob)], resendMissing: true });
    expect(shown.resolutions).toEqual([{ kind: 'pending', row: 2 }]);
    const silent = await settle({ unknown, last: grouped, resendMissing: true });
    expect(silent.result.left).toEqual([{ row: 2, reason: 'LOG_BEHIND' }]);
  });
});

it('gives no entry to an unknown row while another message to its number has no id yet', async () => {
  const { result, queries } = await settle({
    unknown: [unknownRow(2, ann), unknownRow(3, bob, { name: 'Bob' })],
    log: [logged('m-1', ann), logged('m-2', bob, { text: 'Hello Bob' })],
    nameless: [ann],
  });
  expect(result).toMatchObject({ accepted: 1, left: [{ row: 2, reason: 'LOG_GROUP_UNREAD' }] });
  expect(queries.map(({ like }) => like.to)).toEqual([bob]);
});

describe('a log that does not answer', () => {
  const broken: LogReading = { kind: 'broken', code: 'RequestTimeoutError', reason: 'no answer in time' };

  it('leaves the number unknown that it was asked about', async () => {
    const { result } = await settle({
      unknown: [unknownRow(2, ann), unknownRow(3, bob)],
      read: ({ like }) => (like.to === ann ? broken : { kind: 'whole', entries: [logged('m-2', bob)] }),
      resendMissing: true,
    });
    expect(result).toEqual({ asked: 2, accepted: 1, requeued: 0, left: [{ row: 2, reason: 'LOG_NO_ANSWER' }] });
  });

  it('is not asked about everybody', async () => {
    const unknown = Array.from({ length: 500 }, (_, index) => unknownRow(index + 2, `86138${10_000_000 + index}`));
    const { result, queries } = await settle({ unknown, read: () => broken });
    expect(result.left).toHaveLength(500);
    expect(new Set(result.left.map(({ reason }) => reason))).toEqual(new Set(['LOG_NO_ANSWER']));
    expect(queries.length).toBeLessThan(100);
  });

  it('refuses with one question where it may not be read', async () => {
    const denied = new Error('denied');
    const { clock, ended, queries } = play({
      unknown: [unknownRow(2, ann), unknownRow(3, bob)],
      read: () => {
        throw denied;
      },
    });
    const refused = expect(ended).rejects.toBe(denied);
    await clock.advance(second);
    await refused;
    expect(queries).toHaveLength(1);
  });

  it('is not asked about messages of a channel that it does not hold', async () => {
    const unknown = unknownRow(2, '4100000000000001');
    const { result, queries } = await settle({
      unknown: [{ ...unknown, message: { ...unknown.message, channel: 'messenger' } }],
      resendMissing: true,
    });
    expect([result.left, queries]).toEqual([[{ row: 2, reason: 'LOG_WITHOUT_CHANNEL' }], []]);
  });

  it('is not asked about what happened before it began', async () => {
    const { result, queries } = await settle({
      unknown: [unknownRow(2, ann)],
      beginsAt: begin + 1,
      resendMissing: true,
    });
    expect([result.left, queries]).toEqual([[{ row: 2, reason: 'LOG_BEGINS_LATER' }], []]);
  });
});

it('ends at once when it is told to, and leaves open what is not settled', async () => {
  const { clock, ended, stop, resolutions } = play({
    unknown: [unknownRow(2, ann), unknownRow(3, bob)],
    log: [logged('m-1', ann)],
    resendMissing: true,
  });
  await clock.advance(second);
  stop.abort();
  expect(await ended).toEqual({ asked: 2, accepted: 1, requeued: 0, left: [{ row: 3, reason: 'LOG_NOT_SETTLED' }] });
  expect(resolutions).toEqual([{ kind: 'accepted', row: 2, messageId: 'm-1', at: begin + 500 }]);
});

it('has nothing to do where no row is unknown', async () => {
  const { result, queries } = await settle({});
  expect([result, queries]).toEqual([{ asked: 0, accepted: 0, requeued: 0, left: [] }, []]);
});

describe('a number with a message of our own and a template, both unknown', () => {
  const ann = '8613800000001';
  const said = { kind: 'session', type: 'text', content: { text: 'Hi Ann' } } as const;
  const unknown = [
    { ...unknownRow(2, ann), message: aMessage(2, { to: ann, content: said }) },
    unknownRow(3, ann),
  ] as const;
  const entries = [
    logged('said', ann, { templateCode: null, language: null, text: 'Hi Ann' }),
    logged('template', ann),
  ] as const;
  /** As the service does: asked for a template, it shows nothing else. */
  const filtered = ({ like }: LogQuery): LogReading => ({
    kind: 'whole',
    entries: entries.filter(({ templateCode }) => (templateCode !== null) === (like.content.kind === 'template')),
  });

  it.each([
    ['the message first', unknown],
    [
      'the template first',
      unknown.map(({ message, ...times }, index) => ({ ...times, message: { ...message, row: 3 - index } })).reverse(),
    ],
  ])('is asked about for each of them, so that neither hides the other: %s', async (_name, rows) => {
    const { ended, resolutions, queries, clock } = play({
      unknown: rows,
      read: filtered,
      resendMissing: true,
      settleMs: 0,
    });
    expect(await clock.outlast(ended)).toMatchObject({ asked: 2, accepted: 2, requeued: 0, left: [] });
    expect(queries).toHaveLength(2);
    const rowOf = (kind: string) => rows.find(({ message: { content } }) => content.kind === kind)?.message.row;
    expect(resolutions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'accepted', row: rowOf('session'), messageId: 'said' }),
        expect.objectContaining({ kind: 'accepted', row: rowOf('template'), messageId: 'template' }),
      ]),
    );
  });
});
