import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockSkewMs, matchNumber, type Suspect } from '../../src/campaign/reconcile-match.ts';
import type { LogEntry } from '../../src/domain/message-log.ts';
import { aMessage } from '../support/a-message.ts';

const begin = Date.UTC(2026, 2, 1);
const second = 1_000;

interface SuspectFields {
  readonly row: number;
  /** The words it has; `null` in an entry says nothing. */
  readonly words?: string;
  readonly startedAt?: number;
  readonly endedAt?: number;
}

function suspect({ row, words = 'a', startedAt = begin, endedAt = startedAt + 10 * second }: SuspectFields): Suspect {
  return {
    message: aMessage(row, {
      to: '8613800000001',
      content: { kind: 'template', code: 'order_shipped', language: 'zh_CN', params: {} },
    }),
    startedAt,
    endedAt,
    likeness: (text) => (text === null ? 'silent' : text === words ? 'same' : 'other'),
  };
}

function entry(messageId: string, changes: Partial<LogEntry> = {}): LogEntry {
  return {
    messageId,
    otherId: null,
    ownRequestId: null,
    to: null,
    delivery: null,
    templateCode: 'order_shipped',
    language: 'zh_CN',
    sentAt: begin + second,
    text: 'a',
    ...changes,
  };
}

/** By row: the id it was given, or why it was given none. */
function outcome(suspects: readonly Suspect[], entries: readonly LogEntry[]): Record<number, string> {
  return Object.fromEntries(
    matchNumber(suspects, entries).map(([{ message }, verdict]) => [
      message.row,
      verdict.kind === 'found' ? verdict.entry.messageId : verdict.kind,
    ]),
  );
}

describe('one row', () => {
  it.each<[what: string, changes: Partial<LogEntry>, verdict: string]>([
    ['has its words', {}, 'm-1'],
    ['does not say when', { sentAt: null }, 'm-1'],
    ['does not name the template', { templateCode: null }, 'm-1'],
    ['writes the language in another way', { language: 'zh-cn' }, 'm-1'],
    ['does not name the language', { language: null }, 'm-1'],
    ['is as early as the clocks may differ', { sentAt: begin - clockSkewMs }, 'm-1'],
    ['is as late as the clocks may differ', { sentAt: begin + 10 * second + clockSkewMs }, 'm-1'],
    ['says nothing of the words', { text: null }, 'm-1'],
    ['has other words', { text: 'b' }, 'unclear'],
    ['is in another language', { language: 'en' }, 'unclear'],
    ['is of another template', { templateCode: 'invoice' }, 'absent'],
    ['is too early', { sentAt: begin - clockSkewMs - 1 }, 'absent'],
    ['is too late', { sentAt: begin + 10 * second + clockSkewMs + 1 }, 'absent'],
  ])('and an entry that %s', (_, changes, verdict) => {
    expect(outcome([suspect({ row: 2 })], [entry('m-1', changes)])).toEqual({ 2: verdict });
  });

  it('is absent from an empty log', () => {
    expect(outcome([suspect({ row: 2 })], [])).toEqual({ 2: 'absent' });
  });

  it('takes the first of several entries with its words, since its recipient has them either way', () => {
    const entries = [entry('m-2', { sentAt: begin + 2 * second }), entry('m-1')];
    expect(outcome([suspect({ row: 2 })], entries)).toEqual({ 2: 'm-1' });
  });

  it('takes none of several entries without words', () => {
    const entries = [entry('m-1', { text: null }), entry('m-2', { text: null })];
    expect(outcome([suspect({ row: 2 })], entries)).toEqual({ 2: 'ambiguous' });
  });

  it('takes no entry without words that is hours away from its start, although its end is not known', () => {
    const dead = suspect({ row: 2, endedAt: begin + 24 * 3_600_000 });
    const late = { sentAt: begin + 2 * 3_600_000 };
    expect(outcome([dead], [entry('m-1', { ...late, text: null })])).toEqual({ 2: 'unclear' });
    expect(outcome([dead], [entry('m-1', late)])).toEqual({ 2: 'm-1' });
  });
});

describe('several rows to one number', () => {
  it('are told apart by their words', () => {
    const suspects = [suspect({ row: 2, words: 'a' }), suspect({ row: 3, words: 'b' })];
    expect(outcome(suspects, [entry('m-b', { text: 'b' }), entry('m-a')])).toEqual({ 2: 'm-a', 3: 'm-b' });
    expect(outcome(suspects, [entry('m-b', { text: 'b' })])).toEqual({ 2: 'absent', 3: 'm-b' });
  });

  it('get an entry each where both have the same words', () => {
    const suspects = [suspect({ row: 2 }), suspect({ row: 3, startedAt: begin + second })];
    expect(outcome(suspects, [entry('m-2', { sentAt: begin + 2 * second }), entry('m-1')])).toEqual({
      2: 'm-1',
      3: 'm-2',
    });
  });

  it('get none, and neither is absent, where there is one entry for two with the same words', () => {
    expect(outcome([suspect({ row: 2 }), suspect({ row: 3 })], [entry('m-1')])).toEqual({
      2: 'ambiguous',
      3: 'ambiguous',
    });
  });

  it('are told apart by time where the words are the same', () => {
    const later = begin + 2 * 3_600_000;
    const suspects = [suspect({ row: 2 }), suspect({ row: 3, startedAt: later })];
    expect(outcome(suspects, [entry('m-1', { sentAt: later })])).toEqual({ 2: 'absent', 3: 'm-1' });
  });

  it('give way to each other where only one of them has a choice', () => {
    const early = suspect({ row: 2, endedAt: begin + 2 * clockSkewMs });
    const late = suspect({ row: 3, startedAt: begin + 2 * clockSkewMs });
    const both = entry('m-both', { sentAt: begin + 2 * clockSkewMs });
    const onlyEarly = entry('m-early', { sentAt: begin + second });
    expect(outcome([late, early], [both, onlyEarly])).toEqual({ 2: 'm-early', 3: 'm-both' });
  });

  it('get entries without words only where there is one for each', () => {
    const suspects = [suspect({ row: 2, words: 'a' }), suspect({ row: 3, words: 'b' })];
    const silent = (id: string, at: number) => entry(id, { text: null, sentAt: begin + at });
    expect(outcome(suspects, [silent('m-2', 2), silent('m-1', 1)])).toEqual({ 2: 'm-1', 3: 'm-2' });
    expect(outcome(suspects, [silent('m-1', 1)])).toEqual({ 2: 'ambiguous', 3: 'ambiguous' });
    expect(outcome(suspects, [silent('m-1', 1), silent('m-2', 2), silent('m-3', 3)])).toEqual({
      2: 'ambiguous',
      3: 'ambiguous',
    });
  });

  it('leave an entry without words to the row that has none with its words', () => {
    const suspects = [suspect({ row: 2, words: 'a' }), suspect({ row: 3, words: 'b' })];
    expect(outcome(suspects, [entry('m-a'), entry('m-x', { text: null })])).toEqual({ 2: 'm-a', 3: 'm-x' });
  });
});

describe('whatever the log says', () => {
  const hour = 3_600_000;
  const anyTime = fc.integer({ min: -hour, max: 2 * hour }).map((ms) => begin + ms);
  const anySuspects = fc
    .array(
      fc.record({ words: fc.constantFrom('a', 'b'), startedAt: anyTime, tookMs: fc.integer({ min: 0, max: hour }) }),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    .map((list) =>
      list.map(({ words, startedAt, tookMs }, index) =>
        suspect({ row: index + 2, words, startedAt, endedAt: startedAt + tookMs }),
      ),
    );
  const anyEntries = fc
    .array(
      fc.record({
        text: fc.constantFrom('a', 'b', 'c', null),
        sentAt: fc.option(anyTime),
        language: fc.constantFrom('zh_CN', 'zh-CN', 'en', null),
        templateCode: fc.constantFrom('order_shipped', null, 'invoice'),
      }),
      { maxLength: 7 },
    )
    .map((list) => list.map((changes, index) => entry(`m-${index}`, changes)));

  it('no two rows get one entry', () => {
    fc.assert(
      fc.property(anySuspects, anyEntries, (suspects, entries) => {
        const given = matchNumber(suspects, entries).flatMap(([, verdict]) =>
          verdict.kind === 'found' ? [verdict.entry.messageId] : [],
        );
        expect(new Set(given).size).toBe(given.length);
      }),
    );
  });

  it('a row is absent only where no entry that is left over could be it', () => {
    fc.assert(
      fc.property(anySuspects, anyEntries, (suspects, entries) => {
        const verdicts = matchNumber(suspects, entries);
        const given = new Set(verdicts.flatMap(([, verdict]) => (verdict.kind === 'found' ? [verdict.entry] : [])));
        for (const [{ startedAt, endedAt }, verdict] of verdicts) {
          if (verdict.kind !== 'absent') continue;
          const possible = entries.filter(
            (left) =>
              !given.has(left) &&
              left.templateCode !== 'invoice' &&
              (left.sentAt === null ||
                (left.sentAt >= startedAt - clockSkewMs && left.sentAt <= endedAt + clockSkewMs)),
          );
          expect(possible).toEqual([]);
        }
      }),
    );
  });

  it('no message that went out is called absent, and no more are found than went out', () => {
    fc.assert(
      fc.property(anySuspects, fc.infiniteStream(fc.boolean()), fc.boolean(), (suspects, coins, silent) => {
        const went = suspects.filter(() => coins.next().value);
        const entries = went.map((each) =>
          entry(`m-${each.message.row}`, {
            sentAt: each.startedAt,
            text: silent ? null : each.likeness('a') === 'same' ? 'a' : 'b',
          }),
        );
        const verdicts = new Map(matchNumber(suspects, entries));
        expect(went.filter((each) => verdicts.get(each)?.kind === 'absent')).toEqual([]);
        const found = [...verdicts.values()].filter(({ kind }) => kind === 'found');
        expect(found.length).toBeLessThanOrEqual(went.length);
      }),
    );
  });

  it('the order of the entries does not count', () => {
    fc.assert(
      fc.property(anySuspects, anyEntries, (suspects, entries) => {
        const kinds = (list: readonly LogEntry[]) => matchNumber(suspects, list).map(([, { kind }]) => kind);
        expect(kinds(entries.toReversed())).toEqual(kinds(entries));
      }),
    );
  });
});
