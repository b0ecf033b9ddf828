import { describe, expect, it } from 'vitest';
import { languageOf, type Message } from '../../src/domain/message.ts';
import type { Provider } from '../../src/domain/provider.ts';
import { fits } from '../../src/domain/sms/pack.ts';
import { createBatchPacker } from '../../src/run/batch-packer.ts';
import { unspaced } from '../../src/run/pair-spacing.ts';
import { createRowFeed } from '../../src/run/row-feed.ts';
import { aMessage, someMessages } from '../support/a-message.ts';
import { anSms } from '../support/an-sms.ts';

const provider: Pick<Provider, 'maxMessagesPerRequest' | 'fits'> = {
  maxMessagesPerRequest: 1_000,
  fits: ([first], next) => first !== undefined && languageOf(first.content) === languageOf(next.content),
};

const inLanguage = (row: number, language: string): Message =>
  aMessage(row, { content: { kind: 'template', code: 'order_shipped', language, params: {} } });

function packerOf(
  messages: readonly Message[],
  messagesPerRequest: number,
  limit: number | null = null,
  served: Pick<Provider, 'maxMessagesPerRequest' | 'fits' | 'inOrder'> = provider,
) {
  let pages = 0;
  const checkpoint = {
    async pending(afterRow: number, rows: number) {
      pages += 1;
      return messages.filter(({ row }) => row > afterRow).slice(0, rows);
    },
  };
  const feed = createRowFeed({
    checkpoint,
    channel: 'whatsapp',
    limit: limit === null ? null : { rows: limit, beside: new Set() },
    only: null,
    spacing: unspaced,
  });
  return { packer: createBatchPacker({ feed, provider: served, messagesPerRequest }), feed, pagesRead: () => pages };
}

async function allBatches(messages: readonly Message[], size: number, limit: number | null = null) {
  const { packer } = packerOf(messages, size, limit);
  const batches: (readonly Message[])[] = [];
  for (;;) {
    const { messages: batch, isPart } = await packer.next(Number.POSITIVE_INFINITY);
    if (batch.length === 0) return batches;
    expect(isPart).toBe(false);
    batches.push(batch);
  }
}

const languages = ['en', 'zh_CN', 'de', 'fr'];
const interleaved = Array.from({ length: 4_000 }, (_, index) => inLanguage(index + 2, languages[index % 4] ?? ''));

describe('a batch packer of a provider that keeps the order', () => {
  it('ends a request where the next message does not ride in it, and reads no further', async () => {
    const texts = Array.from({ length: 3_000 }, (_, index) => anSms(index + 2, { sign: index < 1_500 ? 'A' : 'B' }));
    const { packer, pagesRead } = packerOf(texts, 1_000, null, { maxMessagesPerRequest: 1_000, inOrder: true, fits });
    const { messages: first } = await packer.next(Number.POSITIVE_INFINITY);
    expect(first.map(({ row }) => row)).toEqual(texts.slice(0, first.length).map(({ row }) => row));
    expect(pagesRead()).toBe(1);
    const rest: (readonly Message[])[] = [];
    for (;;) {
      const { messages } = await packer.next(1_000);
      if (messages.length === 0) break;
      rest.push(messages);
    }
    expect([first, ...rest].flat()).toEqual(texts);
    expect(Math.max(...[first, ...rest].map(({ length }) => length))).toBeGreaterThan(400);
  });
});

describe('a batch packer', () => {
  it('fills a request from several pages of the list', async () => {
    const messages = Array.from({ length: 2_300 }, (_, index) => aMessage(index + 2));
    const batches = await allBatches(messages, 1_000);
    expect(batches.map(({ length }) => length)).toEqual([1_000, 1_000, 300]);
    expect(batches.flat()).toEqual(messages);
  });

  it('fills requests of one language where languages change from row to row, and loses nobody', async () => {
    const batches = await allBatches(interleaved, 1_000);
    expect(batches.map((batch) => [batch[0]?.row, batch.length])).toEqual([
      [2, 1_000],
      [3, 1_000],
      [4, 1_000],
      [5, 1_000],
    ]);
    for (const batch of batches) {
      expect(new Set(batch.map(({ content }) => languageOf(content))).size).toBe(1);
      expect(batch.map(({ row }) => row)).toEqual(batch.map(({ row }) => row).toSorted((one, other) => one - other));
    }
    expect(new Set(batches.flat().map(({ row }) => row)).size).toBe(4_000);
  });

  it('begins every request with the first that is left, and looks no further than ten requests ahead', async () => {
    // One row in French, then so many in English that the next French one is too far away.
    const messages = [
      inLanguage(2, 'fr'),
      ...Array.from({ length: 150 }, (_, index) => inLanguage(index + 3, 'en')),
      inLanguage(200, 'fr'),
    ];
    const batches = await allBatches(messages, 10);
    expect(batches[0]?.map(({ row }) => row)).toEqual([2]);
    expect(batches.map((batch) => batch[0]?.row)).toEqual([
      2,
      ...Array.from({ length: 15 }, (_, index) => 3 + index * 10),
      200,
    ]);
  });

  it('takes no more than it is allowed, and reads no further than it must', async () => {
    const { packer, feed, pagesRead } = packerOf(interleaved, 1_000);
    expect((await packer.next(3)).messages.map(({ row }) => row)).toEqual([2, 6, 10]);
    expect((await packer.next(0)).messages).toEqual([]);
    expect((await feed.next())?.row).toBe(3);
    expect(pagesRead()).toBe(1);
  });

  it('counts what it passes over once against the limit', async () => {
    const batches = await allBatches(interleaved, 1_000, 10);
    expect(batches.map((batch) => batch.map(({ row }) => row))).toEqual([
      [2, 6, 10],
      [3, 7, 11],
      [4, 8],
      [5, 9],
    ]);
  });

  it('gives parts of a request before everything else, in list order, and fills none of them up', async () => {
    const { packer } = packerOf(someMessages(4), 1_000);
    const { messages } = await packer.next(3);
    packer.putFirst([messages.slice(2)]);
    packer.putFirst([messages.slice(0, 2)]);
    const rows = async (most: number) => {
      const batch = await packer.next(most);
      return [batch.messages.map(({ row }) => row), batch.isPart];
    };
    expect(await rows(0)).toEqual([[], false]);
    expect(await rows(1_000)).toEqual([[2, 3], true]);
    expect(await rows(1_000)).toEqual([[4], true]);
    expect(await rows(1_000)).toEqual([[5], false]);
  });

  it('leaves a part in line, as one, of which only some may go', async () => {
    const { packer } = packerOf(someMessages(4), 1_000);
    const { messages } = await packer.next(4);
    expect(await packer.anyInLine()).toBe(false);
    packer.putFirst([messages]);
    expect(await packer.next(3)).toEqual({ messages: messages.slice(0, 3), isPart: true });
    expect(await packer.anyInLine()).toBe(true);
    expect(await packer.next(3)).toEqual({ messages: messages.slice(3), isPart: true });
    expect(await packer.anyInLine()).toBe(false);
  });

  it('finds out whether anybody is in line without taking them out of it', async () => {
    const { packer } = packerOf(someMessages(1), 1_000);
    expect(await packer.anyInLine()).toBe(true);
    expect((await packer.next(1)).messages.map(({ row }) => row)).toEqual([2]);
    expect(await packer.anyInLine()).toBe(false);
  });
});
