import { describe, expect, it } from 'vitest';
import { createSmsClient, smsEndpoint } from '../../../../src/adapters/providers/sms/client.ts';
import { loadSmsSdk } from '../../../../src/adapters/providers/sms/sdk.ts';
import { json, openRawService } from '../../../support/raw-service.ts';
import { clientFor, key, timeoutMs } from './fixtures.ts';

describe('smsEndpoint', () => {
  const { Client, Config, Credential } = loadSmsSdk();

  it.each([
    'ap-southeast-1',
    'ap-southeast-5',
    'cn-beijing',
    'cn-hangzhou',
    'cn-hongkong',
    'cn-shanghai-finance-1',
    'eu-central-1',
    'us-east-1',
    'us-west-1',
  ])('is where the official client goes in %s', (regionId) => {
    const official = new Client(new Config({ regionId, credential: new Credential(null, key) }));
    expect(smsEndpoint(regionId)).toBe(Reflect.get(official, '_endpoint'));
  });
});

describe('createSmsClient', () => {
  it('puts each field where the caller wants it, texts unchanged', async () => {
    await using service = await openRawService(json({ Code: 'OK' }));
    const awkward = 'José "x" & y=4+2 %20 100%\n名 (*!)';
    await clientFor(service.endpoint).call('SendBatchSms', {
      query: { TemplateCode: awkward },
      body: { TemplateParamJson: awkward },
    });
    expect(service.received[0]).toMatchObject({
      query: { TemplateCode: awkward },
      form: { TemplateParamJson: awkward },
    });
  });

  it('keeps fields that the typed client does not know', async () => {
    const body = { Code: 'OK', RequestId: 'r', Novelty: { deep: [1] } };
    await using service = await openRawService(json(body));
    expect(await clientFor(service.endpoint).call('Anything', {})).toEqual({ kind: 'ok', body, requestId: 'r' });
  });

  it('never speaks to the real service without TLS, whatever the endpoint says', async () => {
    await using service = await openRawService(json({ Code: 'OK' }));
    const client = createSmsClient({
      service: { kind: 'alibaba-cloud', endpoint: service.endpoint },
      credentials: key,
      userAgent: 'sendoff/0.1.0',
      timeoutMs,
    });
    expect(await client.call('Anything', {})).toMatchObject({ kind: 'unreachable', code: 'EPROTO' });
    expect(service.received).toEqual([]);
  });

  it('waits as long as it was told for an answer that is slow', async () => {
    await using service = await openRawService((response, call) => {
      setTimeout(() => json({ Code: 'OK' })(response, call), timeoutMs * 2);
    });
    const patient = createSmsClient({
      service: { kind: 'emulator', endpoint: service.endpoint },
      credentials: key,
      userAgent: 'sendoff/0.1.0',
      timeoutMs: timeoutMs * 20,
    });
    expect((await patient.call('Anything', {})).kind).toBe('ok');
    expect(service.received.length).toBe(1);
  });
});
