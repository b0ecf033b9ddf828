/** A run whose messages have fallbacks, on fakes. */
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/domain/message.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { aSessionMessage } from '../support/a-message.ts';
import { accepted, rejected, throttled, unknown } from '../support/outcomes.ts';
import { aRun, type SceneOptions } from './run-scene.ts';

const fallbackOn = ['SessionWindowExpired', '131047'];
const windowClosed = rejected('row', 'SessionWindowExpired');

function messages(count: number): readonly Message[] {
  return Array.from({ length: count }, (_, index) => aSessionMessage(index + 2));
}

/** What was handed over, in order: the row, and whether as its message or as its template. */
function scene(options: SceneOptions) {
  const said: string[] = [];
  const { answer = () => accepted, ...rest } = options;
  const run = aRun({
    messages: messages(6),
    concurrency: 1,
    fallbackOn,
    ...rest,
    answer: (message, time) => {
      said.push(`${message.row} ${message.content.kind}`);
      return answer(message, time);
    },
  });
  return { ...run, said };
}

/** Windows that are closed for these rows; their templates meet `then`. */
function closedFor(rows: readonly number[], then: (message: Message, time: number) => Outcome = () => accepted) {
  return (message: Message, time: number): Outcome => {
    if (message.content.kind === 'template') return then(message, time);
    return rows.includes(message.row) ? windowClosed : accepted;
  };
}

describe('a run of messages with fallbacks', () => {
  it('hands a row that was refused for a named reason over once more, as its fallback, before any other', async () => {
    const { finish, said, run, checkpoint } = scene({ answer: closedFor([3, 5]) });
    expect(await finish()).toBeNull();
    expect(said).toEqual([
      '2 session',
      '3 session',
      '3 template',
      '4 session',
      '5 session',
      '5 template',
      '6 session',
      '7 session',
    ]);
    expect(run.progress()).toMatchObject({ accepted: 6, rejected: 0, unknown: 0, fellBack: 2 });
    expect(await checkpoint.balance()).toMatchObject({ rows: 6, accepted: 6, unsent: 0 });
  });

  it('hands over the words of the fallback, the rest of the message as it was, and nothing to fall back to again', async () => {
    const heard: Message[] = [];
    const [two] = messages(1);
    const { finish } = scene({
      messages: messages(1),
      answer: (message) => {
        heard.push(message);
        return message.content.kind === 'session' ? windowClosed : accepted;
      },
    });
    await finish();
    expect(heard).toEqual([two, { ...two, content: two?.fallback, fallback: null }]);
  });

  it.each<[string, Outcome]>([
    ['a refusal for another reason', rejected('row', '131026')],
    ['a refusal that may pass', rejected('transient', '131049')],
    ['an unknown outcome', unknown],
    ['an unknown outcome with that very code', { kind: 'unknown', code: '131047', reason: 'late', requestId: null }],
  ])('leaves a row where it is after %s', async (_name, outcome) => {
    const { finish, said, run } = scene({ messages: messages(1), answer: () => outcome });
    await finish();
    expect(said).toEqual(['2 session']);
    expect(run.progress()).toMatchObject({ fellBack: 0, [outcome.kind]: 1 });
  });

  it('leaves a row refused that has no fallback, whatever the reason', async () => {
    const { finish, said, run } = scene({
      messages: [aSessionMessage(2, { fallback: null })],
      answer: () => windowClosed,
    });
    await finish();
    expect(said).toEqual(['2 session']);
    expect(run.progress()).toMatchObject({ fellBack: 0, rejected: 1 });
  });

  it('falls back for nothing where no code is named', async () => {
    const { finish, said } = scene({ messages: messages(2), fallbackOn: [], answer: () => windowClosed });
    await finish();
    expect(said).toEqual(['2 session', '3 session']);
  });

  it('stops for the account, and the row stays in line as its message, also where that code is named', async () => {
    const refusal = rejected('account', 'SessionWindowExpired');
    const { finish, said, checkpoint, clock } = scene({ messages: messages(1), answer: () => refusal });
    expect(await finish()).toEqual({ kind: 'refused', refusal, channel: 'whatsapp' });
    expect(said).toEqual(['2 session']);
    expect(await clock.outlast(checkpoint.pending(0, 10, null))).toEqual(messages(1));
  });

  it('ends a row refused whose fallback is refused, even for the same reason', async () => {
    const { finish, said, run, checkpoint } = scene({ messages: messages(1), answer: () => windowClosed });
    await finish();
    expect(said).toEqual(['2 session', '2 template']);
    expect(run.progress()).toMatchObject({ fellBack: 1, rejected: 1, accepted: 0 });
    expect(await checkpoint.balance()).toMatchObject({ rejected: 1, unsent: 0 });
  });

  it('hands a fallback over again that was throttled, as the fallback', async () => {
    const { finish, said } = scene({
      messages: messages(2),
      answer: closedFor([2], (_message, time) => (time < 4 ? throttled() : accepted)),
    });
    await finish();
    expect(said).toEqual(['2 session', '2 template', '2 template', '2 template', '3 session']);
  });

  it('never repeats a fallback that is unknown', async () => {
    const { finish, said, checkpoint } = scene({ messages: messages(1), answer: closedFor([2], () => unknown) });
    await finish();
    expect(said).toEqual(['2 session', '2 template']);
    expect(await checkpoint.balance()).toMatchObject({ unknown: 1, unsent: 0 });
  });

  it('takes no row that falls back for a failure', async () => {
    const all = messages(60);
    const { finish, run } = scene({
      messages: all,
      stopAfter: { failures: { kind: 'count', count: 1 }, atLeast: 1 },
      answer: closedFor(all.map(({ row }) => row)),
    });
    expect(await finish()).toBeNull();
    expect(run.progress()).toMatchObject({ accepted: 60, fellBack: 60, rejected: 0 });
  });

  it('counts a row whose fallback was refused as one failure of one answer', async () => {
    const all = messages(20);
    const { finish } = scene({
      messages: all,
      stopAfter: { failures: { kind: 'share', share: 0.5 }, atLeast: 10 },
      answer: closedFor(
        all.map(({ row }) => row),
        ({ row }) => (row % 2 === 0 ? rejected('row', '131026') : accepted),
      ),
    });
    expect(await finish()).toEqual({ kind: 'failures', failed: 5, answered: 10 });
  });

  it('counts a row once to its limit', async () => {
    const { finish, said } = scene({ limit: 2, answer: closedFor([2, 3]) });
    await finish();
    expect(said).toEqual(['2 session', '2 template', '3 session', '3 template']);
  });

  it('keeps the next message to the same number behind the fallback', async () => {
    const number = '8613800000000';
    const { finish, said, requests } = scene({
      messages: [2, 3].map((row) => aSessionMessage(row, { to: number })),
      pairMs: 6_000,
      concurrency: 8,
      latencyMs: 100,
      answer: closedFor([2, 3]),
    });
    expect(await finish()).toBeNull();
    expect(said).toEqual(['2 session', '2 template', '3 session', '3 template']);
    const [first = 0, second = 0, third = 0] = requests.map(({ at }) => at);
    expect(second - first).toBeLessThan(1_000);
    expect(third - second).toBeGreaterThanOrEqual(6_000);
  });

  it('goes on with the fallback after it was stopped in between', async () => {
    const first = scene({
      messages: messages(3),
      answer: (message) => {
        if (message.row === 3) first.run.stop({ kind: 'interrupted' }, 5_000);
        return message.row === 3 && message.content.kind === 'session' ? windowClosed : accepted;
      },
    });
    expect(await first.finish()).toEqual({ kind: 'interrupted' });
    expect(first.said).toEqual(['2 session', '3 session']);
    const second = scene({ messages: messages(3), goesOnFrom: first });
    expect(await second.finish()).toBeNull();
    expect(second.said).toEqual(['3 template', '4 session']);
  });
});
