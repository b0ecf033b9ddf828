import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { staticCredentials } from '../../../../src/adapters/providers/alibaba-cloud/credentials.ts';
import { camsEndpoint, createCamsClient } from '../../../../src/adapters/providers/cams/client.ts';
import { json, openRawService } from '../../../support/raw-service.ts';
import { clientFor, timeoutMs } from './fixtures.ts';

describe('camsEndpoint', () => {
  it.each(['ap-southeast-1', 'cn-hangzhou'])('is where the official client goes in %s', (region) => {
    const { default: Client }: typeof import('@alicloud/cams20200606') = createRequire(import.meta.url)(
      '@alicloud/cams20200606',
    );
    const rule = Client.prototype.getEndpoint.call(null, 'cams', region, 'regional', '', '', {}, '');
    expect(camsEndpoint(region)).toBe(rule);
  });
});

describe('createCamsClient', () => {
  it('puts each field where the caller wants it, texts unchanged', async () => {
    await using service = await openRawService(json({ Code: 'OK' }));
    const awkward = 'José "x" & y=4+2 %20 100%\n名';
    await clientFor(service.endpoint).call('SendChatappMessage', {
      query: { Content: awkward, Payload: '["p1"]' },
      body: { To: '8613800001234', TemplateParams: awkward },
    });
    expect(service.received[0]).toMatchObject({
      query: { Content: awkward, Payload: '["p1"]' },
      form: { To: '8613800001234', TemplateParams: awkward },
    });
  });

  it('keeps fields that the typed client does not know', async () => {
    const body = { Code: 'OK', RequestId: 'r', Success: true, Novelty: { deep: [1] } };
    await using service = await openRawService(json(body));
    expect(await clientFor(service.endpoint).call('Anything', {})).toEqual({ kind: 'ok', body, requestId: 'r' });
  });

  it('takes an endpoint with and without a scheme', async () => {
    await using service = await openRawService(json({ Code: 'OK' }));
    for (const endpoint of [service.endpoint, service.endpoint.replace('http://', '')]) {
      expect((await clientFor(endpoint).call('Anything', {})).kind).toBe('ok');
    }
  });

  it('never speaks to the real service without TLS, whatever the endpoint says', async () => {
    await using service = await openRawService(json({ Code: 'OK' }));
    const client = createCamsClient({
      service: { kind: 'alibaba-cloud', endpoint: service.endpoint },
      credentials: staticCredentials('LTAItestkeyid', 'test-secret'),
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
    const client = createCamsClient({
      service: { kind: 'emulator', endpoint: service.endpoint },
      credentials: staticCredentials('LTAItestkeyid', 'test-secret'),
      userAgent: 'sendoff/0.1.0',
      timeoutMs: timeoutMs * 20,
    });
    expect((await client.call('Anything', {})).kind).toBe('ok');
  });
});
