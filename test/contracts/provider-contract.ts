/** What every `Provider` promises, whatever service it speaks to. */
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/domain/message.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import type { Provider } from '../../src/domain/provider.ts';

/** What the far side makes of the next requests. */
export type FarSide = 'accepts' | 'refuses' | 'throttles' | 'cuts' | 'stays silent' | 'fails inside';

export interface OpenedProvider extends AsyncDisposable {
  readonly provider: Provider;
  /** The same provider, pointed at a port on which nothing listens. */
  readonly offline: Provider;
  /** Requests that reached the far side so far. */
  requests(): number;
  make(farSide: FarSide): void;
  /** A message that the far side would accept. */
  message(row: number): Message;
  /** How many of these messages ride in one request, where more than their number bounds it; else the maximum. */
  readonly together?: number;
}

/** By which an accepted message can be asked about: its own id, or that of the messages it went with. */
function nameOf(outcome: Outcome | undefined): string {
  if (outcome?.kind !== 'accepted') return outcome?.kind ?? 'nothing';
  return outcome.messageId ?? outcome.groupMessageId;
}

/** As many as one request may carry. */
function fullBatch(provider: Provider, message: (row: number) => Message): readonly Message[] {
  const batch: Message[] = [message(1)];
  for (let row = 2; batch.length < provider.maxMessagesPerRequest; row++) {
    const next = message(row);
    if (!provider.fits(batch, next)) break;
    batch.push(next);
  }
  return batch;
}

export function providerContract(name: string, open: () => Promise<OpenedProvider>): void {
  describe(`${name} as a provider`, () => {
    async function outcomesWhen(farSide: FarSide) {
      await using opened = await open();
      const { provider, message } = opened;
      opened.make(farSide);
      const batch = fullBatch(provider, message);
      const outcomes = await provider.send(batch);
      return { outcomes, messages: batch.length, requests: opened.requests() };
    }

    it('fills a request with messages that it says fit', async () => {
      await using opened = await open();
      const { provider, message } = opened;
      expect(fullBatch(provider, message)).toHaveLength(opened.together ?? provider.maxMessagesPerRequest);
    });

    it.each([
      ['accepts', 'accepted'],
      ['refuses', 'rejected'],
      ['throttles', 'throttled'],
      ['cuts', 'unknown'],
      ['stays silent', 'unknown'],
      ['fails inside', 'unknown'],
    ] as const)(
      'makes exactly one request and says of every message what became of it when the service %s',
      async (farSide, kind) => {
        const { outcomes, messages, requests } = await outcomesWhen(farSide);
        expect(outcomes.map((outcome) => outcome.kind)).toEqual(Array(messages).fill(kind));
        expect(requests).toBe(1);
      },
    );

    it('says the same of every message of a request where it refuses them together', async () => {
      for (const farSide of ['accepts', 'refuses', 'throttles', 'cuts', 'fails inside'] as const) {
        await using opened = await open();
        const { provider, message } = opened;
        opened.make(farSide);
        const [first, ...others] = await provider.send(fullBatch(provider, message));
        if (provider.refusesTogether) for (const other of others) expect(other).toEqual(first);
      }
    });

    it('sends a part of a batch like any other batch, whatever became of the whole', async () => {
      await using opened = await open();
      const { provider, message } = opened;
      const batch = fullBatch(provider, message);
      opened.make('refuses');
      await provider.send(batch);
      opened.make('accepts');
      const middle = Math.ceil(batch.length / 2);
      const parts = [batch.slice(0, middle), batch.slice(middle), batch.filter((_, index) => index % 2 === 0)];
      for (const part of parts.filter(({ length }) => length > 0)) {
        expect((await provider.send(part)).map(({ kind }) => kind)).toEqual(part.map(() => 'accepted'));
      }
      expect(opened.requests()).toBe(1 + parts.filter(({ length }) => length > 0).length);
    });

    it('answers unreachable when nothing listens', async () => {
      await using opened = await open();
      const outcomes = await opened.offline.send([opened.message(1)]);
      expect(outcomes.map((outcome) => outcome.kind)).toEqual(['unreachable']);
      expect(opened.requests()).toBe(0);
    });

    it('names the accepted messages of every request on their own', async () => {
      await using opened = await open();
      opened.make('accepts');
      const outcomes = await Promise.all([1, 2, 3].map((row) => opened.provider.send([opened.message(row)])));
      const ids = outcomes.flat().map(nameOf);
      expect(new Set(ids).size).toBe(3);
      expect(ids).not.toContain('');
      expect(opened.requests()).toBe(3);
    });

    it('gives the messages of one request one name, or each its own', async () => {
      await using opened = await open();
      opened.make('accepts');
      const batch = fullBatch(opened.provider, opened.message);
      const outcomes = await opened.provider.send(batch);
      const own = outcomes.flatMap((outcome) => (outcome.kind === 'accepted' ? (outcome.messageId ?? []) : []));
      expect([0, batch.length]).toContain(own.length);
      // A service that names requests gives all their messages that id, as each is known by it and its number.
      expect(own.length === 0 ? [1] : [1, batch.length]).toContain(new Set(outcomes.map(nameOf)).size);
    });

    it('tells nobody who was written to, or what, when it gives a reason', async () => {
      for (const farSide of ['refuses', 'throttles', 'cuts', 'stays silent', 'fails inside'] as const) {
        await using opened = await open();
        opened.make(farSide);
        const { to, content } = opened.message(1);
        const outcomes = JSON.stringify(await opened.provider.send([opened.message(1)]));
        const words = content.kind === 'session' ? content.content : content.params;
        for (const secret of [to, ...Object.values(words)]) expect(outcomes).not.toContain(secret);
      }
    });

    it('goes on after every kind of trouble', async () => {
      await using opened = await open();
      for (const farSide of ['cuts', 'stays silent', 'fails inside', 'throttles', 'refuses'] as const) {
        opened.make(farSide);
        await opened.provider.send([opened.message(1)]);
      }
      opened.make('accepts');
      const [outcome] = await opened.provider.send([opened.message(2)]);
      expect(outcome?.kind).toBe('accepted');
    });
  });
}
