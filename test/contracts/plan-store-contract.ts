/** What every `PlanWriter` promises, and every `PlanReader` of what it wrote. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import type { Message } from '../../src/domain/message.ts';
import { messageKey } from '../../src/domain/message-key.ts';
import type { LeftOut, PlannedRow, PlanReader, PlanWriter } from '../../src/domain/plan-store.ts';
import { noRequestFields } from '../../src/domain/request-fields.ts';
import type { PlanRecord } from '../../src/domain/run-record.ts';
import { aMessage, aSessionMessage, someMessages } from '../support/a-message.ts';
import { anSms, aText } from '../support/an-sms.ts';
import { flatten } from '../support/flatten.ts';
import { anSmsCampaign, anSmsFallback, planRecord, sessionPlan } from '../support/plan-record.ts';

export interface OpenedPlanStore extends AsyncDisposable {
  readonly writer: PlanWriter;
  /** The plan under its final name, or null where there is none. */
  finished(): PlanReader | null;
}

/** `open` begins to write this plan. */
export function planStoreContract(name: string, openPlan: (plan: PlanRecord) => Promise<OpenedPlanStore>): void {
  const open = () => openPlan(planRecord());

  describe(`${name} as a plan store`, () => {
    it('gives the messages back as they were, in list order', async () => {
      await using opened = await open();
      const { writer } = opened;
      const messages = someMessages(1_234);
      for (let at = 0; at < messages.length; at += 100)
        writer.append(
          messages.slice(at, at + 100).map((message) => planned(message)),
          [],
        );
      expect(await flatten(writer.messages())).toEqual(messages);
      expect(await flatten(writer.messages())).toEqual(messages);
      expect(await writer.messageAt(700)).toEqual(aMessage(700));
    });

    it('gives session messages back with their requests and fallbacks, before it is finished and after', async () => {
      const plan = sessionPlan();
      await using opened = await openPlan(plan);
      const { writer } = opened;
      const messages = [
        aSessionMessage(2),
        aSessionMessage(3, { request: noRequestFields, fallback: null }),
        aSessionMessage(4, { content: { kind: 'session', type: 'text', content: {} } }),
      ];
      writer.append(
        messages.map((message) => planned(message)),
        [],
      );
      expect(writer.settleRepeats(() => {})).toEqual({ messages: 1, fallbacks: 1 });
      expect(await flatten(writer.messages())).toEqual(messages);
      expect(await writer.messageAt(2)).toEqual(messages[0]);
      writer.finish(plan);
      const reader = opened.finished();
      expect(await flatten(reader?.messages() ?? none())).toEqual(messages);
    });

    it('gives text messages back, each with its sign and its ids', async () => {
      const plan = planRecord();
      await using opened = await openPlan({ ...plan, campaign: { ...plan.campaign, ...anSmsCampaign } });
      const { writer } = opened;
      const messages = [
        anSms(2),
        anSms(3, { sign: 'Aliyun', params: { name: '好 "x"' }, extendCode: '007', outId: 'mine' }),
        anSms(4, { params: {} }),
      ];
      writer.append(
        messages.map((message) => planned(message)),
        [],
      );
      expect(await flatten(writer.messages())).toEqual(messages);
      expect(await writer.messageAt(3)).toEqual(messages[1]);
    });

    it('has no message for rows that are invalid, left out or not there', async () => {
      await using opened = await open();
      const { writer } = opened;
      writer.append([planned(aMessage(2)), invalid(3), planned(aMessage(4, { to: aMessage(2).to, key: 'key-2' }))], []);
      writer.settleRepeats(() => {});
      const found = await Promise.all([2, 3, 4, 5].map((row) => writer.messageAt(row)));
      expect(found).toEqual([aMessage(2), null, null, null]);
      expect(await flatten(writer.messages())).toEqual([aMessage(2)]);
    });

    it('gives every finding, those about no row first, then in list order', async () => {
      await using opened = await open();
      const { writer } = opened;
      const late = Array.from({ length: 700 }, (_, index) => aFinding(index + 800));
      const early = Array.from({ length: 700 }, (_, index) => aFinding(index + 2));
      const general = Array.from({ length: 600 }, (_, index) => aFinding(null, { message: `note ${index}` }));
      writer.append([], late);
      writer.append([], general.slice(0, 1));
      writer.append([], [...early, aFinding(5, { code: 'PARAM_MISSING' })]);
      writer.append([], general.slice(1));
      const expected = [...general, ...early, ...late];
      expected.splice(expected.indexOf(early[3] ?? aFinding(0)) + 1, 0, aFinding(5, { code: 'PARAM_MISSING' }));
      expect(await flatten(writer.findings())).toEqual(expected);
    });

    it('groups findings by code and severity, largest first, with the first of each', async () => {
      await using opened = await open();
      const { writer } = opened;
      writer.append([], [aFinding(9, { code: 'PARAM_MISSING', severity: 'error' })]);
      writer.append([], [aFinding(7), aFinding(3), aFinding(5), aFinding(4, { severity: 'warning' })]);
      writer.append([], [aFinding(2, { code: 'PARAM_MISSING', severity: 'error' })]);
      expect(await writer.findingGroups(2)).toEqual([
        { code: 'ADDRESS_NORMALISED', severity: 'info', count: 3, first: [aFinding(3), aFinding(5)] },
        {
          code: 'PARAM_MISSING',
          severity: 'error',
          count: 2,
          first: [2, 9].map((row) => aFinding(row, { code: 'PARAM_MISSING', severity: 'error' })),
        },
        { code: 'ADDRESS_NORMALISED', severity: 'warning', count: 1, first: [aFinding(4, { severity: 'warning' })] },
      ]);
      expect((await writer.findingGroups(0)).map(({ count, first }) => [count, first])).toEqual([
        [3, []],
        [2, []],
        [1, []],
      ]);
    });

    it('gives invalid rows with all that is said of them', async () => {
      await using opened = await open();
      const { writer } = opened;
      const said = [
        aFinding(3, { severity: 'error', code: 'PARAM_MISSING', column: 'name', value: '', hint: null }),
        aFinding(3),
      ];
      writer.append([planned(aMessage(2)), invalid(3)], said);
      writer.append([invalid(4)], [aFinding(4, { severity: 'error' }), aFinding(null)]);
      expect(await flatten(writer.invalidRows())).toEqual([
        { row: 3, cells: ['not a number', '"quoted", ünïcode'], findings: said },
        { row: 4, cells: ['not a number', '"quoted", ünïcode'], findings: [aFinding(4, { severity: 'error' })] },
      ]);
    });

    it('leaves out all but the first of the same message, and tells of the same address with other words', async () => {
      await using opened = await open();
      const { writer } = opened;
      const to = '8613800000000';
      const same = (row: number) => planned(aMessage(row, { to, key: 'same' }));
      const other = (row: number) => planned(aMessage(row, { to, key: 'other' }), 'MO');
      writer.append([planned(aMessage(2)), same(3), other(4), planned(aMessage(5))], []);
      writer.append([same(6), other(7), invalid(8)], []);
      const leftOut: LeftOut[] = [];
      expect(writer.settleRepeats((rows) => leftOut.push(...rows))).toEqual({ messages: 2, fallbacks: 1 });
      expect(leftOut).toEqual([
        { row: 6, to, language: 'en', country: 'CN', segments: null, kind: 'duplicate' },
        { row: 7, to, language: 'en', country: 'MO', segments: null, kind: 'duplicate' },
      ]);
      expect((await flatten(writer.messages())).map(({ row }) => row)).toEqual([2, 3, 4, 5]);
      expect(await flatten(writer.findings())).toMatchObject([
        {
          row: 4,
          code: 'SAME_ADDRESS',
          severity: 'warning',
          value: '86138****0000',
          message: expect.stringContaining('row 3'),
          hint: 'check that this person should get both; they leave at least 6 s apart',
        },
        {
          row: 6,
          code: 'DUPLICATE',
          severity: 'info',
          value: '86138****0000',
          message: expect.stringContaining('row 3'),
        },
        {
          row: 7,
          code: 'DUPLICATE',
          severity: 'info',
          value: '86138****0000',
          message: expect.stringContaining('row 4'),
        },
      ]);
    });

    it('keeps a fallback once for an address, however many messages it gets', async () => {
      await using opened = await openPlan(sessionPlan());
      const { writer } = opened;
      const to = '8613800000000';
      const fallback = aSessionMessage(2).fallback;
      const message = (row: number, changes: Partial<Message> = {}) =>
        aSessionMessage(row, { to, key: `key-${row}`, fallback, ...changes });
      const other = { fallback: aSessionMessage(3).fallback };
      const messages = [
        message(2),
        message(3),
        message(4, other),
        message(5, { to: '8613800000001' }),
        message(6, other),
        message(7, { fallback: null }),
        message(8, { key: 'key-2' }),
      ];
      writer.append(
        messages.map((each) => planned(each)),
        [],
      );
      expect(writer.settleRepeats(() => {})).toEqual({ messages: 5, fallbacks: 2 });
      expect((await flatten(writer.messages())).map((each) => [each.row, each.fallback])).toEqual([
        [2, fallback],
        [3, null],
        [4, other.fallback],
        [5, fallback],
        [6, null],
        [7, null],
      ]);
      const told = (await flatten(writer.findings())).filter(({ code }) => code === 'FALLBACK_REPEATED');
      expect(told.map(({ row, severity, value, message: words }) => [row, severity, value, words])).toEqual([
        [3, 'warning', '86138****0000', expect.stringContaining('row 2 has the same fallback')],
        [6, 'warning', '86138****0000', expect.stringContaining('row 4 has the same fallback')],
      ]);
    });

    it('keeps text messages to fall back to, and of those that read the same to one address the first', async () => {
      const plan = planRecord();
      await using opened = await openPlan({ ...plan, campaign: { ...plan.campaign, fallback: anSmsFallback } });
      const { writer } = opened;
      const to = '8613800000000';
      const messages = [
        aMessage(2, { to, fallback: aText({ outId: 'two' }) }),
        aMessage(3, { to, fallback: aText({ outId: 'three', extendCode: '9' }) }),
        aMessage(4, { to, fallback: aText({ sign: 'Aliyun' }) }),
        aMessage(5, { fallback: aText() }),
      ];
      writer.append(
        messages.map((message) => ({ ...planned(message), segments: 2 })),
        [],
      );
      const leftOut: LeftOut[] = [];
      expect(writer.settleRepeats((rows) => leftOut.push(...rows))).toEqual({ messages: 3, fallbacks: 2 });
      expect(leftOut).toEqual([{ row: 3, to, language: 'en', country: 'CN', segments: 2, kind: 'fallback' }]);
      const kept = messages.map((message) => (message.row === 3 ? { ...message, fallback: null } : message));
      expect(await flatten(writer.messages())).toEqual(kept);
      writer.finish(plan);
      expect(await flatten(opened.finished()?.messages() ?? none())).toEqual(kept);
    });

    it('leaves out suppressed addresses, however often they stand in the list', async () => {
      await using opened = await open();
      const { writer } = opened;
      const { to } = aMessage(3);
      writer.suppress(['8613900000000', to]);
      writer.suppress([to]);
      writer.append([planned(aMessage(2)), planned(aMessage(3)), planned(aMessage(4, { to, key: 'key-3' }))], []);
      const leftOut: LeftOut[] = [];
      expect(writer.settleRepeats((rows) => leftOut.push(...rows))).toEqual({ messages: 1, fallbacks: 1 });
      expect(leftOut.map(({ row, kind }) => [row, kind])).toEqual([
        [3, 'suppressed'],
        [4, 'suppressed'],
      ]);
      expect(await flatten(writer.messages())).toEqual([aMessage(2)]);
      expect((await writer.findingGroups(0)).map(({ code, count }) => [code, count])).toEqual([['SUPPRESSED', 2]]);
    });

    it('sends each message to nobody twice, to nobody suppressed, and forgets nobody', async () => {
      const row = fc.record({ person: fc.integer({ min: 0, max: 5 }), words: fc.integer({ min: 0, max: 2 }) });
      const suppressed = fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 2 });
      await fc.assert(
        fc.asyncProperty(fc.array(row, { maxLength: 40 }), suppressed, async (list, never) => {
          await using opened = await open();
          const { writer } = opened;
          const messages = list.map(({ person, words }, index) =>
            saying(index + 2, addressOf(person), `words ${words}`),
          );
          writer.suppress(never.map(addressOf));
          writer.append(
            messages.map((message) => planned(message)),
            [],
          );
          const leftOut: number[] = [];
          writer.settleRepeats((rows) => leftOut.push(...rows.map((left) => left.row)));

          const seen = new Set(never.map(addressOf));
          const told = new Set<string>();
          const expected = messages.filter(({ to, key }) => {
            if (seen.has(to) || told.has(key)) return false;
            told.add(key);
            return true;
          });
          const going = await flatten(writer.messages());
          expect(going).toEqual(expected);
          expect([...leftOut, ...going.map((message) => message.row)].toSorted((one, other) => one - other)).toEqual(
            messages.map((message) => message.row),
          );
        }),
        { numRuns: 60 },
      );
    });

    it('shows nothing under its final name before it is finished, and everything after', async () => {
      await using opened = await open();
      const { writer, finished } = opened;
      writer.append([planned(aMessage(2)), invalid(3)], [aFinding(3, { severity: 'error' })]);
      writer.settleRepeats(() => {});
      expect(finished()).toBeNull();
      writer.finish(planRecord());
      writer.discard();
      const reader = finished();
      expect(await flatten(reader?.messages() ?? none())).toEqual([aMessage(2)]);
      expect(await flatten(reader?.findings() ?? none())).toEqual([aFinding(3, { severity: 'error' })]);
      expect(await flatten(reader?.invalidRows() ?? none())).toHaveLength(1);
    });

    it('leaves nothing when it is discarded', async () => {
      await using opened = await open();
      const { writer, finished } = opened;
      writer.append([planned(aMessage(2))], []);
      writer.discard();
      writer.discard();
      expect(finished()).toBeNull();
    });
  });
}

function planned(message: Message, country = 'CN'): PlannedRow {
  return { kind: 'message', cells: [message.to, `row ${message.row}`], message, country, segments: null };
}

function invalid(row: number): PlannedRow {
  return { kind: 'invalid', row, cells: ['not a number', '"quoted", ünïcode'], to: null };
}

function aFinding(row: number | null, changes: Partial<Finding> = {}): Finding {
  return {
    row,
    column: 'phone',
    code: 'ADDRESS_NORMALISED',
    severity: 'info',
    value: '+86 138 0000 0000',
    message: 'normalised: blanks removed',
    hint: 'nothing to do',
    ...changes,
  };
}

function addressOf(person: number): string {
  return `861380000000${person}`;
}

/** A message with the key that its words really have. */
function saying(row: number, to: string, words: string): Message {
  const { channel, from } = aMessage(row);
  const content = { kind: 'template', code: 'order_shipped', language: 'en', params: { name: words } } as const;
  return aMessage(row, { key: messageKey({ channel, from, to, content }), to, content });
}

async function* none(): AsyncGenerator<readonly never[]> {}
