/** What every `Checkpoint` promises, wherever it keeps its record. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Balance, isBalanced } from '../../src/domain/balance.ts';
import {
  type AcceptedGroup,
  type AttemptEnd,
  type AttemptResult,
  type AttemptStart,
  type Checkpoint,
  waitingDelivery,
} from '../../src/domain/checkpoint.ts';
import type { Message } from '../../src/domain/message.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import type { ResultRow } from '../../src/domain/result.ts';
import type { PlanRecord } from '../../src/domain/run-record.ts';
import { judgeOutcome } from '../../src/run/judge-outcome.ts';
import { aMessage, aSessionMessage, someMessages } from '../support/a-message.ts';
import { aMessageWithText, anSms } from '../support/an-sms.ts';
import { fakeCheckpoint } from '../support/fake-checkpoint.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { accepted, acceptedIn, rejected, throttled, unknown, unreachable } from '../support/outcomes.ts';
import { anSmsCampaign, planRecord, sessionPlan, textFallbackPlan } from '../support/plan-record.ts';

export interface OpenedCheckpoint extends AsyncDisposable {
  readonly checkpoint: Checkpoint;
  /** The run as a reader sees it, whatever the checkpoint has resolved included. */
  results(): Promise<readonly ResultRow[]>;
  /** Another checkpoint on the same run, as after the process that held this one was killed without a word. */
  reopenAfterKill(): Promise<Checkpoint>;
}

const at = Date.UTC(2026, 10, 21);

function start(id: string, ...rows: readonly number[]): AttemptStart {
  return { id, rows, startedAt: at };
}

/** Every attempt of a row that is refused for a reason to fall back. */
function fallsBack(id: string, ...rows: readonly number[]): AttemptEnd {
  const results = rows.map((row): AttemptResult => ({ row, outcome: windowClosed, next: 'fallback' }));
  return { id, endedAt: at + 80, results };
}

const windowClosed = rejected('row', 'SessionWindowExpired');

function end(id: string, outcomes: Readonly<Record<number, Outcome>>, endedAt = at + 80): AttemptEnd {
  const results = Object.entries(outcomes).map(
    ([row, outcome]): AttemptResult => ({ row: Number(row), outcome, next: judgeOutcome(outcome).next }),
  );
  return { id, endedAt, results };
}

/** Makes a planned run of these messages and nothing else, and holds it; the plan is any where none is given. */
export type OpenCheckpoint = (messages: readonly Message[], plan?: PlanRecord) => Promise<OpenedCheckpoint>;

export function checkpointContract(name: string, open: OpenCheckpoint): void {
  describe(`${name} as a checkpoint`, () => {
    const messages = someMessages(6);
    let opened: OpenedCheckpoint;
    let checkpoint: Checkpoint;

    beforeEach(async () => {
      opened = await open(messages);
      ({ checkpoint } = opened);
    });
    afterEach(() => opened[Symbol.asyncDispose]());

    const pendingRows = async () => (await checkpoint.pending(0, 100, null)).map(({ row }) => row);
    const balance = (changes: Partial<Balance>): Balance => ({
      rows: 6,
      accepted: 0,
      rejected: 0,
      unknown: 0,
      skipped: 0,
      invalid: 0,
      unsent: 6,
      ...changes,
    });
    const resultOf = async (row: number) => (await opened.results()).find((result) => result.row === row);

    it('gives the whole messages that wait, in list order', async () => {
      expect(await checkpoint.pending(0, 100, null)).toEqual(messages);
      expect(await checkpoint.balance()).toEqual(balance({}));
    });

    it('gives them in pages that go on after a row', async () => {
      const first = await checkpoint.pending(0, 4, null);
      expect(first).toEqual(messages.slice(0, 4));
      expect(await checkpoint.pending(first.at(-1)?.row ?? 0, 4, null)).toEqual(messages.slice(4));
      expect(await checkpoint.pending(7, 4, null)).toEqual([]);
    });

    it('keeps an attempt that has begun out of the line, and counts it as unknown until it ends', async () => {
      await checkpoint.begin([start('a-1', 2), start('a-2', 4)]);
      expect(await pendingRows()).toEqual([3, 5, 6, 7]);
      expect(await checkpoint.balance()).toEqual(balance({ unknown: 2, unsent: 4 }));
    });

    it.each([
      ['accepted', accepted, { accepted: 1, unsent: 5 }],
      ['rejected', rejected(), { rejected: 1, unsent: 5 }],
      ['unknown', unknown, { unknown: 1, unsent: 5 }],
      ['throttled', throttled(), {}],
      ['unreachable', unreachable, {}],
    ])('puts a row that ended %s where its outcome says', async (_name, outcome, changes) => {
      await checkpoint.begin([start('a-1', 2)]);
      await checkpoint.settle([end('a-1', { 2: outcome })]);
      expect(await checkpoint.balance()).toEqual(balance(changes));
      expect((await pendingRows()).includes(2)).toBe(judgeOutcome(outcome).next === 'pending');
    });

    it('tells the rows of one request apart', async () => {
      await checkpoint.begin([start('a-1', 2, 3, 4)]);
      await checkpoint.settle([end('a-1', { 2: accepted, 3: rejected(), 4: throttled() })]);
      expect(await pendingRows()).toEqual([4, 5, 6, 7]);
      expect(await checkpoint.balance()).toEqual(balance({ accepted: 1, rejected: 1, unsent: 4 }));
    });

    it('takes work handed in together', async () => {
      const ids = messages.map(({ row }) => [`a-${row}`, row] as const);
      await Promise.all(ids.map(([id, row]) => checkpoint.begin([start(id, row)])));
      await Promise.all(ids.map(([id, row]) => checkpoint.settle([end(id, { [row]: accepted })])));
      expect(await checkpoint.balance()).toEqual(balance({ accepted: 6, unsent: 0 }));
    });

    it('sees what was handed in a moment ago', async () => {
      await checkpoint.begin([start('a-1', 2), start('a-2', 3)]);
      const settled = checkpoint.settle([end('a-1', { 2: throttled() }), end('a-2', { 3: accepted })]);
      expect(await pendingRows()).toEqual([2, 4, 5, 6, 7]);
      await settled;
    });

    it('counts a row once, however often it was tried, and adds up its attempts', async () => {
      for (const [time, outcome] of [throttled(), unreachable, throttled(), accepted].entries()) {
        await checkpoint.begin([start(`a-${time}`, 2)]);
        await checkpoint.settle([end(`a-${time}`, { 2: outcome }, at + time)]);
      }
      expect(await checkpoint.balance()).toEqual(balance({ accepted: 1, unsent: 5 }));
      expect(await resultOf(2)).toMatchObject({ status: 'accepted', attempts: 4, endedAt: at + 3, acceptedAt: at + 3 });
    });

    it('takes back an attempt that never left as if it had not begun', async () => {
      await checkpoint.begin([start('a-1', 2, 3)]);
      await checkpoint.withdraw([start('a-1', 2, 3)]);
      expect(await checkpoint.pending(0, 100, null)).toEqual(messages);
      expect(await checkpoint.balance()).toEqual(balance({}));
      expect(await resultOf(2)).toMatchObject({ status: 'unsent', attempts: 0 });
    });

    it('returns to the attempt before when a later one is taken back', async () => {
      await checkpoint.begin([start('a-1', 2)]);
      await checkpoint.settle([end('a-1', { 2: throttled() })]);
      await checkpoint.begin([start('a-2', 2)]);
      await checkpoint.withdraw([start('a-2', 2)]);
      expect(await pendingRows()).toEqual([2, 3, 4, 5, 6, 7]);
      expect(await resultOf(2)).toMatchObject({ status: 'unsent', code: 'Throttling.User', attempts: 1 });
    });

    it('turns attempts that a dead process left open into unknown rows, once', async () => {
      await checkpoint.begin([start('a-1', 2, 3), start('a-2', 4)]);
      await checkpoint.settle([end('a-2', { 4: accepted })]);
      checkpoint = await opened.reopenAfterKill();
      expect(await checkpoint.closeOpenAttempts(at + 9_000)).toBe(2);
      expect(await checkpoint.closeOpenAttempts(at + 9_001)).toBe(0);
      expect(await pendingRows()).toEqual([5, 6, 7]);
      expect(await checkpoint.balance()).toEqual(balance({ accepted: 1, unknown: 2, unsent: 3 }));
      expect(await resultOf(3)).toMatchObject({
        status: 'unknown',
        code: 'INTERRUPTED',
        detail: 'the process ended before an answer was recorded',
        attempts: 1,
        endedAt: at + 9_000,
      });
    });

    it('keeps everything it has resolved when its process is killed', async () => {
      await checkpoint.begin([start('a-1', 2), start('a-2', 3), start('a-3', 4), start('a-4', 5)]);
      await checkpoint.settle([
        end('a-1', { 2: accepted }),
        end('a-2', { 3: rejected() }),
        end('a-3', { 4: throttled() }),
      ]);
      const before = await opened.results();
      checkpoint = await opened.reopenAfterKill();
      expect(await opened.results()).toEqual(before);
      expect(await checkpoint.balance()).toEqual(balance({ accepted: 1, rejected: 1, unknown: 1, unsent: 3 }));
      expect(await pendingRows()).toEqual([4, 6, 7]);
    });

    it.each([
      ['accepted', accepted],
      ['rejected', rejected()],
      ['unknown', unknown],
    ])('refuses to begin a row that is %s, and what stands beside it', async (_name, outcome) => {
      await checkpoint.begin([start('a-1', 2)]);
      await checkpoint.settle([end('a-1', { 2: outcome })]);
      const before = await checkpoint.balance();
      await expect(checkpoint.begin([start('a-2', 3), start('a-3', 2)])).rejects.toThrow('row 2');
      expect(await checkpoint.balance()).toEqual(before);
      expect(await pendingRows()).toEqual([3, 4, 5, 6, 7]);
    });

    it('refuses to begin a row that is under way', async () => {
      await checkpoint.begin([start('a-1', 2)]);
      await expect(checkpoint.begin([start('a-2', 2)])).rejects.toThrow('row 2');
      await checkpoint.settle([end('a-1', { 2: accepted })]);
      expect(await checkpoint.balance()).toEqual(balance({ accepted: 1, unsent: 5 }));
    });

    it('refuses to end or take back what is not open under that id', async () => {
      await expect(checkpoint.settle([end('a-1', { 2: accepted })])).rejects.toThrow('row 2');
      await checkpoint.begin([start('a-1', 2)]);
      await expect(checkpoint.settle([end('a-9', { 2: accepted })])).rejects.toThrow('row 2');
      await expect(checkpoint.withdraw([start('a-9', 2)])).rejects.toThrow('row 2');
      await checkpoint.settle([end('a-1', { 2: accepted })]);
      await expect(checkpoint.settle([end('a-1', { 2: rejected() })])).rejects.toThrow('row 2');
      await expect(checkpoint.withdraw([start('a-1', 2)])).rejects.toThrow('row 2');
      expect(await checkpoint.balance()).toEqual(balance({ accepted: 1, unsent: 5 }));
    });

    it('keeps on record what was refused together and goes again, and counts it nowhere', async () => {
      const refused: Outcome = rejected('row', '131026');
      const together = (id: string, ...rows: readonly number[]): AttemptEnd => ({
        id,
        endedAt: at + 80,
        results: rows.map((row) => ({ row, outcome: refused, next: 'pending' })),
      });
      await checkpoint.begin([start('a-1', 2, 3, 4)]);
      await checkpoint.settle([together('a-1', 2, 3, 4)]);
      expect(await pendingRows()).toEqual([2, 3, 4, 5, 6, 7]);
      expect(await checkpoint.balance()).toEqual(balance({}));
      expect(await checkpoint.requeue(() => true)).toBe(0);
      expect(await checkpoint.handedOverSince(0)).toEqual([]);
      expect(await checkpoint.lastHandOversSince(0)).toEqual([]);
      await checkpoint.begin([start('a-2', 2, 3), start('a-3', 4)]);
      await checkpoint.settle([end('a-2', { 2: accepted, 3: accepted }), end('a-3', { 4: refused })]);
      expect(await resultOf(2)).toMatchObject({ status: 'accepted', code: null, attempts: 2 });
      expect(await resultOf(4)).toMatchObject({ status: 'rejected', code: '131026', attempts: 2 });
      expect(await checkpoint.balance()).toEqual(balance({ accepted: 2, rejected: 1, unsent: 3 }));
    });

    describe('with rows refused', () => {
      beforeEach(async () => {
        await checkpoint.begin([start('a-1', 2), start('a-2', 3), start('a-3', 4), start('a-4', 5)]);
        await checkpoint.settle([
          end('a-1', { 2: rejected('row', '131026') }, at + 1),
          end('a-2', { 3: rejected('transient', '131049') }, at + 2),
          end('a-3', { 4: accepted }, at + 3),
          end('a-4', { 5: unknown }, at + 4),
        ]);
      });

      it('puts those back in line that are chosen by their refusal and its time', async () => {
        const seen: unknown[] = [];
        const chosen = await checkpoint.requeue((refused) => {
          seen.push(refused);
          return refused.code === '131049';
        });
        expect(chosen).toBe(1);
        expect(seen).toEqual([
          { row: 2, channel: 'whatsapp', code: '131026', reason: 'the service said no', endedAt: at + 1 },
          { row: 3, channel: 'whatsapp', code: '131049', reason: 'the service said no', endedAt: at + 2 },
        ]);
        expect(await pendingRows()).toEqual([3, 6, 7]);
        expect(await checkpoint.balance()).toEqual(balance({ accepted: 1, rejected: 1, unknown: 1, unsent: 3 }));
      });

      it('counts a row once that is accepted at the second try', async () => {
        await checkpoint.requeue(() => true);
        await checkpoint.begin([start('b-1', 3)]);
        await checkpoint.settle([end('b-1', { 3: accepted })]);
        expect(await resultOf(3)).toMatchObject({ status: 'accepted', code: null, attempts: 2 });
        expect(await checkpoint.balance()).toEqual(balance({ accepted: 2, unknown: 1, unsent: 3 }));
      });

      it('changes nothing when the choice fails', async () => {
        const mistake = new Error('a bug');
        await expect(
          checkpoint.requeue(({ row }) => {
            if (row === 3) throw mistake;
            return true;
          }),
        ).rejects.toBe(mistake);
        expect(await pendingRows()).toEqual([6, 7]);
      });
    });

    describe('with unknown rows', () => {
      beforeEach(async () => {
        await checkpoint.begin([start('a-1', 2), start('a-2', 3), start('a-3', 4), start('a-4', 5), start('a-5', 6)]);
        await checkpoint.settle([
          end('a-1', { 2: unknown }, at + 1),
          end('a-2', { 3: accepted }, at + 2),
          end('a-3', { 4: unknown }, at + 3),
          end('a-4', { 5: unknown }, at + 4),
        ]);
      });

      it('gives them in pages, with the time in which they left, and without those still open', async () => {
        const [two, , four, five] = messages;
        expect(await checkpoint.unknownRows(0, 2)).toEqual([
          { message: two, startedAt: at, endedAt: at + 1 },
          { message: four, startedAt: at, endedAt: at + 3 },
        ]);
        expect(await checkpoint.unknownRows(4, 2)).toEqual([{ message: five, startedAt: at, endedAt: at + 4 }]);
      });

      it('puts them where a resolution says', async () => {
        await checkpoint.resolveUnknown([
          { kind: 'accepted', row: 2, messageId: 'found-1', at: at + 50 },
          { kind: 'pending', row: 4 },
        ]);
        expect(await checkpoint.balance()).toEqual(balance({ accepted: 2, unknown: 2, unsent: 2 }));
        expect(await pendingRows()).toEqual([4, 7]);
        expect(await resultOf(2)).toMatchObject({ status: 'accepted', messageId: 'found-1', acceptedAt: at + 50 });
        expect((await checkpoint.unknownRows(0, 10)).map(({ message }) => message.row)).toEqual([5]);
      });

      it('refuses to resolve a row that is not unknown', async () => {
        const resolution = { kind: 'accepted', row: 3, messageId: 'found-1', at: null } as const;
        await expect(checkpoint.resolveUnknown([{ kind: 'pending', row: 2 }, resolution])).rejects.toThrow('row 3');
        expect(await checkpoint.balance()).toEqual(balance({ accepted: 1, unknown: 4, unsent: 1 }));
      });

      it('knows the message ids it has, and what was accepted last', async () => {
        await checkpoint.resolveUnknown([{ kind: 'accepted', row: 5, messageId: 'found-5', at: at + 60_000 }]);
        expect(await checkpoint.knownMessageIds(['message-1', 'elsewhere', 'found-5'])).toEqual(
          new Set(['message-1', 'found-5']),
        );
        expect(await checkpoint.lastAccepted()).toEqual({
          message: messages[3],
          messageId: 'found-5',
          groupMessageId: null,
          acceptedAt: at + 60_000,
        });
      });
    });

    describe('with rows accepted in groups', () => {
      const [first, second, third, fourth] = messages;
      const group = (groupMessageId: string, changes: Partial<AcceptedGroup> = {}): AcceptedGroup => ({
        groupMessageId,
        rows: 2,
        nameless: 2,
        firstRow: 2,
        lastRow: 3,
        startedAt: at,
        endedAt: at + 1,
        ...changes,
      });
      const rowsOf = async (groupMessageId: string) => {
        const found = (await checkpoint.acceptedGroups()).find((each) => each.groupMessageId === groupMessageId);
        return found === undefined ? null : checkpoint.rowsOfGroup(found);
      };

      beforeEach(async () => {
        await checkpoint.begin([start('a-1', 2, 3), { ...start('a-2', 4, 5), startedAt: at + 10 }, start('a-3', 6)]);
        await checkpoint.settle([
          end('a-1', { 2: acceptedIn('g-1'), 3: acceptedIn('g-1') }, at + 1),
          end('a-2', { 4: acceptedIn('g-2'), 5: rejected() }, at + 20),
          end('a-3', { 6: accepted }, at + 5),
        ]);
      });

      it('counts them as accepted, and reports their group in place of an id', async () => {
        expect(await checkpoint.balance()).toEqual(balance({ accepted: 4, rejected: 1, unsent: 1 }));
        expect(await resultOf(3)).toMatchObject({ status: 'accepted', messageId: null, groupMessageId: 'g-1' });
        expect(await resultOf(6)).toMatchObject({ status: 'accepted', messageId: 'message-1', groupMessageId: null });
      });

      it('gives the groups in the order of their attempts, and their accepted rows', async () => {
        expect(await checkpoint.acceptedGroups()).toEqual([
          group('g-1'),
          group('g-2', { rows: 1, nameless: 1, firstRow: 4, lastRow: 4, startedAt: at + 10, endedAt: at + 20 }),
        ]);
        const nothingKnown = { messageId: null, delivery: null };
        expect(await rowsOf('g-1')).toEqual([
          { message: first, ...nothingKnown },
          { message: second, ...nothingKnown },
        ]);
        expect(await rowsOf('g-2')).toEqual([{ message: third, ...nothingKnown }]);
      });

      it('asks for the end of what has an id until it is told, and reports it', async () => {
        expect(await checkpoint.undeliveredRows(0, 10)).toEqual([
          { message: expect.objectContaining({ row: 6 }), messageId: 'message-1', startedAt: at, endedAt: at + 5 },
        ]);
        await checkpoint.recordDeliveries([{ row: 6, delivery: waitingDelivery, deliveredAt: null }]);
        expect(await checkpoint.undeliveredRows(5, 10)).toHaveLength(1);
        await checkpoint.recordDeliveries([{ row: 6, delivery: 'delivered', deliveredAt: at + 900 }]);
        expect(await checkpoint.undeliveredRows(0, 10)).toEqual([]);
        expect(await resultOf(6)).toMatchObject({ status: 'accepted', delivery: 'delivered', deliveredAt: at + 900 });
        const refused = checkpoint.recordDeliveries([{ row: 5, delivery: 'delivered', deliveredAt: null }]);
        await expect(refused).rejects.toThrow('row 5 was not accepted');
      });

      it('records their ids and what became of them, and leaves them accepted', async () => {
        await checkpoint.recordGrouped([
          { row: 2, messageId: 'found-2', delivery: null },
          { row: 4, messageId: 'found-4', delivery: 'failed: 131026' },
        ]);
        expect(await resultOf(2)).toMatchObject({ status: 'accepted', messageId: 'found-2', delivery: null });
        expect(await resultOf(4)).toMatchObject({ messageId: 'found-4', delivery: 'failed: 131026', code: null });
        expect(await checkpoint.balance()).toEqual(balance({ accepted: 4, rejected: 1, unsent: 1 }));
        expect((await checkpoint.acceptedGroups()).map(({ nameless }) => nameless)).toEqual([1, 0]);
        expect(await checkpoint.knownMessageIds(['found-2', 'found-9'])).toEqual(new Set(['found-2']));
      });

      it('records nothing of a row that was not accepted in a group, nor of those beside it', async () => {
        const finding = { messageId: 'found-1', delivery: null };
        for (const row of [5, 6, 7]) {
          await expect(
            checkpoint.recordGrouped([
              { row: 2, ...finding },
              { row, ...finding },
            ]),
          ).rejects.toThrow(`row ${row}`);
        }
        expect((await resultOf(2))?.messageId).toBeNull();
      });

      it('knows to whom it has accepted a message without an id', async () => {
        const addresses = [first, third, fourth, messages[4]].flatMap((each) => each?.to ?? []);
        expect(await checkpoint.namelessAmong(addresses)).toEqual(new Set([first?.to, third?.to]));
        await checkpoint.recordGrouped([{ row: 2, messageId: 'found-2', delivery: null }]);
        expect(await checkpoint.namelessAmong(addresses)).toEqual(new Set([third?.to]));
      });

      it('tells of the message accepted last by its group', async () => {
        expect(await checkpoint.lastAccepted()).toEqual({
          message: third,
          messageId: null,
          groupMessageId: 'g-2',
          acceptedAt: at + 20,
        });
      });

      it('keeps their groups when its process is killed', async () => {
        checkpoint = await opened.reopenAfterKill();
        expect((await checkpoint.acceptedGroups()).map(({ groupMessageId }) => groupMessageId)).toEqual(['g-1', 'g-2']);
      });
    });

    it('has accepted nothing last before anything was', async () => {
      expect(await checkpoint.lastAccepted()).toBeNull();
    });

    it('counts by the second what went out or may have', async () => {
      const times: readonly (readonly [number, number, Outcome])[] = [
        [2, at - 1, accepted],
        [3, at, accepted],
        [4, at + 999, unknown],
        [5, at + 1_000, rejected()],
        [6, at + 1_001, throttled()],
        [7, at + 60_000, accepted],
      ];
      for (const [row, startedAt, outcome] of times) {
        await checkpoint.begin([{ id: `a-${row}`, rows: [row], startedAt }]);
        await checkpoint.settle([end(`a-${row}`, { [row]: outcome })]);
      }
      expect(await checkpoint.handedOverSince(at)).toEqual([
        { second: at / 1_000, messages: 2 },
        { second: at / 1_000 + 60, messages: 1 },
      ]);
    });
  });

  describe(`${name} asked for the last message to each address`, () => {
    it('tells when it ended, the oldest first, without what never went out, is open, or is long past', async () => {
      const [ann, bob] = ['8613900000001', '8613900000002'];
      const to = (row: number, address: string) => aMessage(row, { to: address, key: `key-${row}` });
      await using opened = await open([
        to(2, ann),
        to(3, bob),
        to(4, ann),
        ...[5, 6, 7, 8, 9, 10].map((row) => aMessage(row)),
      ]);
      const { checkpoint } = opened;
      const ends: readonly (readonly [number, number, Outcome])[] = [
        [2, 5_000, accepted],
        [3, 4_000, rejected()],
        [4, 3_000, unknown],
        [5, 2_000, accepted],
        [6, 1_999, accepted],
        [7, 6_000, throttled()],
        [8, 6_000, unreachable],
        [10, 6_000, rejected('account')],
      ];
      for (const [row, endedAt, outcome] of ends) {
        await checkpoint.begin([{ id: `a-${row}`, rows: [row], startedAt: at }]);
        const { next } = judgeOutcome(outcome);
        await checkpoint.settle([{ id: `a-${row}`, endedAt: at + endedAt, results: [{ row, outcome, next }] }]);
      }
      await checkpoint.begin([{ id: 'a-9', rows: [9], startedAt: at + 5_000 }]);
      expect(await checkpoint.lastHandOversSince(at + 2_000)).toEqual([
        { to: aMessage(5).to, at: at + 2_000 },
        { to: bob, at: at + 4_000 },
        { to: ann, at: at + 5_000 },
      ]);
    });
  });

  describe(`${name} with fallbacks`, () => {
    const messages = [2, 3, 4].map((row) => aSessionMessage(row));
    const [two, three, four] = messages;
    if (two === undefined || three === undefined || four === undefined) throw new Error('three messages are needed');
    let opened: OpenedCheckpoint;
    let checkpoint: Checkpoint;

    beforeEach(async () => {
      opened = await open(messages, sessionPlan());
      ({ checkpoint } = opened);
      await checkpoint.begin([start('a-1', 3)]);
      await checkpoint.settle([fallsBack('a-1', 3)]);
    });
    afterEach(() => opened[Symbol.asyncDispose]());

    const instead = { ...three, content: three.fallback, fallback: null };
    const pending = () => checkpoint.pending(0, 10, null);
    const resultOf = async (row: number) => (await opened.results()).find((result) => result.row === row);
    const counts = { rows: 3, accepted: 0, rejected: 0, unknown: 0, skipped: 0, invalid: 0, unsent: 3 };

    it('gives a row that fell back as its fallback, which has none of its own, and all others as they are', async () => {
      expect(await pending()).toEqual([two, instead, four]);
      expect(await checkpoint.pending(2, 1, three.to)).toEqual([instead]);
      expect(await checkpoint.balance()).toEqual(counts);
      expect(await resultOf(3)).toMatchObject({
        status: 'unsent',
        via: 'message',
        code: 'SessionWindowExpired',
        attempts: 1,
      });
      expect(await resultOf(2)).toMatchObject({ status: 'unsent', via: null, attempts: 0 });
    });

    it('gives it so to whoever holds the run next', async () => {
      checkpoint = await opened.reopenAfterKill();
      expect(await pending()).toEqual([two, instead, four]);
    });

    it.each([
      ['throttled', throttled()],
      ['unreachable', unreachable],
    ])('gives it so again after the fallback was %s', async (_name, outcome) => {
      await checkpoint.begin([start('a-2', 3)]);
      await checkpoint.settle([end('a-2', { 3: outcome })]);
      await checkpoint.begin([start('a-3', 3)]);
      await checkpoint.settle([end('a-3', { 3: outcome })]);
      expect(await pending()).toEqual([two, instead, four]);
    });

    it('gives it so after an attempt was taken back', async () => {
      await checkpoint.begin([start('a-2', 3, 4)]);
      await checkpoint.withdraw([start('a-2', 3, 4)]);
      expect(await pending()).toEqual([two, instead, four]);
      expect(await resultOf(3)).toMatchObject({ status: 'unsent', via: 'message', attempts: 1 });
    });

    it('tells of it as its fallback where that is unknown, and gives it so when a person puts it back', async () => {
      await checkpoint.begin([start('a-2', 2, 3)]);
      checkpoint = await opened.reopenAfterKill();
      expect(await checkpoint.closeOpenAttempts(at + 9_000)).toBe(2);
      expect((await checkpoint.unknownRows(0, 10)).map(({ message }) => message)).toEqual([two, instead]);
      expect(await resultOf(3)).toMatchObject({ status: 'unknown', via: 'fallback', attempts: 2 });
      expect(await resultOf(2)).toMatchObject({ status: 'unknown', via: 'message', attempts: 1 });
      expect(await pending()).toEqual([four]);
      await checkpoint.resolveUnknown([
        { kind: 'pending', row: 2 },
        { kind: 'pending', row: 3 },
      ]);
      expect(await pending()).toEqual([two, instead, four]);
    });

    it('gives it so when it is tried again after its fallback was refused', async () => {
      await checkpoint.begin([start('a-2', 3)]);
      await checkpoint.settle([end('a-2', { 3: rejected('transient', '131049') })]);
      expect(await pending()).toEqual([two, four]);
      expect(await checkpoint.requeue(({ code }) => code === '131049')).toBe(1);
      expect(await pending()).toEqual([two, instead, four]);
    });

    it('counts it once, whatever becomes of its fallback', async () => {
      await checkpoint.begin([start('a-2', 3)]);
      expect(await checkpoint.balance()).toEqual({ ...counts, unknown: 1, unsent: 2 });
      await checkpoint.settle([end('a-2', { 3: accepted })]);
      expect(await checkpoint.balance()).toEqual({ ...counts, accepted: 1, unsent: 2 });
      expect(await resultOf(3)).toMatchObject({ status: 'accepted', via: 'fallback', code: null, attempts: 2 });
      expect(await checkpoint.lastAccepted()).toMatchObject({ message: instead });
    });

    it('keeps a fallback that was refused out of the line, for the same code as for any other', async () => {
      await checkpoint.begin([start('a-2', 3)]);
      await checkpoint.settle([end('a-2', { 3: windowClosed })]);
      expect(await pending()).toEqual([two, four]);
      expect(await checkpoint.balance()).toEqual({ ...counts, rejected: 1, unsent: 2 });
      expect(await resultOf(3)).toMatchObject({ status: 'rejected', via: 'fallback', code: 'SessionWindowExpired' });
    });
  });

  describe(`${name} with text messages`, () => {
    const plan = planRecord({ campaign: { ...planRecord().campaign, ...anSmsCampaign } });
    /** Rows 2 to 301, of which two go to one number. */
    const texts = Array.from({ length: 300 }, (_, index) => {
      const row = index + 2;
      const own = {
        params: { name: `姓名${index}`, 数: '' },
        ...(row === 2 && { sign: 'Shop', extendCode: '007', outId: 'o-"1"' }),
      };
      return anSms(row, own, row === 301 ? { to: twice } : {});
    });
    const allRows = texts.map(({ row }) => row);
    let opened: OpenedCheckpoint;
    let checkpoint: Checkpoint;

    beforeEach(async () => {
      opened = await open(texts, plan);
      ({ checkpoint } = opened);
    });
    afterEach(() => opened[Symbol.asyncDispose]());

    const endAll = (id: string, rowsOf: readonly number[], outcome: Outcome) =>
      end(id, Object.fromEntries(rowsOf.map((row) => [row, outcome])));
    const taken: Outcome = { kind: 'accepted', messageId: '9001^0', requestId: 'r-1' };

    it('gives them back whole, with sign, extension and id', async () => {
      expect(await checkpoint.pending(0, 1_000, null)).toEqual(texts);
    });

    it('settles hundreds of rows in one request, all under its id', async () => {
      await checkpoint.begin([start('a-1', ...allRows.slice(0, 200)), start('a-2', ...allRows.slice(200))]);
      await checkpoint.settle([endAll('a-1', allRows.slice(0, 200), taken)]);
      expect(await checkpoint.balance()).toMatchObject({ rows: 300, accepted: 200, unknown: 100, unsent: 0 });
      const results = await opened.results();
      expect(new Set(results.map(({ messageId }) => messageId))).toEqual(new Set(['9001^0', null]));
      expect(await checkpoint.knownMessageIds(['9001^0', '9002^0'])).toEqual(new Set(['9001^0']));
      const page = await checkpoint.undeliveredRows(200, 1_000);
      expect(page).toEqual([{ message: texts[199], messageId: '9001^0', startedAt: at, endedAt: at + 80 }]);
    });

    it('puts the rows of a refused request back in line, and rejects whom a part of it was refused for', async () => {
      await checkpoint.begin([start('a-1', ...allRows)]);
      const results = allRows.map((row): AttemptResult => ({ row, outcome: rejected(), next: 'pending' }));
      await checkpoint.settle([{ id: 'a-1', endedAt: at + 10, results }]);
      expect(await checkpoint.balance()).toMatchObject({ rejected: 0, unsent: 300 });
      await checkpoint.begin([start('a-2', 2), start('a-3', ...allRows.slice(1))]);
      await checkpoint.settle([endAll('a-2', [2], rejected()), endAll('a-3', allRows.slice(1), taken)]);
      expect(await checkpoint.balance()).toMatchObject({ accepted: 299, rejected: 1, unsent: 0 });
      expect((await opened.results()).map(({ attempts }) => attempts)).toEqual(texts.map(() => 2));
    });

    it('makes every row of a request unknown whose process was killed, and settles each by itself', async () => {
      await checkpoint.begin([start('a-1', ...allRows)]);
      checkpoint = await opened.reopenAfterKill();
      expect(await checkpoint.closeOpenAttempts(at + 5)).toBe(300);
      await checkpoint.resolveUnknown([
        { kind: 'accepted', row: 2, messageId: 'run-1-2@8613800000002@1', at: at + 1 },
        { kind: 'pending', row: 301 },
      ]);
      expect(await checkpoint.balance()).toMatchObject({ accepted: 1, unknown: 298, unsent: 1 });
      expect(await checkpoint.pending(0, 1_000, null)).toEqual([texts[299]]);
    });

    it('knows what was accepted to a number, and in which requests a row went or may have', async () => {
      await checkpoint.begin([start('a-1', ...allRows.slice(0, 299))]);
      await checkpoint.settle([endAll('a-1', allRows.slice(0, 299), throttled())]);
      await checkpoint.begin([start('a-2', 2, 3, 4), start('a-3', 301), start('a-4', 5)]);
      await checkpoint.settle([
        endAll('a-2', [2, 3, 4], taken),
        endAll('a-3', [301], unknown),
        endAll('a-4', [5], rejected()),
      ]);
      expect(await checkpoint.acceptedTo([twice, texts[3]?.to ?? ''])).toEqual([
        { message: texts[1], messageId: '9001^0', startedAt: at, endedAt: at + 80 },
      ]);
      // What was certainly not taken is none of them, nor is what still waits for its answer.
      expect(await checkpoint.handOversOf([2, 3, 5, 6, 301, 999])).toEqual(
        new Map([
          [2, new Set(['a-2'])],
          [3, new Set(['a-2'])],
          [301, new Set(['a-3'])],
        ]),
      );
      await checkpoint.resolveUnknown([{ kind: 'pending', row: 301 }]);
      await checkpoint.begin([start('a-5', 301)]);
      await checkpoint.settle([endAll('a-5', [301], taken)]);
      expect(await checkpoint.handOversOf([301])).toEqual(new Map([[301, new Set(['a-3', 'a-5'])]]));
      expect((await checkpoint.acceptedTo([twice])).map(({ message }) => message.row)).toEqual([3, 301]);
    });
  });

  describe(`${name} with other lists`, () => {
    it('keeps to one address', async () => {
      const to = '8613900000000';
      await using opened = await open([
        aMessage(2),
        aMessage(3, { to }),
        aMessage(4),
        aMessage(9, { to, key: 'other' }),
      ]);
      const { checkpoint } = opened;
      const rows = async (afterRow: number, limit: number) =>
        (await checkpoint.pending(afterRow, limit, to)).map(({ row }) => row);
      expect(await rows(0, 10)).toEqual([3, 9]);
      expect(await rows(0, 1)).toEqual([3]);
      expect(await rows(3, 10)).toEqual([9]);
      expect(await checkpoint.pending(0, 10, '8613900000001')).toEqual([]);
    });

    it('keeps every text as it is', async () => {
      const params = { name: "O'Hara\u0000\n\t", 名前: '山田 👩‍👩‍👧', empty: '', quoted: '"\\' };
      const message = aMessage(2, { content: { kind: 'template', code: 'order_shipped', language: 'zh_CN', params } });
      await using opened = await open([message]);
      expect(await opened.checkpoint.pending(0, 10, null)).toEqual([message]);
    });

    it('agrees with a record in memory, whatever happens to it', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(operation, { maxLength: 30 }), campaignKind, async (operations, campaign) => {
          const messages = someMessages(rows).map(({ row }) => campaign.message(row));
          await using opened = await open(messages, campaign.plan());
          let { checkpoint } = opened;
          const clock = fakeClock(at);
          const model = fakeCheckpoint(messages, { clock, latencyMs: 0 });
          const openAttempts = new Map<string, readonly Message[]>();
          let attempts = 0;

          for (const { kind, chosen, outcomes } of operations) {
            const [first] = openAttempts;
            if (kind === 'begin') {
              const inLine = await clock.outlast(model.pending(0, rows, null));
              const taken = inLine.filter(({ row }) => chosen.includes(row));
              if (taken.length === 0) continue;
              attempts += 1;
              const begun = start(`a-${attempts}`, ...taken.map(({ row }) => row));
              openAttempts.set(begun.id, taken);
              await Promise.all([checkpoint.begin([begun]), clock.outlast(model.begin([begun]))]);
            } else if (kind === 'kill') {
              openAttempts.clear();
              checkpoint = await opened.reopenAfterKill();
              expect(await checkpoint.closeOpenAttempts(at)).toBe(await model.closeOpenAttempts(at));
            } else if (kind === 'retry') {
              const choose = ({ row }: { readonly row: number }) => chosen.includes(row);
              expect(await checkpoint.requeue(choose)).toBe(await model.requeue(choose));
            } else if (first !== undefined) {
              const [id, taken] = first;
              openAttempts.delete(id);
              if (kind === 'withdraw') {
                const begun = start(id, ...taken.map(({ row }) => row));
                await Promise.all([checkpoint.withdraw([begun]), clock.outlast(model.withdraw([begun]))]);
              } else {
                const results = taken.map(({ row, fallback }): AttemptResult => {
                  const outcome = outcomes[row % outcomes.length] ?? accepted;
                  const fallsBack = outcome === windowClosed && fallback !== null;
                  return { row, outcome, next: fallsBack ? 'fallback' : judgeOutcome(outcome).next };
                });
                const ended = { id, endedAt: at + 80, results };
                await Promise.all([checkpoint.settle([ended]), clock.outlast(model.settle([ended]))]);
              }
            }
            const balance = await checkpoint.balance();
            expect(isBalanced(balance)).toBe(true);
            expect(balance).toEqual(await model.balance());
          }
          for (const channel of [undefined, 'whatsapp', 'sms'] as const) {
            const inLine = await clock.outlast(model.pending(0, rows, null, channel));
            expect(await checkpoint.pending(0, rows, null, channel)).toEqual(inLine);
            expect(await checkpoint.inLine(channel)).toBe(inLine.length);
          }
          const tried = (await opened.results()).map(({ row, attempts: times }) => [row, times]);
          expect(tried).toEqual(messages.map(({ row }) => [row, model.attemptsOf(row)]));
        }),
        { numRuns: 40 },
      );
    });
  });
}

const rows = 8;

/** The number of row 3. */
const twice = anSms(3).to;

/** Without fallbacks, with those that go by the same channel, and with those that go by another. */
const campaignKind = fc.constantFrom(
  { message: (row: number) => aMessage(row), plan: () => planRecord() },
  { message: (row: number) => aSessionMessage(row), plan: sessionPlan },
  { message: (row: number) => aMessageWithText(row), plan: textFallbackPlan },
);

/** Something that happens to a checkpoint; `chosen` rows and `outcomes` matter to some. */
const operation = fc.record({
  kind: fc.constantFrom('begin', 'begin', 'begin', 'settle', 'settle', 'settle', 'withdraw', 'retry', 'kill'),
  chosen: fc.uniqueArray(fc.integer({ min: 2, max: rows + 1 }), { minLength: 1, maxLength: 4 }),
  outcomes: fc.array(fc.constantFrom<Outcome>(accepted, rejected(), windowClosed, throttled(), unreachable, unknown), {
    minLength: 1,
    maxLength: 3,
  }),
});
