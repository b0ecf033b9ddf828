/** A run whose refused messages go out as text messages, by a service of their own, on fakes. */
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/domain/message.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { aMessage } from '../support/a-message.ts';
import { aMessageWithText } from '../support/an-sms.ts';
import { accepted, rejected, throttled, unknown } from '../support/outcomes.ts';
import { aRun, type SceneOptions } from './run-scene.ts';

const notOnWhatsapp = rejected('row', '131026');
const hour = 3_600_000;
const day = 24 * hour;

function withTexts(count: number, changes: Partial<Message> = {}): readonly Message[] {
  return Array.from({ length: count }, (_, index) => aMessageWithText(index + 2, changes));
}

/** Numbers of these rows are not on WhatsApp; their text messages meet `then`. */
function absent(rows: readonly number[], then: (message: Message, time: number) => Outcome = () => accepted) {
  return (message: Message, time: number): Outcome => {
    if (message.channel === 'sms') return then(message, time);
    return rows.includes(message.row) ? notOnWhatsapp : accepted;
  };
}

/** What was handed over, in order: the row, and by what. */
function scene(options: SceneOptions = {}) {
  const said: string[] = [];
  const { answer = () => accepted, ...rest } = options;
  const run = aRun({
    messages: withTexts(6),
    concurrency: 1,
    fallbackOn: ['131026'],
    texts: {},
    ...rest,
    answer: (message, time) => {
      said.push(`${message.row} ${message.channel}`);
      return answer(message, time);
    },
  });
  return { ...run, said };
}

describe('a run of two lanes', () => {
  it('hands the whole list over, then text messages to those that were refused for a named reason', async () => {
    const { finish, said, run, checkpoint } = scene({ answer: absent([3, 5]) });
    expect(await finish()).toBeNull();
    expect(said).toEqual([
      ...['2 whatsapp', '3 whatsapp', '4 whatsapp', '5 whatsapp', '6 whatsapp', '7 whatsapp'],
      ...['3 sms', '5 sms'],
    ]);
    expect(run.progress()).toMatchObject({ accepted: 6, rejected: 0, unknown: 0, fellBack: 2, inFlight: 0 });
    expect(await checkpoint.balance()).toMatchObject({ rows: 6, accepted: 6, unsent: 0 });
  });

  it.each<[string, Outcome]>([
    ['a refusal for another reason', rejected('row', '131047')],
    ['a refusal that may pass', rejected('transient', '131049')],
    ['an unknown outcome', unknown],
    ['an unknown outcome with that very code', { kind: 'unknown', code: '131026', reason: 'late', requestId: null }],
  ])('writes no text message after %s', async (_name, outcome) => {
    const { finish, said, run } = scene({ messages: withTexts(1), answer: () => outcome });
    expect(await finish()).toBeNull();
    expect(said).toEqual(['2 whatsapp']);
    expect(run.progress()).toMatchObject({ fellBack: 0, [outcome.kind]: 1 });
  });

  it('ends a row refused whose text message is refused, even with the code that is named', async () => {
    const { finish, said, run } = scene({ messages: withTexts(1), answer: () => notOnWhatsapp });
    expect(await finish()).toBeNull();
    expect(said).toEqual(['2 whatsapp', '2 sms']);
    expect(run.progress()).toMatchObject({ fellBack: 1, rejected: 1, accepted: 0 });
  });

  it('repeats a text message that was throttled, and none that is unknown', async () => {
    const { finish, said, checkpoint } = scene({
      messages: withTexts(2),
      answer: absent([2, 3], ({ row }, time) => {
        if (row === 3) return unknown;
        return time < 4 ? throttled() : accepted;
      }),
    });
    expect(await finish()).toBeNull();
    expect(said.slice(2)).toEqual(['2 sms', '2 sms', '2 sms', '3 sms']);
    expect(await checkpoint.balance()).toMatchObject({ accepted: 1, unknown: 1, unsent: 0 });
  });

  it('keeps each service to its own quota', async () => {
    const messages = withTexts(40);
    const { finish, requests } = scene({
      messages,
      concurrency: 64,
      rate: { count: 10, perMs: 1_000 },
      texts: { rate: { count: 1_000, perMs: 1_000 } },
      answer: absent(messages.map(({ row }) => row)),
    });
    expect(await finish()).toBeNull();
    const spanOf = (channel: string) => {
      const times = requests.filter((request) => request.channel === channel).map(({ at }) => at);
      return Math.max(...times) - Math.min(...times);
    };
    expect(spanOf('whatsapp')).toBeGreaterThanOrEqual(3_000);
    expect(spanOf('sms')).toBeLessThan(1_000);
  });

  it('packs text messages together, and takes a refused request of them apart', async () => {
    const messages = withTexts(16);
    const { finish, requests, checkpoint } = scene({
      messages,
      texts: { batches: { maxMessagesPerRequest: 8, fits: () => true, refusesTogether: true } },
      answer: absent(
        messages.map(({ row }) => row),
        ({ row }) => (row === 4 ? rejected('row', 'isv.MOBILE_NUMBER_ILLEGAL') : accepted),
      ),
    });
    expect(await finish()).toBeNull();
    const texts = requests.filter(({ channel }) => channel === 'sms').map(({ rows }) => rows);
    expect(texts).toEqual([
      [2, 3, 4, 5, 6, 7, 8, 9],
      [2, 3, 4, 5],
      [2, 3],
      [4, 5],
      [4],
      [5],
      [6, 7, 8, 9],
      [10, 11, 12, 13, 14, 15, 16, 17],
    ]);
    expect(await checkpoint.balance()).toMatchObject({ accepted: 15, rejected: 1, unsent: 0 });
  });

  it('lets text messages go to a number as soon as they may, whatever spaces the messages before', async () => {
    const { finish, requests } = scene({
      messages: withTexts(2, { to: '8613800000000' }),
      pairMs: 6_000,
      answer: absent([2, 3]),
    });
    expect(await finish()).toBeNull();
    const [first = 0, second = 0, third = 0, fourth = 0] = requests.map(({ at }) => at);
    expect(requests.map(({ channel }) => channel)).toEqual(['whatsapp', 'whatsapp', 'sms', 'sms']);
    expect(second - first).toBeGreaterThanOrEqual(6_000);
    expect(fourth - third).toBeLessThan(1_000);
  });

  it('takes a row that falls back for no failure, and counts the failures of both lanes together', async () => {
    const messages = withTexts(20);
    const { finish, said } = scene({
      messages,
      stopAfter: { failures: { kind: 'count', count: 3 }, atLeast: 1 },
      answer: (message) => {
        if (message.channel === 'sms') return rejected('row', 'isv.MOBILE_NUMBER_ILLEGAL');
        return message.row === 2 ? rejected('row', '131047') : notOnWhatsapp;
      },
    });
    expect(await finish()).toEqual({ kind: 'failures', failed: 3, answered: 3 });
    expect(said.slice(20)).toEqual(['3 sms', '4 sms']);
  });

  it('counts a row once to its limit, and takes those in line for text messages for what is left of it', async () => {
    const first = scene({ messages: withTexts(8), limit: 3, answer: absent([2, 3, 6, 7]) });
    expect(await first.finish()).toBeNull();
    expect(first.said).toEqual(['2 whatsapp', '3 whatsapp', '4 whatsapp', '2 sms', '3 sms']);
    expect(await first.checkpoint.balance()).toMatchObject({ accepted: 3, unsent: 5 });

    const stopped = scene({
      goesOnFrom: first,
      texts: { hours: () => ({ kind: 'closed', opensAt: 0 }) },
      answer: absent([6, 7]),
    });
    expect(await stopped.finish()).toMatchObject({ kind: 'hours' });
    const last = scene({ goesOnFrom: first, limit: 1 });
    expect(await last.finish()).toBeNull();
    expect(last.said).toEqual(['6 sms']);
  });

  it('writes to one address alone, whichever way', async () => {
    const { finish, said } = scene({ only: aMessage(4).to, answer: absent([3, 4]) });
    expect(await finish()).toBeNull();
    expect(said).toEqual(['4 whatsapp', '4 sms']);
  });
});

describe('a stop of the first lane', () => {
  it('lets text messages go where it is the daily cap, which does not count them', async () => {
    const first = scene({ dailyCap: 2, answer: absent([2, 4]) });
    const startedAt = first.clock.now();
    const goesOnAt = startedAt + 1_000 + day;
    expect(await first.finish()).toEqual({ kind: 'dailyCap', cap: 2, left: 2, goesOnAt });
    expect(first.said).toEqual(['2 whatsapp', '3 whatsapp', '4 whatsapp', '5 whatsapp', '2 sms', '4 sms']);
    expect(await first.checkpoint.balance()).toMatchObject({ accepted: 4, unsent: 2 });

    await first.clock.advance(goesOnAt - first.clock.now());
    const next = scene({ goesOnFrom: first, dailyCap: 2 });
    expect(await next.finish()).toBeNull();
    expect(next.said).toEqual(['6 whatsapp', '7 whatsapp']);
  });

  it('ends the execution where the account is refused', async () => {
    const refusal = rejected('account', 'Product.Unsubscript');
    const { finish, said, checkpoint, clock } = scene({
      answer: ({ row }) => (row === 2 ? notOnWhatsapp : refusal),
    });
    expect(await finish()).toEqual({ kind: 'refused', refusal, channel: 'whatsapp' });
    expect(said).toEqual(['2 whatsapp', '3 whatsapp']);
    expect(await clock.outlast(checkpoint.inLine('sms'))).toBe(1);
    expect(await clock.outlast(checkpoint.inLine('whatsapp'))).toBe(5);
  });

  it('ends the execution where a person asks, also with the very last answer of the lane', async () => {
    const first = scene({
      messages: withTexts(3),
      answer: (message, time) => {
        if (message.row === 4) first.run.stop({ kind: 'interrupted' }, 5_000);
        return absent([3, 4])(message, time);
      },
    });
    expect(await first.finish()).toEqual({ kind: 'interrupted' });
    expect(first.said).toEqual(['2 whatsapp', '3 whatsapp', '4 whatsapp']);
    const next = scene({ goesOnFrom: first });
    expect(await next.finish()).toBeNull();
    expect(next.said).toEqual(['3 sms', '4 sms']);
  });
});

describe('a stop of the second lane', () => {
  it('is taken up there', async () => {
    const first = scene({
      answer: absent([2, 3, 4], ({ row }) => {
        if (row === 3) first.run.stop({ kind: 'interrupted' }, 5_000);
        return accepted;
      }),
    });
    expect(await first.finish()).toEqual({ kind: 'interrupted' });
    const next = scene({ goesOnFrom: first });
    expect(await next.finish()).toBeNull();
    expect(next.said).toEqual(['4 sms']);
    expect(await next.checkpoint.balance()).toMatchObject({ accepted: 6, unsent: 0 });
  });

  it('says which service refused', async () => {
    const refusal = rejected('account', 'isv.AMOUNT_NOT_ENOUGH');
    const { finish, checkpoint } = scene({ answer: absent([2, 3], () => refusal) });
    expect(await finish()).toEqual({ kind: 'refused', refusal, channel: 'sms' });
    expect(await checkpoint.balance()).toMatchObject({ accepted: 4, rejected: 0, unsent: 2 });
  });

  it('is that of its maximal duration, which both lanes share', async () => {
    const { finish, said } = scene({
      messages: withTexts(3),
      maxDurationMs: 350,
      latencyMs: 100,
      answer: absent([2, 3, 4]),
    });
    expect(await finish()).toEqual({ kind: 'duration', afterMs: 350 });
    expect(said).toEqual(['2 whatsapp', '3 whatsapp', '4 whatsapp', '2 sms']);
  });
});

describe('hours of text messages', () => {
  it('hold them back alone, and nothing where none is in line', async () => {
    const closed = { hours: () => ({ kind: 'closed', opensAt: 5 * hour }) as const };
    const calm = scene({ texts: closed });
    expect(await calm.finish()).toBeNull();

    const { finish, said, checkpoint } = scene({ texts: closed, answer: absent([3]) });
    expect(await finish()).toEqual({ kind: 'hours', opensAt: 5 * hour });
    expect(said).toHaveLength(6);
    expect(await checkpoint.balance()).toMatchObject({ accepted: 5, unsent: 1 });
  });

  it('are asked for when their turn has come, not when the run began', async () => {
    const asked: number[] = [];
    const { finish, said, clock } = scene({
      messages: withTexts(4),
      rate: { count: 1, perMs: hour },
      texts: {
        rate: { count: 100, perMs: 1_000 },
        hours(now) {
          asked.push(now);
          return { kind: 'open', closing: null };
        },
      },
      answer: absent([2]),
    });
    const startedAt = clock.now();
    expect(await finish()).toBeNull();
    expect(said.at(-1)).toBe('2 sms');
    expect(asked).toHaveLength(1);
    expect((asked[0] ?? 0) - startedAt).toBeGreaterThanOrEqual(3 * hour);
  });

  it('end while they go, and the rest waits', async () => {
    const messages = withTexts(10);
    const scenery = scene({
      messages,
      latencyMs: 100,
      texts: {
        hours: (now) => ({ kind: 'open', closing: { closesAt: now + 350, opensAt: now + 12 * hour } }),
      },
      answer: absent(messages.map(({ row }) => row)),
    });
    expect(await scenery.finish()).toMatchObject({ kind: 'hours' });
    const texts = scenery.said.filter((each) => each.endsWith('sms')).length;
    expect(texts).toBeGreaterThan(0);
    expect(texts).toBeLessThan(10);
    expect(await scenery.checkpoint.balance()).toMatchObject({ accepted: texts, unsent: 10 - texts });
  });
});
