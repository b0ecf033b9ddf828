import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../../src/emulator/server.ts';
import { type FakeClock, fakeClock } from '../../support/fake-clock.ts';
import { callSms, international, sendSms, signedAt, verification } from '../support/sms-request.ts';

let emulator: Emulator;
let clock: FakeClock;
/** 23:59:00 of 21 November in UTC+8: messages of three days, the last of which is waiting for its carrier. */
beforeEach(async () => {
  clock = fakeClock(Date.UTC(2026, 10, 21, 15, 59));
  emulator = await startEmulator({ clock, smsUndelivered: { share: 0.5, code: 'EXPIRED' }, seed: 5 });
  await send({ PhoneNumbers: '13800000001,13800000002,13800000003,13800000004' });
  await clock.advance(60_000);
  await send(verification);
  await send({ ...international, PhoneNumbers: '85251234567' });
  await clock.advance(24 * 3_600_000);
  await send({ SignName: 'Sample Shop', TemplateParam: long });
});
afterEach(() => emulator.close());

/** 13 + 105 + 16 characters with the signature: 134, which two segments of 67 just hold. */
const long = JSON.stringify({ name: '王'.repeat(35), code: 'A'.repeat(35), date: '日'.repeat(35) });

const send = (fields: Readonly<Record<string, string>>) => sendSms(emulator.url, fields, signedAt(clock.now()));

const asked = { IsGlobe: '1', StartDate: '20261101', EndDate: '20261130', PageIndex: '1', PageSize: '50' };

function statistics(fields: Readonly<Record<string, string>> = {}) {
  return callSms(emulator.url, 'QuerySendStatistics', { ...asked, ...fields }, signedAt(clock.now()));
}

interface Statistics {
  readonly TotalSize: number;
  readonly TargetList: readonly { readonly SendDate: string; readonly TotalCount: number }[];
}

async function days(fields: Readonly<Record<string, string>> = {}) {
  const { body } = await statistics(fields);
  // The shape is asserted by the first test below.
  return (body['Data'] as Statistics).TargetList.map(({ SendDate, TotalCount }) => [SendDate, TotalCount]);
}

describe('QuerySendStatistics', () => {
  it('gives a row for each day of UTC+8, as it is billed and as the carriers answered', async () => {
    const failed = emulator
      .acceptedSms()
      .slice(0, 4)
      .filter(({ ending }) => ending === 'EXPIRED').length;
    expect(failed).toBeGreaterThan(0);
    const { status, body } = await statistics();
    const arrived = emulator.acceptedSms()[4]?.ending === 'DELIVERED' ? 1 : 0;
    expect([status, body]).toEqual([
      200,
      {
        Code: 'OK',
        Message: 'OK',
        RequestId: expect.any(String),
        Data: {
          TotalSize: 3,
          TargetList: [
            {
              SendDate: '20261121',
              TotalCount: 4,
              RespondedSuccessCount: 4 - failed,
              RespondedFailCount: failed,
              NoRespondedCount: 0,
            },
            {
              SendDate: '20261122',
              TotalCount: 1,
              RespondedSuccessCount: arrived,
              RespondedFailCount: 1 - arrived,
              NoRespondedCount: 0,
            },
            {
              SendDate: '20261123',
              TotalCount: 2,
              RespondedSuccessCount: 0,
              RespondedFailCount: 0,
              NoRespondedCount: 2,
            },
          ],
        },
      },
    ]);
  });

  it.each<[fields: Record<string, string>, found: readonly (readonly [string, number])[]]>([
    [{ IsGlobe: '2' }, [['20261122', 1]]],
    [{ StartDate: '20261122', EndDate: '20261122' }, [['20261122', 1]]],
    [{ SignName: 'Sample Shop' }, [['20261123', 2]]],
    [{ TemplateType: '0' }, [['20261122', 1]]],
    [{ TemplateType: '1', EndDate: '20261121' }, [['20261121', 4]]],
    [{ TemplateType: '7' }, []],
    [{ PageSize: '2', PageIndex: '2' }, [['20261123', 2]]],
  ])('finds by %j', async (fields, found) => {
    expect(await days(fields)).toEqual(found);
  });

  it.each<[fields: Record<string, string>, status: number, code: string]>([
    [{ IsGlobe: '' }, 400, 'MissingIsGlobe'],
    [{ StartDate: '' }, 400, 'MissingStartDate'],
    [{ PageIndex: '' }, 400, 'MissingPageIndex'],
    [{ IsGlobe: '3' }, 200, 'isv.INVALID_PARAMETERS'],
    [{ StartDate: '2026-11-01' }, 200, 'isv.INVALID_PARAMETERS'],
    [{ StartDate: '20261130', EndDate: '20261101' }, 200, 'isv.INVALID_PARAMETERS'],
    [{ TemplateType: '4' }, 200, 'isv.INVALID_PARAMETERS'],
    [{ PageSize: '100' }, 200, 'isv.INVALID_PARAMETERS'],
  ])('refuses %j', async (fields, status, code) => {
    expect(await statistics(fields)).toMatchObject({ status, body: { Code: code } });
  });
});
