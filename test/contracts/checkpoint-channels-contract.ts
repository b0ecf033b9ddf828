/** What every `Checkpoint` promises of a run whose refused rows go out as text messages: it tells rows apart by channel. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AttemptResult, Checkpoint } from '../../src/domain/checkpoint.ts';
import { asFallback, type Message } from '../../src/domain/message.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { judgeOutcome } from '../../src/run/judge-outcome.ts';
import { aMessageWithText } from '../support/an-sms.ts';
import { accepted, acceptedIn, rejected, unknown } from '../support/outcomes.ts';
import { textFallbackPlan } from '../support/plan-record.ts';
import type { OpenCheckpoint, OpenedCheckpoint } from './checkpoint-contract.ts';

const at = Date.UTC(2026, 10, 21);
const notOnWhatsapp = rejected('row', '131026');
const acceptedText: Outcome = { kind: 'accepted', messageId: 'biz-1', requestId: null };

export function checkpointChannelsContract(name: string, open: OpenCheckpoint): void {
  describe(`${name} with text messages as fallbacks`, () => {
    const messages = [2, 3, 4, 5, 6, 7].map((row) => aMessageWithText(row));
    const [two, three, four, five, six, seven] = messages;
    if (!two || !three || !four || !five || !six || !seven) throw new Error('six messages are needed');
    let opened: OpenedCheckpoint;
    let checkpoint: Checkpoint;
    let attempts = 0;

    beforeEach(async () => {
      opened = await open(messages, textFallbackPlan());
      ({ checkpoint } = opened);
      attempts = 0;
    });
    afterEach(() => opened[Symbol.asyncDispose]());

    /** One attempt that ends so for each of the rows, `seconds` after the start of the run. */
    async function attempt(rows: readonly number[], outcome: Outcome, seconds = attempts): Promise<void> {
      attempts += 1;
      const id = `a-${attempts}`;
      const startedAt = at + seconds * 1_000;
      const next = outcome === notOnWhatsapp ? 'fallback' : judgeOutcome(outcome).next;
      await checkpoint.begin([{ id, rows, startedAt }]);
      const results = rows.map((row): AttemptResult => ({ row, outcome, next }));
      await checkpoint.settle([{ id, endedAt: startedAt + 80, results }]);
    }
    const texts = (...rows: readonly Message[]) => rows.map(asFallback);
    const pending = (channel?: 'whatsapp' | 'sms') => checkpoint.pending(0, 10, null, channel);

    it('gives rows that fell back to whoever asks for text messages, and the others to whoever asks for the rest', async () => {
      expect(await pending('sms')).toEqual([]);
      await attempt([3], notOnWhatsapp);
      await attempt([6], notOnWhatsapp);
      await attempt([2], accepted);
      expect(await pending('whatsapp')).toEqual([four, five, seven]);
      expect(await pending('sms')).toEqual(texts(three, six));
      expect(await pending()).toEqual([...texts(three), four, five, ...texts(six), seven]);
      expect(await checkpoint.pending(3, 10, null, 'sms')).toEqual(texts(six));
      expect(await checkpoint.pending(0, 1, null, 'sms')).toEqual(texts(three));
      expect(await checkpoint.pending(0, 10, six.to, 'sms')).toEqual(texts(six));
      expect(await checkpoint.pending(0, 10, six.to, 'whatsapp')).toEqual([]);
      expect(await checkpoint.pending(0, 10, null, 'viber')).toEqual([]);
    });

    it('counts them so', async () => {
      await attempt([3, 6], notOnWhatsapp);
      await attempt([2], accepted);
      expect(await checkpoint.inLine('whatsapp')).toBe(3);
      expect(await checkpoint.inLine('sms')).toBe(2);
      expect(await checkpoint.inLine()).toBe(5);
      await checkpoint.begin([{ id: 'b', rows: [3, 4], startedAt: at }]);
      expect(await checkpoint.inLine()).toBe(3);
      expect(await checkpoint.inLine('sms')).toBe(1);
    });

    it('gives them so to whoever holds the run next, and after an attempt was taken back', async () => {
      await attempt([3, 6], notOnWhatsapp);
      checkpoint = await opened.reopenAfterKill();
      expect(await pending('sms')).toEqual(texts(three, six));
      const begun = { id: 'b', rows: [3], startedAt: at };
      await checkpoint.begin([begun]);
      expect(await pending('sms')).toEqual(texts(six));
      await checkpoint.withdraw([begun]);
      expect(await pending('sms')).toEqual(texts(three, six));
      expect(await pending('whatsapp')).toEqual([two, four, five, seven]);
    });

    it('tells unknown rows apart by the channel of their attempt, and puts each back for the same one', async () => {
      await attempt([2, 4], unknown);
      await attempt([3, 6], notOnWhatsapp);
      await attempt([3, 6], unknown);
      const asked = async (channel?: 'whatsapp' | 'sms') =>
        (await checkpoint.unknownRows(0, 10, channel)).map(({ message }) => message);
      expect(await asked('whatsapp')).toEqual([two, four]);
      expect(await asked('sms')).toEqual(texts(three, six));
      expect(await asked()).toEqual([two, ...texts(three), four, ...texts(six)]);
      expect(await checkpoint.unknownRows(3, 10, 'sms')).toMatchObject([{ message: { row: 6 } }]);
      await checkpoint.resolveUnknown([
        { kind: 'pending', row: 4 },
        { kind: 'pending', row: 6 },
      ]);
      expect(await pending('whatsapp')).toEqual([four, five, seven]);
      expect(await pending('sms')).toEqual(texts(six));
    });

    it('tells by which channel a row was refused last', async () => {
      await attempt([2], rejected('transient', '131049'));
      await attempt([3], notOnWhatsapp);
      await attempt([3], rejected('row', 'isv.BUSINESS_LIMIT_CONTROL'));
      const seen: unknown[] = [];
      await checkpoint.requeue(({ row, channel, code }) => {
        seen.push([row, channel, code]);
        return true;
      });
      expect(seen).toEqual([
        [2, 'whatsapp', '131049'],
        [3, 'sms', 'isv.BUSINESS_LIMIT_CONTROL'],
      ]);
      expect(await pending('whatsapp')).toEqual([two, four, five, six, seven]);
      expect(await pending('sms')).toEqual(texts(three));
    });

    it('tells what was accepted last by each', async () => {
      await attempt([2], accepted);
      await attempt([3], notOnWhatsapp);
      await attempt([3], acceptedText);
      expect(await checkpoint.lastAccepted('whatsapp')).toMatchObject({ message: two, messageId: 'message-1' });
      expect(await checkpoint.lastAccepted('sms')).toMatchObject({ message: asFallback(three), messageId: 'biz-1' });
      expect(await checkpoint.lastAccepted()).toMatchObject({ messageId: 'biz-1' });
      expect(await checkpoint.lastAccepted('viber')).toBeNull();
    });

    it('asks for the end of what went by one of them alone', async () => {
      await attempt([2], accepted);
      await attempt([3], notOnWhatsapp);
      await attempt([3], acceptedText);
      const asked = async (channel?: 'whatsapp' | 'sms') =>
        (await checkpoint.undeliveredRows(0, 10, channel)).map(({ message }) => message.row);
      expect([await asked('whatsapp'), await asked('sms'), await asked()]).toEqual([[2], [3], [2, 3]]);
    });

    it('knows by which of them it has accepted a message without an id', async () => {
      await attempt([2, 4], acceptedIn('g-1'));
      await attempt([3], notOnWhatsapp);
      await attempt([3], accepted);
      const addresses = messages.map(({ to }) => to);
      expect(await checkpoint.namelessAmong(addresses, 'whatsapp')).toEqual(new Set([two.to, four.to]));
      expect(await checkpoint.namelessAmong(addresses, 'sms')).toEqual(new Set());
      expect(await checkpoint.namelessAmong(addresses)).toEqual(new Set([two.to, four.to]));
    });

    it('knows by the request and by the second what went out or may have by each, though it went by the other later', async () => {
      await attempt([2], accepted, 1);
      await attempt([3], unknown, 1);
      await checkpoint.resolveUnknown([{ kind: 'pending', row: 3 }]);
      await attempt([3], notOnWhatsapp, 2);
      await attempt([3], accepted, 3);
      expect(await checkpoint.handOversOf([2, 3], 'whatsapp')).toEqual(
        new Map([
          [2, new Set(['a-1'])],
          [3, new Set(['a-2'])],
        ]),
      );
      expect(await checkpoint.handOversOf([2, 3], 'sms')).toEqual(new Map([[3, new Set(['a-4'])]]));
      const second = at / 1_000;
      expect(await checkpoint.handedOverSince(at, 'whatsapp')).toEqual([{ second: second + 1, messages: 2 }]);
      expect(await checkpoint.handedOverSince(at, 'sms')).toEqual([{ second: second + 3, messages: 1 }]);
      expect(await checkpoint.handedOverSince(at)).toEqual([
        { second: second + 1, messages: 2 },
        { second: second + 3, messages: 1 },
      ]);
    });

    it('tells to whom messages went last by each', async () => {
      await attempt([2], accepted, 1);
      await attempt([3], notOnWhatsapp, 2);
      await attempt([3], accepted, 3);
      const first = { to: two.to, at: at + 1_080 };
      const second = { to: three.to, at: at + 3_080 };
      expect(await checkpoint.lastHandOversSince(at, 'whatsapp')).toEqual([first]);
      expect(await checkpoint.lastHandOversSince(at, 'sms')).toEqual([second]);
      expect(await checkpoint.lastHandOversSince(at)).toEqual([first, second]);
    });

    it('balances, and reports by which channel and as what each row went', async () => {
      await attempt([2], accepted);
      await attempt([3, 4, 5], notOnWhatsapp);
      await attempt([3], accepted);
      await attempt([4], rejected('row', 'isv.MOBILE_NUMBER_ILLEGAL'));
      expect(await checkpoint.balance()).toEqual({
        rows: 6,
        accepted: 2,
        rejected: 1,
        unknown: 0,
        skipped: 0,
        invalid: 0,
        unsent: 3,
      });
      const told = (await opened.results()).map(({ row, status, channel, via, code }) => [
        row,
        status,
        channel,
        via,
        code,
      ]);
      expect(told).toEqual([
        [2, 'accepted', 'whatsapp', 'template', null],
        [3, 'accepted', 'sms', 'fallback', null],
        [4, 'rejected', 'sms', 'fallback', 'isv.MOBILE_NUMBER_ILLEGAL'],
        [5, 'unsent', 'whatsapp', 'template', '131026'],
        [6, 'unsent', null, null, null],
        [7, 'unsent', null, null, null],
      ]);
    });
  });
}
