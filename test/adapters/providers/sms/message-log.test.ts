import { describe, expect, it } from 'vitest';
import { createSmsMessageLog } from '../../../../src/adapters/providers/sms/message-log.ts';
import type { LogQuery } from '../../../../src/domain/message-log.ts';
import type { DetailsQuery, DetailsReading, SendDetail } from '../../../../src/domain/sms/send-details.ts';
import { anSms } from '../../../support/an-sms.ts';

const at = Date.UTC(2026, 2, 2, 9);
const like = anSms(2, {}, { to: '8613800138000' });

function detail(changes: Partial<SendDetail> = {}): SendDetail {
  return {
    status: 'delivered',
    carrierCode: 'DELIVERED',
    text: '【阿里云】您好',
    templateCode: 'SMS_100001',
    outId: 'run-1-2',
    sentAt: at,
    receivedAt: at + 3_000,
    ...changes,
  };
}

/** A log over these details, and what was asked of them. */
function logOf(reading: DetailsReading) {
  const asked: DetailsQuery[] = [];
  const details = {
    keepsMs: 1_000,
    async read(query: DetailsQuery) {
      asked.push(query);
      return reading;
    },
  };
  return { asked, log: createSmsMessageLog({ details, beginsAt: null }) };
}

async function entriesOf(details: readonly SendDetail[], query: Partial<LogQuery> = {}) {
  const { log } = logOf({ kind: 'whole', details });
  const reading = await log.read({ like, from: at - 1_000, until: at + 60_000, ...query });
  if (reading.kind !== 'whole') throw new Error(reading.reason);
  return reading.entries;
}

describe('the message log of text messages', () => {
  it('asks for the number and the time, and for the request where its id is known', async () => {
    const { log, asked } = logOf({ kind: 'whole', details: [detail()] });
    const { entries } = await log.read({ like, from: at, until: at + 5, messageId: 'b-1^0' }).then((reading) => {
      if (reading.kind !== 'whole') throw new Error(reading.reason);
      return reading;
    });
    expect(asked).toEqual([{ to: like.to, from: at, until: at + 5, bizId: 'b-1^0' }]);
    // Found by that id, so that it has it.
    expect(entries).toEqual([
      {
        messageId: `run-1-2@${like.to}@${at}`,
        otherId: 'b-1^0',
        ownRequestId: 'run-1-2',
        to: like.to,
        templateCode: 'SMS_100001',
        language: null,
        sentAt: at,
        text: '【阿里云】您好',
        delivery: null,
      },
    ]);
    expect([log.channels, log.beginsAt, log.keepsMs]).toEqual([['sms'], null, 1_000]);
  });

  it('finds what it was asked for by an id that was made of an entry, which the service does not know', async () => {
    const { log, asked } = logOf({ kind: 'whole', details: [detail(), detail({ outId: 'run-1-9' })] });
    const messageId = `run-1-2@${like.to}@${at}`;
    const reading = await log.read({ like, from: at, until: at + 5, messageId });
    if (reading.kind !== 'whole') throw new Error(reading.reason);
    expect(asked).toEqual([{ to: like.to, from: at, until: at + 5, bizId: null }]);
    expect(reading.entries.map((entry) => [entry.messageId, entry.otherId])).toEqual([
      [messageId, null],
      [`run-1-9@${like.to}@${at}`, null],
    ]);
  });

  it.each([
    ['failed', 'MOBILE_IN_BLACK', 'failed: MOBILE_IN_BLACK'],
    ['failed', null, 'failed: no code'],
    ['waiting', null, null],
    ['unknown', 'ANY', null],
  ] as const)('says what became of a message that is %s with %s', async (status, carrierCode, delivery) => {
    expect(await entriesOf([detail({ status, carrierCode })])).toMatchObject([{ delivery }]);
  });

  it('leaves out what went at another time, and keeps what does not tell its time', async () => {
    const entries = await entriesOf(
      [
        detail({ outId: 'before', sentAt: at - 1_000 }),
        // Its times are whole seconds.
        detail({ outId: 'cut', sentAt: at - 999 }),
        detail({ outId: 'after', sentAt: at + 61_000 }),
        detail({ outId: 'untold', sentAt: null }),
      ],
      { from: at },
    );
    expect(entries.map(({ messageId }) => messageId.split('@')[0])).toEqual(['cut', 'untold']);
  });

  it('tells messages to one number apart that share an OutId, the same way in any order', async () => {
    const shared = [
      detail({ outId: 'sale', sentAt: at + 1_000 }),
      detail({ outId: 'sale', text: 'one' }),
      detail({ outId: 'sale', text: 'two' }),
      detail({ outId: null, text: 'three' }),
    ];
    const idsByText = async (details: readonly SendDetail[]) =>
      new Map((await entriesOf(details)).map(({ messageId, text, sentAt }) => [`${text} ${sentAt}`, messageId]));
    const ids = await idsByText(shared);
    expect(new Set(ids.values()).size).toBe(4);
    expect(await idsByText(shared.toReversed())).toEqual(ids);
  });

  it('passes on that the details could not be read', async () => {
    const broken = { kind: 'broken', code: 'TIMEOUT', reason: 'no answer in time' } as const;
    expect(await logOf(broken).log.read({ like, from: at, until: at })).toEqual(broken);
  });

  it('knows of no groups', async () => {
    const { log } = logOf({ kind: 'whole', details: [] });
    await expect(log.readGroup({ like, from: at, until: at, groupMessageId: 'g' })).rejects.toThrow('names no groups');
  });
});
