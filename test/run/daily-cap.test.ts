import { describe, expect, it } from 'vitest';
import { someMessages } from '../support/a-message.ts';
import { accepted, rejected, throttled, unknown } from '../support/outcomes.ts';
import { aRun } from './run-scene.ts';

const hour = 3_600_000;
const day = 24 * hour;
const messages = someMessages(12);
const rows = messages.map(({ row }) => row);

describe('a daily cap', () => {
  it('stops the run once so many went out, and lets it go on a day later', async () => {
    const first = aRun({ messages, dailyCap: 10 });
    const startedAt = first.clock.now();
    expect(await first.finish()).toEqual({ kind: 'dailyCap', cap: 10, left: 2, goesOnAt: startedAt + 1_000 + day });
    expect(first.sentRows()).toEqual(rows.slice(0, 10));

    await first.clock.advance(23 * hour);
    const early = aRun({ goesOnFrom: first, dailyCap: 10 });
    expect(await early.finish()).toEqual({ kind: 'dailyCap', cap: 10, left: 2, goesOnAt: startedAt + 1_000 + day });
    expect(early.requests).toEqual([]);

    await first.clock.advance(startedAt + 1_000 + day - first.clock.now());
    const next = aRun({ goesOnFrom: first, dailyCap: 10 });
    expect(await next.finish()).toBeNull();
    expect(next.sentRows()).toEqual(rows.slice(10));
    expect(await first.checkpoint.balance()).toMatchObject({ accepted: 12, unsent: 0 });
  });

  it('is no stop where the list ends with it', async () => {
    const { finish, sentRows } = aRun({ messages, dailyCap: 12 });
    expect(await finish()).toBeNull();
    expect(sentRows()).toEqual(rows);
  });

  it('waits for an answer alone where what is under way may use it up, though a held message has its time', async () => {
    const slow = 5;
    const to = '8613800000000';
    const twice = someMessages(4).map((message) => (message.row < slow ? { ...message, to } : message));
    const { finish, requests, clock } = aRun({
      messages: twice,
      dailyCap: 2,
      pairMs: 6_000,
      send: ([message]) =>
        new Promise((resolve) => {
          clock.schedule(message?.row === slow ? 10_000 : 80, () => resolve([accepted]));
        }),
    });
    expect(await finish()).toMatchObject({ kind: 'dailyCap', cap: 2, left: 2 });
    expect(requests.map(({ rows: sent }) => sent)).toEqual([[2], [5]]);
  });

  it('goes on by itself where the day moves on while the run lasts', async () => {
    const rate = { count: 1, perMs: 3 * hour };
    const { finish, requests, clock } = aRun({ messages, dailyCap: 10, rate });
    const startedAt = clock.monotonic();
    expect(await finish()).toBeNull();
    expect(requests.map(({ at }) => Math.round((at - startedAt) / hour))).toEqual(rows.map((_, index) => 3 * index));
  });

  it('counts unknown rows and leaves refused and throttled ones out', async () => {
    const { finish, sentRows, checkpoint } = aRun({
      messages,
      dailyCap: 3,
      concurrency: 1,
      answer: ({ row }, time) => {
        if (row === 2) return rejected();
        if (row === 3 && time === 1) return throttled(1_000);
        return row === 4 ? unknown : accepted;
      },
    });
    expect(await finish()).toMatchObject({ kind: 'dailyCap', cap: 3, left: 8 });
    expect(sentRows()).toEqual([2, 3, 3, 4, 5]);
    expect(await checkpoint.balance()).toMatchObject({ accepted: 2, unknown: 1, rejected: 1, unsent: 8 });
  });

  it('fills up to the cap again with what a refusal has left free', async () => {
    const { finish, checkpoint } = aRun({
      messages,
      dailyCap: 10,
      answer: ({ row }) => (row === 5 ? rejected() : accepted),
    });
    expect(await finish()).toMatchObject({ kind: 'dailyCap', left: 1 });
    expect(await checkpoint.balance()).toMatchObject({ accepted: 10, rejected: 1, unsent: 1 });
  });

  it('never has more under way than the day has room for', async () => {
    const { finish, requests } = aRun({ messages: someMessages(100), dailyCap: 7, latencyMs: 5_000 });
    expect(await finish()).toMatchObject({ kind: 'dailyCap' });
    expect(requests).toHaveLength(7);
    expect(Math.max(...requests.map(({ underWay }) => underWay))).toBe(7);
  });

  it('counts messages and not requests', async () => {
    const { finish, requests } = aRun({
      messages,
      dailyCap: 10,
      batches: { maxMessagesPerRequest: 4, fits: () => true, refusesTogether: false },
    });
    expect(await finish()).toMatchObject({ kind: 'dailyCap', left: 2 });
    expect(requests.map((request) => request.rows.length)).toEqual([4, 4, 2]);
  });

  it('yields to a limit that is lower', async () => {
    const { finish, sentRows } = aRun({ messages, dailyCap: 10, limit: 4 });
    expect(await finish()).toBeNull();
    expect(sentRows()).toEqual(rows.slice(0, 4));
  });
});
