/** What every `RunReader` promises, also while somebody sends. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../src/domain/checkpoint.ts';
import type { Finding } from '../../src/domain/finding.ts';
import type { PlannedRow } from '../../src/domain/plan-store.ts';
import type { RunReader } from '../../src/domain/run-reader.ts';
import type { PlanRecord } from '../../src/domain/run-record.ts';
import { aMessage, aSessionMessage } from '../support/a-message.ts';
import { aMessageWithText } from '../support/an-sms.ts';
import { flatten } from '../support/flatten.ts';
import { accepted, rejected, throttled, unknown } from '../support/outcomes.ts';
import { planRecord, sessionPlan, textFallbackPlan } from '../support/plan-record.ts';

export interface PlanContents {
  readonly plan: PlanRecord;
  readonly rows: readonly PlannedRow[];
  readonly findings: readonly Finding[];
}

export interface OpenedRun extends AsyncDisposable {
  readonly reader: RunReader;
  /** Holds the same run. */
  readonly checkpoint: Checkpoint;
}

const at = Date.UTC(2026, 10, 21);
const plan = planRecord();

/** Rows 2 to 12; 3 is invalid, 4 and 5 repeat row 2. */
const contents: PlanContents = {
  plan,
  rows: Array.from({ length: 11 }, (_, index): PlannedRow => {
    const row = index + 2;
    const cells = [`+86 ${row}`, `Name ${row}`];
    if (row === 3) return { kind: 'invalid', row, cells: ['?'], to: null };
    const message = row === 4 || row === 5 ? aMessage(row, { to: aMessage(2).to, key: 'key-2' }) : aMessage(row);
    return { kind: 'message', cells, message, country: 'CN', segments: null };
  }),
  findings: [
    finding(3, 'PARAM_MISSING', 'error', '"name" is empty'),
    finding(3, 'ADDRESS_NORMALISED', 'info', 'normalised'),
    finding(3, 'ADDRESS_INVALID', 'error', 'no number'),
    finding(4, 'ADDRESS_NORMALISED', 'info', 'normalised'),
    finding(null, 'SENDER_RATE', 'warning', 'the rate is high'),
  ],
};

/** `open` plans the contents, repeats settled, and opens both sides. */
export function runReaderContract(name: string, open: (contents: PlanContents) => Promise<OpenedRun>): void {
  describe(`${name} as a reader of a run`, () => {
    let opened: OpenedRun;
    let reader: RunReader;
    let checkpoint: Checkpoint;

    beforeEach(async () => {
      opened = await open(contents);
      ({ reader, checkpoint } = opened);
    });
    afterEach(() => opened[Symbol.asyncDispose]());

    /** One attempt a row, a second apart; the rows in `open` stay under way. */
    async function attemptAll(): Promise<void> {
      const outcomes = [
        [2, accepted, 'accepted'],
        [6, rejected('row', '131026'), 'rejected'],
        [7, rejected('row', '131026'), 'rejected'],
        [8, unknown, 'unknown'],
        [9, throttled(), 'pending'],
      ] as const;
      for (const [index, [row, outcome, next]] of outcomes.entries()) {
        const startedAt = at + index * 1_000;
        await checkpoint.begin([{ id: `a-${row}`, rows: [row], startedAt }]);
        await checkpoint.settle([{ id: `a-${row}`, endedAt: startedAt + 80, results: [{ row, outcome, next }] }]);
      }
      await checkpoint.begin([{ id: 'a-10', rows: [10, 11], startedAt: at + 20_000 }]);
    }

    it('gives the plan as it was frozen', async () => {
      expect(reader.plan).toEqual(plan);
      expect((await flatten(reader.messages())).map(({ row }) => row)).toEqual([2, 6, 7, 8, 9, 10, 11, 12]);
      expect(await reader.messageAt(6)).toEqual(aMessage(6));
    });

    it('balances before anything has left', async () => {
      expect(await reader.balance()).toEqual({
        rows: 11,
        accepted: 0,
        rejected: 0,
        unknown: 0,
        skipped: 2,
        invalid: 1,
        unsent: 8,
      });
      expect(await reader.activity()).toEqual({
        firstAttemptAt: null,
        lastAttemptAt: null,
        recentAttempts: 0,
        throttled: 0,
      });
    });

    it('sees what a sender has recorded while it goes on sending', async () => {
      await attemptAll();
      const balance = await reader.balance();
      expect(balance).toEqual({ rows: 11, accepted: 1, rejected: 2, unknown: 3, skipped: 2, invalid: 1, unsent: 2 });
      expect(balance).toEqual(await checkpoint.balance());
      expect(await reader.activity()).toEqual({
        firstAttemptAt: at,
        lastAttemptAt: at + 20_000,
        recentAttempts: 2,
        throttled: 1,
      });
    });

    it('tells of every row of the list, in its order, what became of it', async () => {
      await attemptAll();
      const nothing = {
        messageId: null,
        groupMessageId: null,
        delivery: null,
        deliveredAt: null,
        via: null,
        channel: null,
        code: null,
        detail: null,
        attempts: 0,
        endedAt: null,
        acceptedAt: null,
      };
      const attempted = { ...nothing, via: 'template', channel: 'whatsapp', attempts: 1 };
      const twin = { ...nothing, status: 'skipped', code: 'DUPLICATE', detail: expect.stringContaining('row 2') };
      const said = 'the service said no';
      const underWay = {
        ...attempted,
        status: 'unknown',
        code: 'INTERRUPTED',
        detail: 'the process ended before an answer was recorded',
      };
      const cells = (row: number) => ({ row, cells: [`+86 ${row}`, `Name ${row}`], to: aMessage(row).to });
      expect(await flatten(reader.results())).toEqual([
        {
          ...cells(2),
          ...attempted,
          status: 'accepted',
          messageId: 'message-1',
          endedAt: at + 80,
          acceptedAt: at + 80,
        },
        {
          ...nothing,
          row: 3,
          cells: ['?'],
          to: null,
          status: 'invalid',
          code: 'PARAM_MISSING',
          detail: '"name" is empty; no number',
        },
        { ...cells(4), to: aMessage(2).to, ...twin },
        { ...cells(5), to: aMessage(2).to, ...twin },
        { ...cells(6), ...attempted, status: 'rejected', code: '131026', detail: said, endedAt: at + 1_080 },
        { ...cells(7), ...attempted, status: 'rejected', code: '131026', detail: said, endedAt: at + 2_080 },
        {
          ...cells(8),
          ...attempted,
          status: 'unknown',
          code: 'TIMEOUT',
          detail: 'no answer in time',
          endedAt: at + 3_080,
        },
        {
          ...cells(9),
          ...attempted,
          status: 'unsent',
          code: 'Throttling.User',
          detail: 'slow down',
          endedAt: at + 4_080,
        },
        { ...cells(10), ...underWay },
        { ...cells(11), ...underWay },
        { ...cells(12), ...nothing, status: 'unsent' },
      ]);
    });

    it('counts why rows ended as they did, largest first', async () => {
      await attemptAll();
      expect(await reader.causes()).toEqual(
        [
          { status: 'skipped', code: 'DUPLICATE', channel: null, rows: 2, firstRows: [4, 5], lastEnds: [] },
          {
            status: 'rejected',
            code: '131026',
            channel: 'whatsapp',
            rows: 2,
            firstRows: [6, 7],
            lastEnds: [{ reason: null, endedAt: at + 2_080 }],
          },
          { status: 'unknown', code: 'INTERRUPTED', channel: 'whatsapp', rows: 2, firstRows: [10, 11], lastEnds: [] },
          { status: 'invalid', code: 'PARAM_MISSING', channel: null, rows: 1, firstRows: [3], lastEnds: [] },
          {
            status: 'unknown',
            code: 'TIMEOUT',
            channel: 'whatsapp',
            rows: 1,
            firstRows: [8],
            lastEnds: [{ reason: null, endedAt: at + 3_080 }],
          },
          {
            status: 'unsent',
            code: 'Throttling.User',
            channel: 'whatsapp',
            rows: 1,
            firstRows: [9],
            lastEnds: [{ reason: null, endedAt: at + 4_080 }],
          },
        ].toSorted((one, other) => other.rows - one.rows || (one.code < other.code ? -1 : 1)),
      );
    });

    it('tells causes whose words say how long to wait apart by these words, and no others', async () => {
      const code = 'isv.BUSINESS_LIMIT_CONTROL';
      const said = (row: number, reason: string, ofCode = code) => ({
        row,
        outcome: { ...rejected('row', ofCode), reason },
        next: 'rejected' as const,
      });
      const results = [
        [said(2, 'hour'), said(6, 'minute'), said(7, 'one reason', '131026')],
        [said(8, 'minute'), said(9, 'another', '131026')],
      ];
      for (const [index, ended] of results.entries()) {
        const rows = ended.map(({ row }) => row);
        await checkpoint.begin([{ id: `a-${index}`, rows, startedAt: at }]);
        await checkpoint.settle([{ id: `a-${index}`, endedAt: at + index, results: ended }]);
      }
      expect((await reader.causes()).filter(({ status }) => status === 'rejected')).toEqual([
        {
          status: 'rejected',
          code,
          channel: 'whatsapp',
          rows: 3,
          firstRows: [2, 6, 8],
          lastEnds: [
            { reason: 'hour', endedAt: at },
            { reason: 'minute', endedAt: at + 1 },
          ],
        },
        {
          status: 'rejected',
          code: '131026',
          channel: 'whatsapp',
          rows: 2,
          firstRows: [7, 9],
          lastEnds: [{ reason: null, endedAt: at + 1 }],
        },
      ]);
    });

    it('puts what is under way and what a dead process left into one cause', async () => {
      await attemptAll();
      await checkpoint.closeOpenAttempts(at + 30_000);
      await checkpoint.begin([{ id: 'b-1', rows: [12], startedAt: at + 31_000 }]);
      const interrupted = (await reader.causes()).filter(({ code }) => code === 'INTERRUPTED');
      expect(interrupted).toEqual([
        {
          status: 'unknown',
          code: 'INTERRUPTED',
          channel: 'whatsapp',
          rows: 3,
          firstRows: [10, 11, 12],
          lastEnds: [{ reason: null, endedAt: at + 30_000 }],
        },
      ]);
    });

    it('counts the accepted rows that went out as their fallback, and tells how each row went out', async () => {
      await opened[Symbol.asyncDispose]();
      const messages = [2, 3, 4, 5, 6].map((row) => aSessionMessage(row));
      const rows = messages.map(
        (message): PlannedRow => ({ kind: 'message', cells: [], message, country: 'CN', segments: null }),
      );
      opened = await open({
        plan: sessionPlan(),
        rows,
        findings: [],
      });
      ({ reader, checkpoint } = opened);
      expect(await reader.acceptedAsFallback()).toBe(0);
      const closed = rejected('row', 'SessionWindowExpired');
      const attempts = [
        [2, accepted, 'accepted'],
        [3, closed, 'fallback'],
        [3, accepted, 'accepted'],
        [4, closed, 'fallback'],
        [4, rejected(), 'rejected'],
        [5, closed, 'fallback'],
        [5, throttled(), 'pending'],
        [5, accepted, 'accepted'],
        [6, closed, 'fallback'],
      ] as const;
      for (const [index, [row, outcome, next]] of attempts.entries()) {
        await checkpoint.begin([{ id: `a-${index}`, rows: [row], startedAt: at }]);
        await checkpoint.settle([{ id: `a-${index}`, endedAt: at, results: [{ row, outcome, next }] }]);
      }
      expect(await reader.acceptedAsFallback()).toBe(2);
      const told = (await flatten(reader.results())).map(({ row, status, via }) => [row, status, via]);
      expect(told).toEqual([
        [2, 'accepted', 'message'],
        [3, 'accepted', 'fallback'],
        [4, 'rejected', 'fallback'],
        [5, 'accepted', 'fallback'],
        [6, 'unsent', 'message'],
      ]);
      expect(await flatten(reader.messages())).toEqual(messages);
    });

    it('tells causes apart by the channel of the last attempt', async () => {
      await opened[Symbol.asyncDispose]();
      const rows = [2, 3, 4, 5].map(
        (row): PlannedRow => ({
          kind: 'message',
          cells: [],
          message: aMessageWithText(row),
          country: 'CN',
          segments: null,
        }),
      );
      opened = await open({ plan: textFallbackPlan(), rows, findings: [] });
      ({ reader, checkpoint } = opened);
      const attempts = [
        [2, unknown, 'unknown'],
        [3, rejected('row', '131026'), 'fallback'],
        [3, unknown, 'unknown'],
        [4, rejected('row', '131026'), 'fallback'],
        [4, accepted, 'accepted'],
        [5, rejected('row', '131026'), 'fallback'],
      ] as const;
      for (const [index, [row, outcome, next]] of attempts.entries()) {
        await checkpoint.begin([{ id: `a-${index}`, rows: [row], startedAt: at }]);
        await checkpoint.settle([{ id: `a-${index}`, endedAt: at, results: [{ row, outcome, next }] }]);
      }
      const told = (await reader.causes()).map(({ status, code, channel, firstRows }) => [
        status,
        code,
        channel,
        firstRows,
      ]);
      expect(told.toSorted()).toEqual([
        ['unknown', 'TIMEOUT', 'sms', [3]],
        ['unknown', 'TIMEOUT', 'whatsapp', [2]],
        ['unsent', '131026', 'whatsapp', [5]],
      ]);
      expect(await reader.acceptedAsFallback()).toBe(1);
      expect((await flatten(reader.results())).map(({ channel, via }) => [channel, via])).toEqual([
        ['whatsapp', 'template'],
        ['sms', 'fallback'],
        ['sms', 'fallback'],
        ['whatsapp', 'template'],
      ]);
    });

    it('names the first ten rows of a cause, and gives long lists in chunks', async () => {
      await opened[Symbol.asyncDispose]();
      const rows = Array.from({ length: 1_203 }, (_, index): PlannedRow => {
        return { kind: 'invalid', row: index + 2, cells: [], to: null };
      });
      const findings = rows.map((_, index) => finding(index + 2, 'ADDRESS_INVALID', 'error', 'no number'));
      opened = await open({ plan, rows, findings });
      expect(await opened.reader.causes()).toEqual([
        {
          status: 'invalid',
          code: 'ADDRESS_INVALID',
          channel: null,
          rows: 1_203,
          firstRows: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
          lastEnds: [],
        },
      ]);
      const results = await flatten(opened.reader.results());
      expect(results.map(({ row }) => row)).toEqual(rows.map((_, index) => index + 2));
    });
  });
}

function finding(row: number | null, code: Finding['code'], severity: Finding['severity'], message: string): Finding {
  return { row, column: null, code, severity, value: null, message, hint: null };
}
