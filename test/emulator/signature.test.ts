import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { Cams, patience, type SdkKey, sdkClient } from './support/sdk-client.ts';
import { callService, orderShipped, type RequestParts, sendSigned } from './support/signed-request.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ ratePerSecond: 100_000 });
});
afterAll(() => emulator.close());

const dateAt = (offsetMs: number) => `${new Date(Date.now() + offsetMs).toISOString().slice(0, 19)}Z`;
const minuteMs = 60_000;

describe('the signature check', () => {
  it.each<[what: string, status: number, code: string, parts: RequestParts]>([
    ['without an authorization', 400, 'MissingAccessKeyId', { spoiled: { authorization: undefined } }],
    ['with an authorization of another form', 400, 'IncompleteSignature', { spoiled: { authorization: 'Bearer abc' } }],
    [
      'signed by another algorithm',
      400,
      'InvalidSignatureMethod',
      { spoiled: { authorization: 'ACS3-RSA-SHA256 Credential=emulator,SignedHeaders=host,Signature=00' } },
    ],
    ['that leaves its date unsigned', 400, 'IncompleteSignature', { unsigned: ['x-acs-date'] }],
    ['that leaves the host unsigned', 400, 'IncompleteSignature', { unsigned: ['host'] }],
    ['of an unknown key', 404, 'InvalidAccessKeyId.NotFound', { keyId: 'somebody' }],
    ['signed with another secret', 400, 'SignatureDoesNotMatch', { secret: 'wrong' }],
    ['changed after signing', 400, 'SignatureDoesNotMatch', { spoiled: { 'x-acs-version': '2020-06-07' } }],
    ['whose body was changed', 400, 'SignatureDoesNotMatch', { travellingBody: 'To=8613800000009' }],
    [
      'whose body is not in the signature',
      400,
      'SignatureDoesNotMatch',
      { headers: { 'x-acs-content-sha256': undefined } },
    ],
    ['without a date', 400, 'IllegalTimestamp', { headers: { 'x-acs-date': undefined } }],
    ['with a date of another form', 400, 'InvalidTimeStamp.Format', { headers: { 'x-acs-date': 'yesterday' } }],
    [
      'with a date that cannot be',
      400,
      'InvalidTimeStamp.Format',
      { headers: { 'x-acs-date': '2026-13-41T00:00:00Z' } },
    ],
    ['signed 16 minutes ago', 400, 'InvalidTimeStamp.Expired', { headers: { 'x-acs-date': dateAt(-16 * minuteMs) } }],
    ['signed 16 minutes ahead', 400, 'InvalidTimeStamp.Expired', { headers: { 'x-acs-date': dateAt(16 * minuteMs) } }],
    ['without a nonce', 400, 'MissingParameter', { headers: { 'x-acs-signature-nonce': undefined } }],
    [
      'with the token of temporary credentials',
      400,
      'InvalidSecurityToken.MismatchWithAccessKey',
      { headers: { 'x-acs-security-token': 'token' } },
    ],
    ['without an action', 400, 'MissingParameter', { headers: { 'x-acs-action': undefined } }],
    ['for an unknown action', 404, 'InvalidAction.NotFound', { action: 'SendPigeon' }],
    ['without a version', 400, 'MissingParameter', { headers: { 'x-acs-version': undefined } }],
    ['for another version', 400, 'InvalidVersion', { headers: { 'x-acs-version': '2019-01-01' } }],
    ['for an action of the other service', 404, 'InvalidAction.NotFound', { version: '2017-05-25' }],
    ['by another method', 400, 'UnsupportedHTTPMethod', { method: 'PUT' }],
    ['to another path', 404, 'InvalidApi.NotFound', { path: '/v2' }],
  ])('refuses a request %s', async (_, status, code, parts) => {
    const before = emulator.accepted().length;
    const answer = await callService(emulator.url, { form: orderShipped, ...parts });
    expect(answer).toMatchObject({ status, body: { Code: code, RequestId: expect.stringMatching(/^[0-9A-F-]{36}$/) } });
    expect(emulator.accepted()).toHaveLength(before);
  });

  it('takes a request signed 14 minutes ago', async () => {
    const answer = await callService(emulator.url, {
      form: orderShipped,
      headers: { 'x-acs-date': dateAt(-14 * minuteMs) },
    });
    expect(answer).toMatchObject({ status: 200, body: { Code: 'OK' } });
  });

  it('takes a nonce once', async () => {
    const headers = { 'x-acs-signature-nonce': randomUUID() };
    const first = await callService(emulator.url, { form: orderShipped, headers });
    const second = await callService(emulator.url, { form: orderShipped, headers });
    expect([first.body['Code'], second.body['Code']]).toEqual(['OK', 'SignatureNonceUsed']);
  });

  it('lets a nonce be used again when the request it came with was not signed right', async () => {
    const headers = { 'x-acs-signature-nonce': randomUUID() };
    await callService(emulator.url, { form: orderShipped, headers, secret: 'wrong' });
    const answer = await callService(emulator.url, { form: orderShipped, headers });
    expect(answer.body['Code']).toBe('OK');
  });

  it('agrees with the recipe on every name and text of a query and a form', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 });
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9.]{0,8}$/);
    const property = fc.asyncProperty(fc.dictionary(name, text), text, async (query, TaskId) => {
      const answer = await callService(emulator.url, { form: { ...orderShipped, TaskId }, query });
      expect(answer.body['Code']).toBe('OK');
      expect(emulator.accepted().at(-1)?.taskId).toBe(TaskId || null);
    });
    await fc.assert(property, { numRuns: 100 });
  });

  it('takes what the SDK signs, awkward characters in query and body included', async () => {
    const awkward = `a b+c&d=e!'()*~-_./?%25 é 你 😀 "x"`;
    const request = new Cams.SendChatappMessageRequest({
      channelType: 'whatsapp',
      type: 'template',
      from: '8613867404376',
      to: '8613800000077',
      templateCode: 'order_shipped',
      language: 'en',
      templateParams: { name: awkward, code: '1', date: '2' },
      payload: [awkward],
    });
    const { body } = await sdkClient(emulator.url).sendChatappMessageWithOptions(request, patience);
    expect(body).toMatchObject({ code: 'OK', messageId: expect.stringMatching(/^emulated-/) });
    expect(emulator.accepted().at(-1)).toMatchObject({ params: { name: awkward, code: '1', date: '2' } });
  });

  it.each<[what: string, key: SdkKey, error: object]>([
    ['another secret', { secret: 'wrong' }, { code: 'SignatureDoesNotMatch', data: { statusCode: 400 } }],
    ['an unknown key', { id: 'nobody' }, { code: 'InvalidAccessKeyId.NotFound', data: { statusCode: 404 } }],
    ['a token', { securityToken: 't' }, { code: 'InvalidSecurityToken.MismatchWithAccessKey' }],
  ])('refuses the SDK with %s', async (_, key, error) => {
    const request = new Cams.GetChatappTemplateDetailRequest({ templateCode: 'order_shipped', language: 'en' });
    await expect(
      sdkClient(emulator.url, key).getChatappTemplateDetailWithOptions(request, patience),
    ).rejects.toMatchObject(error);
  });

  it('marks every answer as its own', async () => {
    const answers = await Promise.all([
      sendSigned(emulator.url, { form: orderShipped }),
      sendSigned(emulator.url, { form: orderShipped, secret: 'wrong' }),
      sendSigned(emulator.url, { path: '/_emulator/stats', method: 'GET' }),
      sendSigned(emulator.url, { path: '/_emulator/nothing', method: 'GET' }),
    ]);
    expect(answers.map(({ status, headers }) => [status, headers['x-sendoff-emulator']])).toEqual([
      [200, '1'],
      [400, '1'],
      [200, '1'],
      [404, '1'],
    ]);
  });
});
