import { describe, expect, it } from 'vitest';
import { createSmsSendDetails } from '../../../../src/adapters/providers/sms/send-details.ts';
import type { DetailsQuery } from '../../../../src/domain/sms/send-details.ts';
import { type Behaviour, cut, json, openRawService } from '../../../support/raw-service.ts';
import { lookUpsAt, ok } from './fixtures.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);
const noon = at('2026-11-21T12:00:00');

const query: DetailsQuery = { to: '8613800138000', from: noon, until: noon + 60_000, bizId: null };

function wireDetail(changes: object = {}): object {
  return {
    PhoneNum: '13800138000',
    SendStatus: 3,
    ErrCode: 'DELIVERED',
    Content: '【阿里云】您好Ann，您的订单已发货。',
    SendDate: '2026-11-21 12:00:10',
    ReceiveDate: '2026-11-21 12:00:14',
    OutId: 'run-1.2',
    TemplateCode: 'SMS_100001',
    ...changes,
  };
}

function page(total: number, details: readonly object[]): object {
  return ok({ TotalCount: String(total), SmsSendDetailDTOs: { SmsSendDetailDTO: details } });
}

/** Serves so many details a day, in the pages that are asked for. */
function shelf(days: Readonly<Record<string, number>>): Behaviour {
  return (response, call) => {
    const { SendDate = '', PageSize, CurrentPage } = call.query;
    const all = Array.from({ length: days[SendDate] ?? 0 }, (_, index) =>
      wireDetail({ OutId: `${SendDate}.${index}` }),
    );
    const end = Number(CurrentPage) * Number(PageSize);
    json(page(all.length, all.slice(end - Number(PageSize), end)))(response, call);
  };
}

async function read(behaviour: Behaviour, changes: Partial<DetailsQuery> = {}) {
  await using service = await openRawService(behaviour);
  const reading = await createSmsSendDetails(lookUpsAt(service.endpoint)).read({ ...query, ...changes });
  return { reading, received: service.received.map(({ action, query: asked }) => ({ action, ...asked })) };
}

describe('sms send details', () => {
  it('asks by number and day, with the id of the request where there is one', async () => {
    const { received } = await read(shelf({}), { bizId: '9006^0' });
    expect(received).toEqual([
      {
        action: 'QuerySendDetails',
        PhoneNumber: '8613800138000',
        SendDate: '20261121',
        PageSize: '50',
        CurrentPage: '1',
        BizId: '9006^0',
      },
    ]);
  });

  it('reads what became of a message', async () => {
    const { reading } = await read(json(page(1, [wireDetail()])));
    expect(reading).toEqual({
      kind: 'whole',
      details: [
        {
          status: 'delivered',
          carrierCode: 'DELIVERED',
          text: '【阿里云】您好Ann，您的订单已发货。',
          templateCode: 'SMS_100001',
          outId: 'run-1.2',
          sentAt: at('2026-11-21T12:00:10'),
          receivedAt: at('2026-11-21T12:00:14'),
        },
      ],
    });
  });

  it.each([
    [1, 'waiting'],
    [2, 'failed'],
    [3, 'delivered'],
    ['2', 'failed'],
    [9, 'unknown'],
    [undefined, 'unknown'],
  ])('reads the status %j as %s', async (SendStatus, status) => {
    const { reading } = await read(json(page(1, [wireDetail({ SendStatus })])));
    expect(reading).toMatchObject({ details: [{ status }] });
  });

  it('keeps a carrier code that nobody listed, and does without what is absent', async () => {
    const { reading } = await read(
      json(page(1, [{ SendStatus: 2, ErrCode: 'XY:0042', Content: '', SendDate: 'yesterday' }])),
    );
    expect(reading).toEqual({
      kind: 'whole',
      details: [
        {
          status: 'failed',
          carrierCode: 'XY:0042',
          text: null,
          templateCode: null,
          outId: null,
          sentAt: null,
          receivedAt: null,
        },
      ],
    });
  });

  it.each([
    // In China it is the 22nd, by UTC the 21st.
    ['just after midnight in China', '2026-11-22T00:05:00', ['20261121', '20261122']],
    ['just before midnight in China', '2026-11-21T23:50:00', ['20261121', '20261122']],
    ['before eight in China', '2026-11-22T07:00:00', ['20261121', '20261122']],
    ['after eight in China', '2026-11-22T09:00:00', ['20261122']],
  ])('asks for every day that it may have been, %s', async (_name, time, days) => {
    const { received } = await read(shelf({}), { from: at(time), until: at(time) + 1_000 });
    expect(received.map((asked) => 'SendDate' in asked && asked.SendDate)).toEqual(days);
  });

  it('asks for every day of a long stretch, once', async () => {
    const { received } = await read(shelf({}), { from: noon, until: noon + 3 * 24 * 60 * 60_000 });
    expect(received.map((asked) => 'SendDate' in asked && asked.SendDate)).toEqual([
      '20261121',
      '20261122',
      '20261123',
      '20261124',
    ]);
  });

  it.each([0, 49, 50, 51, 100, 120])('reads all pages of a day with %i messages', async (count) => {
    const { reading, received } = await read(shelf({ '20261121': count }));
    if (reading.kind !== 'whole') throw new Error(reading.reason);
    expect(new Set(reading.details.map(({ outId }) => outId)).size).toBe(count);
    expect(reading.details.length).toBe(count);
    expect(received.length).toBe(Math.max(1, Math.ceil(count / 50)));
  });

  it('reads on until a page is short where no total is told', async () => {
    const { reading, received } = await read((response, call) => {
      const details = Array.from({ length: call.query['CurrentPage'] === '1' ? 50 : 3 }, () => wireDetail());
      json(ok({ SmsSendDetailDTOs: { SmsSendDetailDTO: details } }))(response, call);
    });
    expect(reading).toMatchObject({ kind: 'whole', details: { length: 53 } });
    expect(received.length).toBe(2);
  });

  it.each<[string, Behaviour, object]>([
    ['stays silent', cut, { code: 'ECONNRESET', reason: 'the connection broke before the whole answer came' }],
    [
      'has fewer than it says',
      json(page(3, [])),
      { code: 'PAGE_MISSING', reason: 'the details have fewer entries than they say' },
    ],
    [
      'has an entry of another shape',
      json(page(1, [{ SendStatus: {} }])),
      { code: 'UNREADABLE_DETAILS', reason: 'the details have an entry that sendoff cannot read' },
    ],
    [
      'has a total that is no number',
      json(ok({ TotalCount: 'many', SmsSendDetailDTOs: { SmsSendDetailDTO: [] } })),
      { code: 'UNREADABLE_DETAILS' },
    ],
  ])('is no proof of anything where the service %s', async (_name, behaviour, broken) => {
    const { reading } = await read(behaviour);
    expect(reading).toMatchObject({ kind: 'broken', ...broken });
  });

  it('says who refuses, and does not repeat the number', async () => {
    const refused = json({ Code: 'isv.OUT_OF_SERVICE', Message: `no, ${query.to}` });
    await expect(read(refused)).rejects.toMatchObject({
      kind: 'blocked',
      message: 'the service refuses: isv.OUT_OF_SERVICE: no, …',
    });
  });
});
