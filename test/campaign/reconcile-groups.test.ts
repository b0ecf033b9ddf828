import { describe, expect, it } from 'vitest';
import { type GroupOptions, type GroupReconciliation, reconcileGroups } from '../../src/campaign/reconcile-groups.ts';
import { clockSkewMs } from '../../src/campaign/reconcile-match.ts';
import type { AcceptedGroup, GroupedFinding, GroupedRow } from '../../src/domain/checkpoint.ts';
import type { GroupLogQuery, LogEntry, LogReading } from '../../src/domain/message-log.ts';
import { parseTemplateText } from '../../src/domain/template-text.ts';
import { aMessage } from '../support/a-message.ts';
import { aTemplate } from '../support/a-template.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';

const begin = Date.UTC(2026, 2, 1);
const second = 1_000;

function row(number: number, changes: Partial<GroupedRow> & { readonly name?: string; readonly to?: string } = {}) {
  const { name = `Name ${number}`, to, ...known } = changes;
  const content = { kind: 'template', code: 'order_shipped', language: 'en', params: { name } } as const;
  const message = aMessage(number, { content, ...(to !== undefined && { to }) });
  return { message, messageId: null, delivery: null, ...known };
}

/** The entry for a row, unless the changes say otherwise. */
function entry(number: number, changes: Partial<LogEntry> = {}): LogEntry {
  return {
    messageId: `m-${number}`,
    otherId: `u-${number}`,
    ownRequestId: null,
    to: aMessage(number).to,
    templateCode: 'order_shipped',
    language: 'en',
    sentAt: begin + 500,
    text: `Hello Name ${number}`,
    delivery: null,
    ...changes,
  };
}

interface Scene {
  /** Rows by the id of their group, which was accepted at the beginning. */
  readonly groups: Readonly<Record<string, readonly GroupedRow[]>>;
  readonly read: (query: GroupLogQuery, clock: FakeClock) => LogReading;
  /** Ids that other rows have. */
  readonly known?: readonly string[];
  readonly beginsAt?: number;
}

interface Played {
  readonly ended: Promise<GroupReconciliation>;
  readonly clock: FakeClock;
  readonly stop: AbortController;
  readonly recorded: readonly GroupedFinding[];
  readonly waits: readonly number[];
  readonly queries: readonly GroupLogQuery[];
}

function play({ groups, read, known = [], beginsAt }: Scene): Played {
  const clock = fakeClock(begin + second);
  const recorded: GroupedFinding[] = [];
  const waits: number[] = [];
  const queries: GroupLogQuery[] = [];
  const stop = new AbortController();
  const now = ({ message, ...rest }: GroupedRow): GroupedRow => ({
    message,
    ...rest,
    ...recorded.findLast((finding) => finding.row === message.row),
  });
  const checkpoint: GroupOptions['checkpoint'] = {
    acceptedGroups: async () =>
      Object.entries(groups).map(
        ([groupMessageId, rows]): AcceptedGroup => ({
          groupMessageId,
          rows: rows.length,
          nameless: rows.length,
          firstRow: rows[0]?.message.row ?? 0,
          lastRow: rows.at(-1)?.message.row ?? 0,
          startedAt: begin,
          endedAt: begin + second,
        }),
      ),
    rowsOfGroup: async ({ groupMessageId }) => (groups[groupMessageId] ?? []).map(now),
    async recordGrouped(findings) {
      recorded.push(...findings);
    },
    async knownMessageIds(ids) {
      const own = Object.values(groups).flatMap((rows) => rows.map(now).flatMap(({ messageId }) => messageId ?? []));
      return new Set(ids.filter((id) => own.includes(id) || known.includes(id)));
    },
  };
  const ended = reconcileGroups({
    checkpoint,
    log: {
      channels: ['whatsapp'],
      beginsAt: beginsAt ?? null,
      keepsMs: null,
      tellsIds: true,
      read: () => Promise.reject(new Error('nobody asks about a number')),
      async readGroup(query) {
        queries.push(query);
        return read(query, clock);
      },
    },
    templateIn: () => aTemplate({ body: parseTemplateText('Hello $(name)') }),
    clock,
    settleMs: 60 * second,
    signal: stop.signal,
    onWait: (messages) => waits.push(messages),
  });
  return { ended, clock, stop, recorded, waits, queries };
}

async function settle(scene: Scene): Promise<Played & { readonly result: GroupReconciliation }> {
  const played = play(scene);
  return { ...played, result: await played.clock.outlast(played.ended) };
}

const whole = (...entries: readonly LogEntry[]): LogReading => ({ kind: 'whole', entries });
const broken: LogReading = { kind: 'broken', code: 'ECONNRESET', reason: 'cut' };

describe('the groups of mass requests', () => {
  it('are read by their ids, from a while before they were sent until now', async () => {
    const { queries } = await settle({ groups: { 'g-1': [row(2)] }, read: () => whole(entry(2)) });
    expect(queries).toEqual([
      {
        like: row(2).message,
        groupMessageId: 'g-1',
        from: begin - clockSkewMs,
        until: begin + second + clockSkewMs,
      },
    ]);
  });

  it('give every message the id of the entry to its number, and what the log says of it', async () => {
    const { result, recorded, waits } = await settle({
      groups: { 'g-1': [row(2), row(3)], 'g-2': [row(4)] },
      read: ({ groupMessageId }) =>
        groupMessageId === 'g-1' ? whole(entry(3, { delivery: 'failed: 131026' }), entry(2)) : whole(entry(4)),
    });
    expect(recorded).toEqual([
      { row: 2, messageId: 'm-2', delivery: null },
      { row: 3, messageId: 'm-3', delivery: 'failed: 131026' },
      { row: 4, messageId: 'm-4', delivery: null },
    ]);
    expect(result).toEqual({ groups: 2, messages: 3, named: 3, troubled: 1 });
    expect(waits).toEqual([]);
  });

  it('may be sent long after they were taken', async () => {
    const late = entry(2, { sentAt: begin + 3 * 3_600_000 });
    const { recorded } = await settle({
      groups: { 'g-1': [row(2)] },
      read: (_query, clock) => (clock.now() < begin + 30 * second ? whole() : whole({ ...late, sentAt: clock.now() })),
    });
    expect(recorded).toEqual([{ row: 2, messageId: 'm-2', delivery: null }]);
  });

  it('are asked about again while the log does not show them all, until it had its time', async () => {
    const { result, recorded, waits, clock } = await settle({
      groups: { 'g-1': [row(2), row(3), row(4)] },
      read: (_query, { now }) => (now() < begin + 10 * second ? whole(entry(2)) : whole(entry(2), entry(3))),
    });
    expect(recorded.map((finding) => finding.row)).toEqual([2, 3]);
    expect(result).toEqual({ groups: 1, messages: 3, named: 2, troubled: 0 });
    expect(waits.slice(0, 3)).toEqual([2, 2, 2]);
    expect(waits.at(-1)).toBe(1);
    expect(clock.now()).toBe(begin + 61 * second);
  });

  it('are asked about although all ids are known, and told only what is new', async () => {
    const { result, recorded } = await settle({
      groups: {
        'g-1': [
          row(2, { messageId: 'm-2' }),
          row(3, { messageId: 'u-3' }),
          row(4, { messageId: 'm-4', delivery: 'x' }),
        ],
      },
      read: () => whole(entry(2), entry(3, { delivery: 'failed: 131049' }), entry(4, { delivery: 'x' })),
    });
    expect(recorded).toEqual([{ row: 3, messageId: 'u-3', delivery: 'failed: 131049' }]);
    expect(result).toEqual({ groups: 1, messages: 3, named: 3, troubled: 2 });
  });

  it('give no entry that another row has, nor one to two messages, nor one of another number', async () => {
    const to = '8613900000000';
    const { recorded, result } = await settle({
      groups: {
        'g-1': [row(2, { to, name: 'Ann' }), row(3, { to, name: 'Bob' }), row(4), row(5)],
        'g-2': [row(6, { to, name: 'Ann' })],
      },
      known: ['u-4'],
      // A log that does not heed the filter shows all of them for each group.
      read: () =>
        whole(
          entry(1, { to, text: 'Hello Bob' }),
          entry(2, { to, text: 'Hello Ann' }),
          entry(4),
          entry(9),
          entry(10, { to: null, text: 'Hello Name 5' }),
        ),
    });
    expect(recorded).toEqual([
      { row: 2, messageId: 'm-2', delivery: null },
      { row: 3, messageId: 'm-1', delivery: null },
    ]);
    expect(result).toMatchObject({ messages: 5, named: 2 });
  });

  it('stay as they are where the log gives no answer, and nobody is asked for ever', async () => {
    const groups = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`g-${index}`, [row(index + 2)]]));
    const { result, recorded, queries } = await settle({ groups, read: () => broken });
    expect(recorded).toEqual([]);
    expect(result).toEqual({ groups: 20, messages: 20, named: 0, troubled: 0 });
    expect(queries.length).toBeLessThan(20);
    const known = await settle({
      groups: { 'g-1': [row(2, { messageId: 'm-2', delivery: 'x' })] },
      read: () => broken,
    });
    expect(known.result).toEqual({ groups: 1, messages: 1, named: 1, troubled: 1 });
  });

  it('are not asked of a log that began after them', async () => {
    const { result, queries } = await settle({
      groups: { 'g-1': [row(2)] },
      read: () => whole(),
      beginsAt: begin + 1,
    });
    expect(queries).toEqual([]);
    expect(result).toEqual({ groups: 1, messages: 1, named: 0, troubled: 0 });
  });

  it('are left when a person has enough', async () => {
    const { ended, clock, stop, queries } = play({ groups: { 'g-1': [row(2)] }, read: () => whole() });
    await clock.advance(100);
    stop.abort();
    expect(await clock.outlast(ended)).toMatchObject({ named: 0 });
    expect(queries).toHaveLength(1);
  });
});
