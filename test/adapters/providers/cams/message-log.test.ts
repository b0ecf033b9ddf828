import { describe, expect, it } from 'vitest';
import type { CredentialSource } from '../../../../src/adapters/providers/alibaba-cloud/credentials.ts';
import { staticCredentials } from '../../../../src/adapters/providers/alibaba-cloud/credentials.ts';
import { createLookUps } from '../../../../src/adapters/providers/cams/look-ups.ts';
import { createCamsMessageLog } from '../../../../src/adapters/providers/cams/message-log.ts';
import type { Clock } from '../../../../src/domain/clock.ts';
import type { MessageLog } from '../../../../src/domain/message-log.ts';
import { type Behaviour, cut, json, openRawService } from '../../../support/raw-service.ts';
import { clientFor, messageTo } from './fixtures.ts';

const key = staticCredentials('LTAItestkeyid', 'test-secret');

/** Does not wait for what is scheduled. */
const hasty: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  schedule(_ms, callback) {
    const immediate = setImmediate(callback);
    return () => clearImmediate(immediate);
  },
};

function logAt(
  endpoint: string,
  custSpaceId: string | null = 'cams-test',
  credentials: CredentialSource = key,
): MessageLog {
  const lookUps = createLookUps(clientFor(endpoint, credentials), hasty);
  return createCamsMessageLog({ lookUps, credentials, custSpaceId, beginsAt: null });
}

const to = '8613800000001';
const query = { like: messageTo(to), from: 1_000, until: 2_000 };

function row(id: number, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    BusinessNumber: '8613867404376',
    UserNumber: to,
    EventAction: 'DOWN',
    LanguageCode: 'en',
    Message: 'Hi Ann',
    MessageId: `m-${id}`,
    SendTime: '2026-03-02T17:30:00.000+08:00',
    TemplateCode: 'order_shipped',
    Type: 'template',
    UniqueMessageId: `u-${id}`,
    ...changes,
  };
}

function answer(data: unknown): Record<string, unknown> {
  return { Code: 'OK', Message: 'OK', RequestId: 'r-1', Success: true, Data: data };
}

/** A log of these rows, in pages as they are asked for. */
function pages(rows: readonly unknown[]): Behaviour {
  return (response, call) => {
    const { Index, Size } = JSON.parse(call.query['Page'] ?? '{}');
    json(answer(rows.slice((Index - 1) * Size, Index * Size)))(response, call);
  };
}

describe('the log of the service', () => {
  it('is asked by sender, recipient, template and time, for what the business sent', async () => {
    await using service = await openRawService(pages([]));
    expect(await logAt(service.endpoint).read(query)).toEqual({ kind: 'whole', entries: [] });
    expect(service.received.map(({ action, query: fields, form }) => ({ action, fields, form }))).toEqual([
      {
        action: 'ListChatappMessage',
        fields: {
          BusinessNumber: '8613867404376',
          UserNumber: to,
          ChannelType: 'whatsapp',
          TemplateCode: 'order_shipped',
          EventAction: 'DOWN',
          StartTime: '1000',
          EndTime: '2000',
          CustSpaceId: 'cams-test',
          Page: '{"Index":1,"Size":10}',
        },
        form: {},
      },
    ]);
  });

  it('is asked without a space where none is known', async () => {
    await using service = await openRawService(pages([]));
    await logAt(service.endpoint, null).read(query);
    expect(service.received.map(({ query: fields }) => 'CustSpaceId' in fields)).toEqual([false]);
  });

  it('gives its entries in our words', async () => {
    await using service = await openRawService(pages([row(1)]));
    expect(await logAt(service.endpoint).read(query)).toEqual({
      kind: 'whole',
      entries: [
        {
          messageId: 'm-1',
          otherId: 'u-1',
          ownRequestId: null,
          to,
          templateCode: 'order_shipped',
          language: 'en',
          sentAt: Date.UTC(2026, 2, 2, 9, 30),
          text: 'Hi Ann',
          delivery: null,
        },
      ],
    });
  });

  it.each<[what: string, changes: Record<string, unknown>, entry: Record<string, unknown>]>([
    ['only its other id', { MessageId: '' }, { messageId: 'u-1', otherId: null }],
    ['one id twice', { UniqueMessageId: 'm-1' }, { messageId: 'm-1', otherId: null }],
    ['a time in milliseconds', { SendTime: 1_772_443_800_000 }, { sentAt: 1_772_443_800_000 }],
    ['a time with a short offset', { SendTime: '2026-03-02T17:30:00+0800' }, { sentAt: Date.UTC(2026, 2, 2, 9, 30) }],
    ['a time without a zone', { SendTime: '2026-03-02 17:30:00' }, { sentAt: null }],
    ['no time', { SendTime: null }, { sentAt: null }],
    ['an object for its words', { Message: { name: 'Ann' } }, { text: '{"name":"Ann"}' }],
    ['no words', { Message: undefined }, { text: null }],
    ['a number with a plus', { UserNumber: `+${to}` }, { messageId: 'm-1', to }],
    ['a number that is hidden', { UserNumber: '86138****0001' }, { messageId: 'm-1', to: null }],
    ['success', { MessageStatus: 'success', MessageStatusName: 'success', FailReason: '' }, { delivery: null }],
    [
      'a failure',
      { MessageStatus: 'failed', FailReason: `131026:${to} is gone` },
      { delivery: 'failed: 131026:… is gone' },
    ],
    ['a reason alone', { MessageStatus: 'success', FailReason: '131049' }, { delivery: '131049' }],
    ['a word of its own', { MessageStatus: '2', MessageStatusName: 'sending' }, { delivery: 'sending' }],
    ['neither numbers nor kind', { UserNumber: null, BusinessNumber: '', Type: null }, { messageId: 'm-1' }],
  ])('gives an entry that has %s', async (_, changes, entry) => {
    await using service = await openRawService(pages([row(1, changes)]));
    expect(await logAt(service.endpoint).read(query)).toMatchObject({ kind: 'whole', entries: [entry] });
  });

  it.each<[what: string, changes: Record<string, unknown>]>([
    ['to another number', { UserNumber: '8613800000002' }],
    ['from another sender', { BusinessNumber: '8613800009999' }],
    ['that the user wrote', { EventAction: 'UP' }],
    ['of free text', { Type: 'message' }],
  ])('leaves an entry out %s', async (_, changes) => {
    await using service = await openRawService(pages([row(1, changes), row(2)]));
    expect(await logAt(service.endpoint).read(query)).toMatchObject({ entries: [{ messageId: 'm-2' }] });
  });

  it('is read to a page with fewer rows than were asked for', async () => {
    const rows = Array.from({ length: 20 }, (_, index) => row(index));
    await using service = await openRawService(pages(rows));
    const reading = await logAt(service.endpoint).read(query);
    expect(reading.kind === 'whole' ? reading.entries.map(({ messageId }) => messageId) : reading).toEqual(
      rows.map(({ MessageId }) => MessageId),
    );
    expect(service.received.map(({ query: fields }) => fields['Page'])).toEqual([
      '{"Index":1,"Size":10}',
      '{"Index":2,"Size":10}',
      '{"Index":3,"Size":10}',
    ]);
  });

  it('gives an entry once that moved to the next page in between', async () => {
    await using service = await openRawService((response, call) => {
      const first = call.query['Page']?.includes('"Index":1') === true;
      const rows = first ? Array.from({ length: 10 }, (_, index) => row(index)) : [row(9), row(10)];
      json(answer(rows))(response, call);
    });
    const reading = await logAt(service.endpoint).read(query);
    expect(reading.kind === 'whole' ? reading.entries.length : reading).toBe(11);
  });
});

describe('a log that gives no whole answer', () => {
  it('is broken where every page is the same', async () => {
    const same = Array.from({ length: 10 }, (_, index) => row(index));
    await using service = await openRawService(json(answer(same)));
    expect(await logAt(service.endpoint).read(query)).toEqual({
      kind: 'broken',
      code: 'PAGE_REPEATED',
      reason: 'the log gave the same entries again',
    });
  });

  it.each<[what: string, data: unknown]>([
    ['an entry without an id', [row(1, { MessageId: null, UniqueMessageId: null })]],
    ['an entry that is no object', ['m-1']],
    ['a list that is none', { List: [] }],
  ])('is broken where it has %s, which might be the message', async (_, data) => {
    await using service = await openRawService(json(answer(data)));
    expect(await logAt(service.endpoint).read(query)).toEqual({
      kind: 'broken',
      code: 'UNREADABLE_LOG',
      reason: 'the log has an entry that sendoff cannot read',
    });
  });

  it.each([null, undefined])('is whole and empty where its list is %s', async (data) => {
    await using service = await openRawService(json(answer(data)));
    expect(await logAt(service.endpoint).read(query)).toEqual({ kind: 'whole', entries: [] });
  });

  it('is asked again, and broken in the end where it stays silent', async () => {
    await using service = await openRawService(cut);
    expect(await logAt(service.endpoint).read(query)).toMatchObject({ kind: 'broken', code: 'ECONNRESET' });
    expect(service.received).toHaveLength(4);
  });

  it('is broken where a later page does not come', async () => {
    const rows = Array.from({ length: 15 }, (_, index) => row(index));
    await using service = await openRawService((response, call) => {
      const behaviour = call.query['Page']?.includes('"Index":1') === true ? pages(rows) : cut;
      behaviour(response, call);
    });
    expect(await logAt(service.endpoint).read(query)).toMatchObject({ kind: 'broken', code: 'ECONNRESET' });
  });

  it('throws where it may not be read, naming the right', async () => {
    await using service = await openRawService(json({ Code: 'Ram.PermissionDeny', Message: 'denied' }, 403));
    await expect(logAt(service.endpoint).read(query)).rejects.toMatchObject({
      kind: 'access',
      message: 'the service refuses: Ram.PermissionDeny: denied',
      hint: expect.stringContaining('cams:ListChatappMessage'),
    });
    expect(service.received).toHaveLength(1);
  });

  it('throws where the service refuses the question', async () => {
    await using service = await openRawService(json({ Code: 'MissingCustSpaceId', Message: 'it is mandatory' }, 400));
    await expect(logAt(service.endpoint).read(query)).rejects.toMatchObject({
      kind: 'blocked',
      message: 'the service refuses: MissingCustSpaceId: it is mandatory',
    });
  });

  it('tells trouble with the credentials in their own words and asks nobody', async () => {
    await using service = await openRawService(pages([]));
    const none: CredentialSource = {
      ...key,
      getCredentials: async () => {
        throw new Error('no credentials');
      },
    };
    await expect(logAt(service.endpoint, null, none).read(query)).rejects.toThrow('no credentials');
    expect(service.received).toEqual([]);
  });
});

describe('the log of a group', () => {
  const groupQuery = { ...query, groupMessageId: 'g-1' };
  const person = (index: number) => String(8613800000000 + index);
  const group = (count: number) =>
    Array.from({ length: count }, (_, index) => row(index, { UserNumber: person(index) }));

  it('is asked by sender, template, time and group, whoever the recipients are', async () => {
    await using service = await openRawService(pages([]));
    expect(await logAt(service.endpoint).readGroup(groupQuery)).toEqual({ kind: 'whole', entries: [] });
    expect(service.received.map(({ query: fields }) => fields)).toEqual([
      {
        BusinessNumber: '8613867404376',
        ChannelType: 'whatsapp',
        TemplateCode: 'order_shipped',
        EventAction: 'DOWN',
        StartTime: '1000',
        EndTime: '2000',
        GroupMessageId: 'g-1',
        CustSpaceId: 'cams-test',
        Page: '{"Index":1,"Size":50}',
      },
    ]);
  });

  it.each([0, 49, 50, 120])('gives all of its entries, however many: %d', async (count) => {
    await using service = await openRawService(pages(group(count)));
    const reading = await logAt(service.endpoint).readGroup(groupQuery);
    const people = reading.kind === 'whole' ? reading.entries.map((entry) => entry.to) : [];
    expect(people).toEqual(group(count).map((each) => each['UserNumber']));
  });

  it('misses none where the service gives smaller pages than were asked for', async () => {
    await using service = await openRawService((response, call) => {
      const { Index } = JSON.parse(call.query['Page'] ?? '{}');
      json(answer(group(45).slice((Index - 1) * 20, Index * 20)))(response, call);
    });
    expect(await logAt(service.endpoint).readGroup(groupQuery)).toMatchObject({ entries: { length: 45 } });
  });

  it('ends where the service goes on giving its last page', async () => {
    await using service = await openRawService((response, call) => {
      const { Index } = JSON.parse(call.query['Page'] ?? '{}');
      json(answer(group(60).slice(Index === 1 ? 0 : 50, Index === 1 ? 50 : 60)))(response, call);
    });
    expect(await logAt(service.endpoint).readGroup(groupQuery)).toMatchObject({ entries: { length: 60 } });
    expect(service.received).toHaveLength(3);
  });

  it('is broken where a page stays away', async () => {
    let calls = 0;
    await using service = await openRawService((response, call) => {
      calls += 1;
      (calls === 1 ? pages(group(60)) : cut)(response, call);
    });
    expect(await logAt(service.endpoint).readGroup(groupQuery)).toMatchObject({ kind: 'broken', code: 'ECONNRESET' });
  });
});

it.each([
  ['single', 'cams:SendChatappMessage'],
  ['mass', 'cams:SendChatappMassMessage'],
] as const)('tells of a missing right with the policy of a campaign that sends in mode %s', async (mode, action) => {
  await using service = await openRawService(json({ Code: 'NoPermission', Message: 'denied' }, 403));
  const lookUps = createLookUps(clientFor(service.endpoint), hasty);
  const log = createCamsMessageLog({ lookUps, credentials: key, custSpaceId: null, beginsAt: null, mode });
  await expect(log.read(query)).rejects.toMatchObject({
    code: 'RIGHT_MISSING',
    hint: expect.stringMatching(new RegExp(`^grant cams:ListChatappMessage .*"${action}"`)),
  });
});
