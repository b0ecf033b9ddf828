import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleSenders } from '../../src/emulator/senders.ts';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { Cams, patience, sdkClient } from './support/sdk-client.ts';
import { callService, sendMessage } from './support/signed-request.ts';

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

const numbers = (query: Record<string, string>) =>
  callService(emulator.url, { action: 'QueryChatappPhoneNumbers', query });
const health = (query: Record<string, string>) =>
  callService(emulator.url, { action: 'GetWhatsappHealthStatus', query });

describe('QueryChatappPhoneNumbers', () => {
  it('tells every sender of the account', async () => {
    expect(await numbers({})).toEqual({
      status: 200,
      body: { Code: 'OK', Message: 'OK', RequestId: expect.any(String), PhoneNumbers: sampleSenders },
    });
  });

  it('keeps to the status that was asked for', async () => {
    expect((await numbers({ Status: 'OFFLINE' })).body).toMatchObject({
      PhoneNumbers: [{ PhoneNumber: '8613867400404', Status: 'OFFLINE' }],
    });
  });

  it('gives the SDK everything its typed answer has room for', async () => {
    const request = new Cams.QueryChatappPhoneNumbersRequest({});
    const { body } = await sdkClient(emulator.url).queryChatappPhoneNumbersWithOptions(request, patience);
    expect(body?.phoneNumbers?.[1]).toMatchObject({
      phoneNumber: '8613867400250',
      verifiedName: 'Sample Shop',
      status: 'CONNECTED',
      qualityRating: 'GREEN',
      messagingLimitTier: 'TIER_250',
      codeVerificationStatus: 'VERIFIED',
      nameStatus: 'APPROVED',
    });
  });

  it('takes messages from a sender that is not in the list', async () => {
    expect(await sendMessage(emulator.url, { From: '4915112345678' })).toMatchObject({ body: { Code: 'OK' } });
  });
});

describe('GetWhatsappHealthStatus', () => {
  it.each([
    ['8613867404376', 'AVAILABLE', []],
    ['4915112345678', 'AVAILABLE', []],
    ['8613867410000', 'LIMITED', [{ ErrorCode: '141010' }]],
    ['8613867400404', 'BLOCKED', [{ ErrorCode: '141000' }]],
  ])('tells of the sender %s that it is %s', async (PhoneNumber, state, errors) => {
    expect(await health({ CustSpaceId: 'cams-1', NodeType: 'phone', PhoneNumber })).toMatchObject({
      status: 200,
      body: {
        Code: 'OK',
        Data: {
          CanSendMessage: state,
          Entities: [
            { EntityType: 'PHONE_NUMBER', PhoneNumber, CanSendMessage: state, Errors: errors },
            { EntityType: 'WABA', CanSendMessage: 'AVAILABLE', Errors: [] },
          ],
        },
      },
    });
  });

  it.each([
    ['order_shipped', 'AVAILABLE'],
    ['old_promo', 'BLOCKED'],
  ])('tells of the template %s that it is %s', async (TemplateCode, state) => {
    const node = { CustSpaceId: 'cams-1', NodeType: 'template', TemplateCode, Language: 'en' };
    expect((await health(node)).body).toMatchObject({ Data: { CanSendMessage: state } });
  });

  it('tells of the account as a whole', async () => {
    expect((await health({ CustSpaceId: 'cams-1', NodeType: 'waba' })).body).toMatchObject({
      Data: { CanSendMessage: 'AVAILABLE', Entities: [{ EntityType: 'WABA' }] },
    });
  });

  it.each([
    ['MissingCustSpaceId', { NodeType: 'waba' }],
    ['MissingNodeType', { CustSpaceId: 'cams-1' }],
    ['InvalidParameter', { CustSpaceId: 'cams-1', NodeType: 'business' }],
    ['InvalidParameter', { CustSpaceId: 'cams-1', NodeType: 'phone' }],
    ['InvalidParameter', { CustSpaceId: 'cams-1', NodeType: 'template', TemplateCode: 'nothing', Language: 'en' }],
  ])('answers %s to %j', async (code, query) => {
    expect(await health(query)).toMatchObject({ status: 400, body: { Code: code } });
  });
});
