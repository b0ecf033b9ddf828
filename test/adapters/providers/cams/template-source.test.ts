import { describe, expect, it } from 'vitest';
import {
  type CredentialSource,
  CredentialsMissingError,
  staticCredentials,
} from '../../../../src/adapters/providers/alibaba-cloud/credentials.ts';
import { createLookUps } from '../../../../src/adapters/providers/cams/look-ups.ts';
import { createCamsTemplateSource } from '../../../../src/adapters/providers/cams/template-source.ts';
import type { TemplateSource } from '../../../../src/domain/template-source.ts';
import { templateSourceContract } from '../../../contracts/template-source-contract.ts';
import { type Behaviour, closedEndpoint, cut, json, openRawService } from '../../../support/raw-service.ts';
import { answer, detail } from './details.ts';
import { clientFor, hastyClock } from './fixtures.ts';

const key = staticCredentials('LTAItestkeyid', 'test-secret');

function sourceAt(endpoint: string, clock = hastyClock(), credentials: CredentialSource = key): TemplateSource {
  const lookUps = createLookUps(clientFor(endpoint, credentials), clock);
  return createCamsTemplateSource({ lookUps, credentials, custSpaceId: null });
}

const library: Behaviour = (response, call) => {
  const { TemplateCode, Language, TemplateType } = call.query;
  const known = TemplateCode === 'order_shipped' && (Language === 'en' || Language === 'zh_CN');
  if (TemplateType === 'WHATSAPP' && known) return json(answer(detail({ Language })))(response, call);
  return json({ Code: 'DetailError.TemplateNotExist', Message: 'The template does not exist' }, 400)(response, call);
};

templateSourceContract('cams', async () => {
  const service = await openRawService(library);
  return {
    source: sourceAt(service.endpoint),
    [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
  };
});

describe('cams template source', () => {
  it('asks for the detail with every field in the query', async () => {
    await using service = await openRawService(library);
    await sourceAt(service.endpoint).find('order_shipped', 'zh_CN');
    expect(service.received.map(({ action, query, form }) => ({ action, query, form }))).toEqual([
      {
        action: 'GetChatappTemplateDetail',
        query: { TemplateCode: 'order_shipped', Language: 'zh_CN', TemplateType: 'WHATSAPP' },
        form: {},
      },
    ]);
  });

  it.each<[string, Behaviour]>([
    ['is throttled', json({ Code: 'Throttling.User', Message: 'busy' }, 400)],
    ['is cut off', cut],
    ['fails inside', json({ Code: 'InternalError', Message: 'oops' }, 500)],
  ])('asks again, later each time, when it %s', async (_name, trouble) => {
    await using service = await openRawService((response, call) => {
      const behaviour = service.received.length < 3 ? trouble : library;
      behaviour(response, call);
    });
    const waits: number[] = [];
    const lookup = await sourceAt(service.endpoint, hastyClock(waits)).find('order_shipped', 'en');
    expect(lookup.kind).toBe('found');
    expect(waits).toEqual([500, 1500]);
    expect(service.received.length).toBe(3);
  });

  it('gives up after the fourth try and says that nothing was wrong with the request', async () => {
    await using service = await openRawService(cut);
    await expect(sourceAt(service.endpoint).find('order_shipped', 'en')).rejects.toMatchObject({
      kind: 'unreachable',
      code: 'SERVICE_UNREACHABLE',
      message:
        'no answer about template "order_shipped": ECONNRESET: the connection broke before the whole answer came',
    });
    expect(service.received.length).toBe(4);
  });

  it('is unreachable where nothing listens', async () => {
    await expect(sourceAt(await closedEndpoint()).find('order_shipped', 'en')).rejects.toMatchObject({
      kind: 'unreachable',
      code: 'SERVICE_UNREACHABLE',
    });
  });

  it.each([
    ['SignatureDoesNotMatch', 'access'],
    ['InvalidAccessKeyId.NotFound', 'access'],
    ['InvalidAccessKeyId.Inactive', 'access'],
    ['InvalidTimeStamp.Expired', 'access'],
    ['InvalidSecurityToken.Expired', 'access'],
    ['Forbidden.RAM', 'access'],
    ['Forbidden', 'access'],
    ['NoPermission', 'access'],
    ['Ram.PermissionDeny', 'access'],
    ['Product.Unsubscript', 'blocked'],
    ['InsufficientBalance', 'blocked'],
    ['Forbidden.RiskControl', 'blocked'],
    ['Surprise.OfTheDay', 'blocked'],
  ])('refuses at once with %s as trouble of kind %s', async (code, kind) => {
    await using service = await openRawService(json({ Code: code, Message: 'no' }, 403));
    await expect(sourceAt(service.endpoint).find('order_shipped', 'en')).rejects.toMatchObject({
      kind,
      message: `the service refuses: ${code}: no`,
    });
    expect(service.received.length).toBe(1);
  });

  it('names the right that is missing, and the fix', async () => {
    const denied = {
      Code: 'Ram.PermissionDeny',
      Message: 'denied',
      AccessDeniedDetail: { AuthAction: 'cams:GetChatappTemplateDetail' },
    };
    await using service = await openRawService(json(denied, 403));
    await expect(sourceAt(service.endpoint).find('order_shipped', 'en')).rejects.toMatchObject({
      message: 'the service refuses: Ram.PermissionDeny: denied (needs the right cams:GetChatappTemplateDetail)',
      code: 'RIGHT_MISSING',
      hint: 'grant cams:GetChatappTemplateDetail to the RAM user or role: check, preview, plan, send, resume, retry, doctor need it; a policy for the whole campaign: {"Version":"1","Statement":[{"Effect":"Allow","Action":["cams:GetChatappTemplateDetail","cams:ListChatappMessage","cams:QueryChatappPhoneNumbers","cams:SendChatappMessage"],"Resource":"*"}]}',
    });
  });

  it('tells trouble with the credentials in their own words and asks nobody', async () => {
    await using service = await openRawService(library);
    const none: CredentialSource = {
      ...key,
      getCredentials: async () => {
        throw new CredentialsMissingError();
      },
    };
    const source = sourceAt(service.endpoint, hastyClock(), none);
    await expect(source.find('order_shipped', 'en')).rejects.toThrow(CredentialsMissingError);
    expect(service.received).toEqual([]);
  });

  it.each([
    ['no data', answer(null), { kind: 'missing', code: 'NO_DATA', reason: 'the service answered without a template' }],
    [
      'a language nobody speaks',
      { Code: 'InvalidParameter.LanguageNotSupport', Message: 'no' },
      { kind: 'missing', code: 'InvalidParameter.LanguageNotSupport', reason: 'no' },
    ],
  ])('answers missing for %s', async (_name, body, lookup) => {
    await using service = await openRawService(json(body));
    expect(await sourceAt(service.endpoint).find('order_shipped', 'xx')).toEqual(lookup);
  });

  it('asks in the space it acts for', async () => {
    await using service = await openRawService(library);
    const lookUps = createLookUps(clientFor(service.endpoint), hastyClock());
    await createCamsTemplateSource({ lookUps, credentials: key, custSpaceId: 'cams-1' }).find('order_shipped', 'en');
    expect(service.received.map(({ query }) => query['CustSpaceId'])).toEqual(['cams-1']);
  });

  it('names the field it cannot read', async () => {
    await using service = await openRawService(json(answer(detail({ Components: [{ Text: 'no type' }] }))));
    await expect(sourceAt(service.endpoint).find('order_shipped', 'en')).rejects.toMatchObject({
      kind: 'blocked',
      hint: expect.stringContaining('Components.0.Type'),
    });
  });

  it('makes no more than five look-ups a second', async () => {
    const at: number[] = [];
    await using service = await openRawService((response, call) => {
      at.push(performance.now());
      library(response, call);
    });
    const source = sourceAt(service.endpoint);
    await Promise.all(Array.from({ length: 6 }, () => source.find('order_shipped', 'en')));
    const [first = 0, ...rest] = at;
    expect((rest.at(-1) ?? 0) - first).toBeGreaterThan(1000);
  });
});
