import { describe, expect, it } from 'vitest';
import { staticCredentials } from '../../../../src/adapters/providers/alibaba-cloud/credentials.ts';
import { createCamsHealth } from '../../../../src/adapters/providers/cams/health.ts';
import { createLookUps } from '../../../../src/adapters/providers/cams/look-ups.ts';
import { createCamsSenders } from '../../../../src/adapters/providers/cams/senders.ts';
import type { HealthLookup } from '../../../../src/domain/health.ts';
import { type Behaviour, bytes, closedEndpoint, json, openRawService } from '../../../support/raw-service.ts';
import { clientFor, hastyClock } from './fixtures.ts';

const credentials = staticCredentials('LTAItestkeyid', 'test-secret');

function optionsAt(endpoint: string, custSpaceId: string | null = null) {
  return { lookUps: createLookUps(clientFor(endpoint), hastyClock()), credentials, custSpaceId };
}

async function listFrom(behaviour: Behaviour) {
  await using service = await openRawService(behaviour);
  return await createCamsSenders(optionsAt(service.endpoint)).list();
}

const ok = (fields: object) => json({ Code: 'OK', Message: 'OK', RequestId: 'r-1', ...fields });
const denied = { Code: 'NoPermission', Message: 'denied' };

describe('cams senders', () => {
  it('tells every sender in sendoff words', async () => {
    const PhoneNumbers = [
      { PhoneNumber: '+86 138 6740 4376', Status: 'CONNECTED', QualityRating: 'GREEN', MessagingLimitTier: 'TIER_10K' },
      { PhoneNumber: '4915112345678', Status: 'PENDING', QualityRating: '', MessagingLimitTier: null, IsOfficial: 'Y' },
      { PhoneNumber: 12025550123, MessagingLimitTier: 'TIER_50' },
    ];
    expect(await listFrom(ok({ PhoneNumbers }))).toEqual({
      kind: 'told',
      senders: [
        {
          number: '8613867404376',
          status: 'CONNECTED',
          quality: 'GREEN',
          tierWord: 'TIER_10K',
          tier: { kind: 'people', people: 10_000 },
        },
        { number: '4915112345678', status: 'PENDING', quality: null, tierWord: null, tier: null },
        { number: '12025550123', status: null, quality: null, tierWord: 'TIER_50', tier: null },
      ],
    });
  });

  it.each([{}, { PhoneNumbers: null }, { PhoneNumbers: [] }])('tells none where the answer has %j', async (fields) => {
    expect(await listFrom(ok(fields))).toEqual({ kind: 'told', senders: [] });
  });

  it.each<[string, Behaviour, object]>([
    [
      'the right that the detail names',
      json({ ...denied, AccessDeniedDetail: { AuthAction: 'cams:QueryChatappPhoneNumbers' } }, 403),
      {
        code: 'NoPermission',
        reason: 'denied (needs the right cams:QueryChatappPhoneNumbers)',
        missingRight: 'cams:QueryChatappPhoneNumbers',
      },
    ],
    [
      'the right that a detail in JSON text names',
      json({ ...denied, AccessDeniedDetail: '{"AuthAction":"cams:Other"}' }, 403),
      { code: 'NoPermission', reason: 'denied (needs the right cams:Other)', missingRight: 'cams:Other' },
    ],
    [
      'the right of the operation where no detail comes',
      json({ ...denied, AccessDeniedDetail: 'None' }, 403),
      { code: 'NoPermission', reason: 'denied', missingRight: 'cams:QueryChatappPhoneNumbers' },
    ],
    [
      'a region that has no such operation',
      json({ Code: 'InvalidAction.NotFound', Message: 'no such api' }, 404),
      { code: 'InvalidAction.NotFound', reason: 'no such api', missingRight: null },
    ],
    [
      'an answer of another kind',
      ok({ PhoneNumbers: 'none' }),
      { code: 'UNREADABLE', reason: 'its answer cannot be read', missingRight: null },
    ],
    [
      'an answer that is no JSON',
      bytes('<html>'),
      { code: 'SyntaxError', reason: 'the answer was not JSON', missingRight: null },
    ],
  ])('says why it was told nothing: %s', async (_what, behaviour, untold) => {
    expect(await listFrom(behaviour)).toEqual({ kind: 'untold', ...untold });
  });

  it('says so where there is no connection', async () => {
    expect(await createCamsSenders(optionsAt(await closedEndpoint())).list()).toMatchObject({
      kind: 'untold',
      code: 'ECONNREFUSED',
      missingRight: null,
    });
  });

  it.each(['SignatureDoesNotMatch', 'InvalidAccessKeyId.NotFound', 'InvalidTimeStamp.Expired'])(
    'stops for %s, since nothing else would pass either',
    async (code) => {
      await expect(listFrom(json({ Code: code, Message: 'no' }, 400))).rejects.toMatchObject({
        kind: 'access',
        message: `the service refuses: ${code}: no`,
      });
    },
  );

  it('asks for a space where it acts for one, in the query', async () => {
    await using service = await openRawService(ok({ PhoneNumbers: [] }));
    await createCamsSenders(optionsAt(service.endpoint)).list();
    await createCamsSenders(optionsAt(service.endpoint, 'cams-1')).list();
    expect(service.received.map(({ action, query, form }) => ({ action, query, form }))).toEqual([
      { action: 'QueryChatappPhoneNumbers', query: {}, form: {} },
      { action: 'QueryChatappPhoneNumbers', query: { CustSpaceId: 'cams-1' }, form: {} },
    ]);
  });
});

describe('cams health', () => {
  const problem = { ErrorCode: 141006, ErrorDescription: 'No payment method.', PossibleSolution: 'Add one.' };

  it.each<[object, HealthLookup]>([
    [{ CanSendMessage: 'AVAILABLE' }, { kind: 'told', state: 'available', problems: [] }],
    [
      {
        CanSendMessage: 'BLOCKED',
        Entities: [
          { EntityType: 'PHONE_NUMBER', CanSendMessage: 'AVAILABLE' },
          { EntityType: 'WABA', CanSendMessage: 'BLOCKED', Errors: [problem] },
        ],
      },
      {
        kind: 'told',
        state: 'blocked',
        problems: [{ entity: 'WABA', code: '141006', description: 'No payment method.', solution: 'Add one.' }],
      },
    ],
    [
      { CanSendMessage: 'LIMITED', Entities: [{ Errors: [{}] }] },
      {
        kind: 'told',
        state: 'limited',
        problems: [{ entity: 'UNKNOWN', code: 'UNKNOWN', description: 'no description', solution: null }],
      },
    ],
    [
      { CanSendMessage: 'PERHAPS' },
      { kind: 'untold', code: 'UNREADABLE', reason: 'its answer cannot be read', missingRight: null },
    ],
  ])('reads %j', async (Data, health) => {
    await using service = await openRawService(ok({ Data }));
    expect(await createCamsHealth(optionsAt(service.endpoint, 'cams-1')).ofSender('8613867404376')).toEqual(health);
    expect(service.received.map(({ action, query }) => ({ action, query }))).toEqual([
      {
        action: 'GetWhatsappHealthStatus',
        query: { CustSpaceId: 'cams-1', NodeType: 'phone', PhoneNumber: '8613867404376' },
      },
    ]);
  });

  it('names the right that is missing', async () => {
    await using service = await openRawService(json(denied, 403));
    expect(await createCamsHealth(optionsAt(service.endpoint, 'cams-1')).ofSender('8613867404376')).toEqual({
      kind: 'untold',
      code: 'NoPermission',
      reason: 'denied',
      missingRight: 'cams:GetWhatsappHealthStatus',
    });
  });
});
