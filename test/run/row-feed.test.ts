import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/domain/message.ts';
import { unspaced } from '../../src/run/pair-spacing.ts';
import { createRowFeed, type RowFeed, type RowLimit } from '../../src/run/row-feed.ts';
import { aMessage, someMessages } from '../support/a-message.ts';

/** A line of messages, with a note of every page that was asked for. */
function aFeed(messages: readonly Message[], limit: RowLimit | null = null) {
  const pages: number[] = [];
  const feed = createRowFeed({
    checkpoint: {
      async pending(afterRow, size) {
        pages.push(afterRow);
        return messages.filter(({ row }) => row > afterRow).slice(0, size);
      },
    },
    channel: 'whatsapp',
    limit,
    only: null,
    spacing: unspaced,
  });
  return { feed, pages };
}

async function rest(feed: RowFeed): Promise<readonly number[]> {
  const rows: number[] = [];
  for (let message = await feed.next(); message !== null; message = await feed.next()) rows.push(message.row);
  return rows;
}

describe('the line of rows', () => {
  it('gives every row once, in list order, reading on in pages', async () => {
    const messages = someMessages(1_234);
    const { feed, pages } = aFeed(messages);
    expect(await rest(feed)).toEqual(messages.map(({ row }) => row));
    expect(pages).toEqual([0, 501, 1_001]);
  });

  it('does not ask again once it has seen the end', async () => {
    const { feed, pages } = aFeed(someMessages(500));
    await rest(feed);
    expect(await rest(feed)).toEqual([]);
    expect(pages).toEqual([0, 501]);
  });

  it('gives what came back before everything else, in list order', async () => {
    const { feed } = aFeed(someMessages(6));
    const first = [await feed.next(), await feed.next(), await feed.next()].filter((message) => message !== null);
    feed.putBack(first.slice(2));
    feed.putBack(first.slice(0, 1));
    expect(await rest(feed)).toEqual([2, 4, 5, 6, 7]);
  });

  it('takes rows back after its end', async () => {
    const { feed } = aFeed(someMessages(2));
    await rest(feed);
    feed.putBack([aMessage(3)]);
    expect(await rest(feed)).toEqual([3]);
  });

  it('does not count what came back against its limit', async () => {
    const { feed } = aFeed(someMessages(6), { rows: 2, beside: new Set() });
    const first = await feed.next();
    feed.putBack(first === null ? [] : [first]);
    expect(await rest(feed)).toEqual([2, 3]);
  });

  it('gives rows beside its limit that have counted before, wherever they stand', async () => {
    const { feed } = aFeed(someMessages(1_200), { rows: 2, beside: new Set([3, 1_100]) });
    expect(await rest(feed)).toEqual([2, 3, 4, 1_100]);
  });

  it('reads no further than its limit lets it', async () => {
    const { feed, pages } = aFeed(someMessages(1_200), { rows: 2, beside: new Set([3]) });
    expect(await rest(feed)).toEqual([2, 3, 4]);
    expect(pages).toEqual([0]);
  });

  it('tells what is left of its limit, with rows that have counted', async () => {
    const { feed } = aFeed(someMessages(6), { rows: 4, beside: new Set([7]) });
    await feed.next();
    expect(feed.limitLeft(new Set([2]))).toEqual({ rows: 3, beside: new Set([2, 7]) });
    expect(aFeed(someMessages(6)).feed.limitLeft(new Set([2]))).toBeNull();
  });
});
