import { describe, expect, it } from 'vitest';
import { createSmsProvider } from '../../../../src/adapters/providers/sms/provider.ts';
import type { Message, SmsContent } from '../../../../src/domain/message.ts';
import type { Outcome } from '../../../../src/domain/outcome.ts';
import { type FarSide, type OpenedProvider, providerContract } from '../../../contracts/provider-contract.ts';
import { anSms } from '../../../support/an-sms.ts';
import { selfSigned } from '../../../support/certificate.ts';
import {
  type Behaviour,
  bytes,
  closedEndpoint,
  cut,
  cutInTheMiddle,
  drip,
  hang,
  json,
  openRawService,
} from '../../../support/raw-service.ts';
import { clientFor, timeoutMs } from './fixtures.ts';

const outId = (first: Message) => `run-1.${first.row}`;

function providerAt(endpoint: string, batch = true) {
  return createSmsProvider({ client: clientFor(endpoint), outId, batch });
}

function accept(): Behaviour {
  let accepted = 0;
  return (response, call) => {
    accepted += 1;
    json({ Code: 'OK', Message: 'OK', BizId: `90061900${accepted}^0`, RequestId: 'r-1' })(response, call);
  };
}

const to = anSms(1).to;

const farSides: Record<FarSide, () => Behaviour> = {
  accepts: accept,
  // With the address and a value in it, as the service may well write it.
  refuses: () => json({ Code: 'isv.MOBILE_NUMBER_ILLEGAL', Message: `${to} José "x" & y 4+2`, RequestId: 'r-2' }),
  throttles: () => json({ Code: 'Throttling.User', Message: `busy ${to}`, RequestId: 'r-3' }, 400),
  cuts: () => cut,
  'stays silent': () => hang,
  'fails inside': () => json({ Code: 'InternalError', Message: to }, 500),
};

function contract(name: string, together: number, contentOf: (row: number) => Partial<SmsContent>): void {
  const batch = together > 1;
  providerContract(name, async (): Promise<OpenedProvider> => {
    const service = await openRawService(accept());
    return {
      provider: providerAt(service.endpoint, batch),
      offline: providerAt(await closedEndpoint(), batch),
      requests: () => service.received.length,
      make: (farSide) => service.behave(farSides[farSide]()),
      message: (row) => anSms(row, contentOf(row)),
      together,
      [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
    };
  });
}

/** 16 bytes of a link each; frame, sign, template, values and id take 288 of the 8,000. */
contract('sms, the same words to many', 482, () => ({ params: { name: 'José "x" & y', code: '4+2' } }));
contract('sms, words of their own', 100, (row) => ({ params: { name: `Name of ${row}`, code: '4+2' } }));
contract('sms, one by one', 1, () => ({ params: { name: 'José "x" & y', code: '4+2' } }));

async function callOf(messages: readonly Message[]) {
  await using service = await openRawService(accept());
  const outcomes = await providerAt(service.endpoint).send(messages);
  const [call] = service.received;
  return { action: call?.action, query: call?.query, form: call?.form, headers: call?.headers, outcomes };
}

describe('sms provider, request', () => {
  it('puts everything of a SendSms into the link, values as one text', async () => {
    const params = { name: 'José "x" & y', code: '1+2' };
    const { action, query, form, headers } = await callOf([anSms(2, { params }), anSms(3, { params })]);
    expect({ action, query, form }).toEqual({
      action: 'SendSms',
      query: {
        PhoneNumbers: '8613800000002,8613800000003',
        SignName: '阿里云',
        TemplateCode: 'SMS_100001',
        TemplateParam: '{"name":"José \\"x\\" & y","code":"1+2"}',
        OutId: 'run-1.2',
      },
      form: {},
    });
    expect(headers).toMatchObject({
      'x-acs-version': '2017-05-25',
      'user-agent': expect.stringMatching(/ sendoff\/0\.1\.0$/),
      authorization: expect.stringMatching(/^ACS3-HMAC-SHA256 Credential=LTAItestkeyid,/),
    });
  });

  it('puts what differs in a SendBatchSms into the form, one entry a number', async () => {
    const { action, query, form } = await callOf([
      anSms(2, { params: { name: 'Ann' }, extendCode: '01' }),
      anSms(3, { params: { name: '好' }, sign: 'Aliyun', extendCode: '02' }),
    ]);
    expect({ action, query, form }).toEqual({
      action: 'SendBatchSms',
      query: { TemplateCode: 'SMS_100001', OutId: 'run-1.2' },
      form: {
        PhoneNumberJson: '["8613800000002","8613800000003"]',
        SignNameJson: '["阿里云","Aliyun"]',
        TemplateParamJson: '[{"name":"Ann"},{"name":"好"}]',
        SmsUpExtendCodeJson: '["01","02"]',
      },
    });
  });

  it('leaves out what a message does not have, and keeps an id of its own', async () => {
    const single = await callOf([anSms(2, { params: {}, outId: 'mine' })]);
    expect(single.query).toEqual({
      PhoneNumbers: '8613800000002',
      SignName: '阿里云',
      TemplateCode: 'SMS_100001',
      OutId: 'mine',
    });
    const batch = await callOf([anSms(2, { params: {} }), anSms(3, { params: {}, sign: 'Aliyun' })]);
    expect(Object.keys(batch.form ?? {})).toEqual(['PhoneNumberJson', 'SignNameJson']);
  });

  it('gives every message of a request the id of the request', async () => {
    const { outcomes } = await callOf([anSms(2), anSms(3), anSms(4)]);
    const accepted = { kind: 'accepted', messageId: '900619001^0', requestId: 'r-1' };
    expect(outcomes).toEqual([accepted, accepted, accepted]);
  });

  it('keeps the longest request that the packer makes within 8 KB, as it stands on the wire', async () => {
    const lengths: number[] = [];
    const accepting = accept();
    await using service = await openRawService((response, call) => {
      lengths.push(response.req.url?.length ?? 0);
      accepting(response, call);
    });
    const provider = providerAt(service.endpoint);
    const batch: Message[] = [anSms(2)];
    for (let row = 3; provider.fits(batch, anSms(row)); row += 1) batch.push(anSms(row));
    await provider.send(batch);
    expect(service.received.map(({ action }) => action)).toEqual(['SendSms']);
    expect(lengths[0]).toBeLessThanOrEqual(8_000);
    expect(lengths[0]).toBeGreaterThan(7_500);
  });

  it('uses one socket for requests in a row', async () => {
    const ports = new Set<number | undefined>();
    const accepting = accept();
    await using service = await openRawService((response, call) => {
      ports.add(response.socket?.remotePort);
      accepting(response, call);
    });
    const provider = providerAt(service.endpoint);
    for (let row = 2; row < 7; row += 1) await provider.send([anSms(row)]);
    expect(service.received.length).toBe(5);
    expect(ports.size).toBe(1);
  });
});

async function outcomeOf(behaviour: Behaviour): Promise<{ outcome: Outcome | undefined; requests: number }> {
  await using service = await openRawService(behaviour);
  const [outcome] = await providerAt(service.endpoint).send([anSms(2)]);
  return { outcome, requests: service.received.length };
}

describe('sms provider, outcomes', () => {
  const refused = (code: string, scope: string, reason = 'no') => ({
    kind: 'rejected',
    code,
    reason,
    scope,
    requestId: 'r',
  });
  const throttled = (code: string, retryAfterMs: number | null = null) => ({
    kind: 'throttled',
    code,
    reason: 'no',
    scope: 'transient',
    requestId: 'r',
    retryAfterMs,
  });
  const unknown = (code: string, reason: string, requestId: string | null = null) => ({
    kind: 'unknown',
    code,
    reason,
    requestId,
  });
  const answer = (Code: string, status = 200) => json({ Code, Message: 'no', RequestId: 'r' }, status);
  const throttledUntil = (ms: string, status: number) =>
    bytes(JSON.stringify({ Code: 'Throttling.User', Message: 'no', RequestId: 'r' }), status, {
      'content-type': 'application/json',
      'x-acs-retry-after': ms,
    });

  it.each<[string, Behaviour, object]>([
    [
      'OK with an id',
      json({ Code: 'OK', Message: 'OK', BizId: '9006^0', RequestId: 'r' }),
      { kind: 'accepted', messageId: '9006^0', requestId: 'r' },
    ],
    [
      '200 with a refusal of a number',
      answer('isv.MOBILE_NUMBER_ILLEGAL'),
      refused('isv.MOBILE_NUMBER_ILLEGAL', 'row'),
    ],
    [
      '200 with a refusal that has an id',
      json({ Code: 'isv.SMS_SIGNATURE_ILLEGAL', Message: 'no', BizId: '9006^0', RequestId: 'r' }),
      refused('isv.SMS_SIGNATURE_ILLEGAL', 'campaign'),
    ],
    ['200 with a refusal of the account', answer('isv.AMOUNT_NOT_ENOUGH'), refused('isv.AMOUNT_NOT_ENOUGH', 'account')],
    ['the same as 400', answer('isv.AMOUNT_NOT_ENOUGH', 400), refused('isv.AMOUNT_NOT_ENOUGH', 'account')],
    ['a code nobody knows', answer('isv.SURPRISE'), refused('isv.SURPRISE', 'row')],
    ['404 without a code', json({ RequestId: 'r' }, 404), refused('HTTP_404', 'row', 'the service gave no reason')],
    // The cap of one number is no reason to slow down for all others.
    ['the limit of a number', answer('isv.BUSINESS_LIMIT_CONTROL'), refused('isv.BUSINESS_LIMIT_CONTROL', 'row')],
    ['flow control', answer('Throttling.User', 400), throttled('Throttling.User')],
    ['flow control with 200', answer('Throttling.User'), throttled('Throttling.User')],
    ['flow control with 503', answer('Throttling', 503), throttled('Throttling')],
    ['flow control of a new kind', answer('Throttling.Brand.New', 400), throttled('Throttling.Brand.New')],
    ['flow control with a time', throttledUntil('2500', 400), throttled('Throttling.User', 2_500)],
    ['flow control with a time and 503', throttledUntil('40', 503), throttled('Throttling.User', 40)],
    ['429 with any code', answer('Whatever', 429), throttled('Whatever')],
    ['trouble inside with 200', answer('isp.SYSTEM_ERROR'), unknown('isp.SYSTEM_ERROR', 'no', 'r')],
    ['trouble inside with 400', answer('isp.GATEWAY_ERROR', 400), unknown('isp.GATEWAY_ERROR', 'no', 'r')],
    ['500 with a code', answer('InternalError', 500), unknown('InternalError', 'no', 'r')],
    ['503 with a code', answer('ServiceUnavailable', 503), unknown('ServiceUnavailable', 'no', 'r')],
    ['500 with a refusal', answer('isv.MOBILE_NUMBER_ILLEGAL', 500), unknown('isv.MOBILE_NUMBER_ILLEGAL', 'no', 'r')],
    ['500 without a code', json({}, 500), unknown('HTTP_500', 'the service gave no reason')],
    ['408', json({ RequestId: 'r' }, 408), unknown('HTTP_408', 'the service gave no reason', 'r')],
    [
      'a refusal written in XML',
      bytes('<Error><Code>isv.OUT_OF_SERVICE</Code><Message>no</Message><RequestId>r</RequestId></Error>', 400, {
        'content-type': 'text/xml;charset=utf-8',
      }),
      refused('isv.OUT_OF_SERVICE', 'account'),
    ],
    [
      'OK without an id',
      json({ Code: 'OK', RequestId: 'r' }),
      unknown('NO_MESSAGE_ID', 'accepted without a message id', 'r'),
    ],
    ['200 without a code', json({ BizId: '1' }), unknown('NO_CODE', 'the service gave no reason')],
    ['200 with an empty body', bytes(''), unknown('SyntaxError', 'the answer was not JSON')],
    ['200 with a page', bytes('<html>'), unknown('SyntaxError', 'the answer was not JSON')],
    ['200 with a list', json([]), unknown('UNREADABLE_ANSWER', 'no answer that could be read')],
    ['200 with null', json(null), unknown('UNREADABLE_ANSWER', 'no answer that could be read')],
    ['502 with a page', bytes('<html>', 502), unknown('SyntaxError', 'the answer was not JSON')],
    ['400 with a page', bytes('<html>', 400), unknown('SyntaxError', 'the answer was not JSON')],
    [
      'a redirect',
      bytes('', 302, { location: 'http://127.0.0.1:1/' }),
      unknown('SyntaxError', 'the answer was not JSON'),
    ],
    [
      'a redirect that says OK',
      json({ Code: 'OK', BizId: '1' }, 302),
      unknown('HTTP_302', 'the service gave no reason'),
    ],
    [
      'a connection closed before the answer',
      cut,
      unknown('ECONNRESET', 'the connection broke before the whole answer came'),
    ],
    ['an answer cut off', cutInTheMiddle, unknown('ECONNRESET', 'the connection broke before the whole answer came')],
    ['no answer', hang, unknown('RequestTimeoutError', 'no answer in time')],
  ])('reads %s, and asks once', async (_name, behaviour, outcome) => {
    expect(await outcomeOf(behaviour)).toEqual({ outcome, requests: 1 });
  });

  it('leaves open what is still dripping in when the time is over', async () => {
    const began = performance.now();
    const { outcome, requests } = await outcomeOf(drip);
    expect(outcome?.kind).toBe('unknown');
    expect(requests).toBe(1);
    expect(performance.now() - began).toBeGreaterThanOrEqual(timeoutMs - 5);
  });

  it('keeps the words that name the limit of a number', async () => {
    const { outcome } = await outcomeOf(
      json({ Code: 'isv.BUSINESS_LIMIT_CONTROL', Message: '触发小时级流控Permits:5', RequestId: 'r' }),
    );
    expect(outcome).toMatchObject({ kind: 'rejected', scope: 'row', reason: '触发小时级流控Permits:5' });
  });

  it('names the right that is missing', async () => {
    const { outcome } = await outcomeOf(
      json({ Code: 'NoPermission', Message: 'denied', AccessDeniedDetail: { AuthAction: 'dysms:SendSms' } }, 403),
    );
    expect(outcome).toMatchObject({
      kind: 'rejected',
      scope: 'account',
      reason: 'denied (needs the right dysms:SendSms)',
      missingRight: 'dysms:SendSms',
    });
  });

  it('repeats nothing of the text to sign when the signature is refused', async () => {
    const Message =
      'Specified signature is not matched with our calculation. server string to sign is:POST\n/\nTemplateParam=secret words';
    const { outcome } = await outcomeOf(json({ Code: 'SignatureDoesNotMatch', Message }, 400));
    expect(outcome).toMatchObject({
      kind: 'rejected',
      scope: 'account',
      reason: 'Specified signature is not matched with our calculation. …',
    });
  });

  it('is unreachable at a port that does not speak TLS', async () => {
    await using service = await openRawService(accept());
    const [outcome] = await providerAt(service.endpoint.replace('http:', 'https:')).send([anSms(2)]);
    expect(outcome).toEqual({ kind: 'unreachable', code: 'EPROTO', reason: 'the endpoint does not speak TLS' });
    expect(service.received).toEqual([]);
  });

  it('hands nothing over to an endpoint whose certificate is not trusted', async () => {
    await using service = await openRawService(accept(), selfSigned);
    const [outcome] = await providerAt(service.endpoint).send([anSms(2)]);
    expect(outcome).toEqual({
      kind: 'unreachable',
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      reason: 'the connection could not be made',
    });
    expect(service.received).toEqual([]);
  });
});
