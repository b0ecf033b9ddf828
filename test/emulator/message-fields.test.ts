import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { sendMessage } from './support/signed-request.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ ratePerSecond: 100_000 });
});
afterAll(() => emulator.close());

const sections = (count: number, products: number) =>
  JSON.stringify({
    ThumbnailProductRetailerId: 'p-1',
    Sections: Array.from({ length: count }, (_, index) => ({
      Title: `Section ${index}`,
      ProductItems: Array.from({ length: products }, (__, item) => ({ ProductRetailerId: `p-${index}-${item}` })),
    })),
  });

/** Every further field of the request, as a caller writes it. */
const whole = {
  Payload: '["yes","no"]',
  ProductAction: sections(10, 3),
  FlowAction: '{"FlowActionData":{"a":1,"b":{"c":true}},"FlowToken":"tk"}',
  ContextMessageId: 'm-1',
  CustSpaceId: 'cams-1',
  FallBackId: 'S0001',
  FallBackContent: 'hello',
  FallBackDuration: '60',
  FallBackRule: 'sentFailed',
  Label: 'promotion',
  Ttl: '30',
  TrackingData: 't-1',
  Tag: 'spring',
  CustWabaId: 'w-1',
  IsvCode: 'i-1',
  RecipientType: 'individual',
  Category: 'UTILITY',
  MessageCampaignId: 'c-1',
  AdAccountId: 'a-1',
  TokenType: 'x',
};

describe('the further fields of a message', () => {
  it('are all kept as they came', async () => {
    expect(await sendMessage(emulator.url, whole)).toMatchObject({ status: 200 });
    expect(emulator.accepted().at(-1)?.fields).toEqual(whole);
  });

  it('stand in the log for tests to see', async () => {
    await sendMessage(emulator.url, { Tag: 'in the log' });
    const log = await (await fetch(`${emulator.url}/_emulator/log`)).text();
    expect(JSON.parse(log.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ fields: { Tag: 'in the log' } });
  });

  it.each([
    ['FallBackDuration', '43200'],
    ['FallBackRule', 'undelivered'],
    ['Ttl', '1209600'],
    ['Label', 'transaction'],
    ['ProductAction', sections(3, 10)],
    ['Payload', '[]'],
    ['FlowAction', '{}'],
  ])('%s may be %s', async (name, value) => {
    expect(await sendMessage(emulator.url, { [name]: value })).toMatchObject({ body: { Code: 'OK' } });
  });

  it.each([
    ['FallBackDuration', '59'],
    ['FallBackDuration', '43201'],
    ['FallBackDuration', '1.5e3'],
    ['FallBackRule', 'Undelivered'],
    ['Ttl', '29'],
    ['Ttl', '1209601'],
    ['Ttl', 'a day'],
    ['Label', 'marketing'],
    ['RecipientType', 'crowd'],
    ['Category', 'utility'],
    ['Payload', 'yes,no'],
    ['Payload', '"yes"'],
    ['Payload', '[1]'],
    ['ProductAction', '[]'],
    ['ProductAction', sections(11, 1)],
    ['ProductAction', sections(1, 31)],
    ['ProductAction', sections(4, 8)],
    ['ProductAction', '{"Sections":[{"ProductItems":[{"ProductRetailerId":""}]}]}'],
    ['FlowAction', '[]'],
    ['FlowAction', '{"FlowActionData":"a"}'],
  ])('%s must not be %s, and the answer names it', async (name, value) => {
    const before = emulator.accepted().length;
    const answer = await sendMessage(emulator.url, { [name]: value });
    expect(answer).toMatchObject({
      status: 400,
      body: { Code: 'InvalidParameter', Message: expect.stringContaining(name) },
    });
    expect(emulator.accepted()).toHaveLength(before);
  });
});
