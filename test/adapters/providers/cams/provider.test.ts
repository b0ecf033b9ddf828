import { describe, expect, it } from 'vitest';
import { createCamsProvider } from '../../../../src/adapters/providers/cams/provider.ts';
import type { Message } from '../../../../src/domain/message.ts';
import type { Outcome } from '../../../../src/domain/outcome.ts';
import { type FarSide, type OpenedProvider, providerContract } from '../../../contracts/provider-contract.ts';
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
import { clientFor, messageTo, timeoutMs } from './fixtures.ts';

const taskId = (message: Message) => `run-1.${message.row}`;

const to = '8613800001234';

function accept(): Behaviour {
  let accepted = 0;
  return (response, call) => {
    accepted += 1;
    json({ Code: 'OK', Message: 'null', MessageId: `m-${accepted}`, RequestId: 'r-1' })(response, call);
  };
}

const farSides: Record<FarSide, () => Behaviour> = {
  accepts: accept,
  // With the address and a value in it, as the service may well write it.
  refuses: () =>
    json({ Code: 'InvalidParameter.PhoneNumberError', Message: `${to} José "x" & y 4+2`, RequestId: 'r-2' }, 400),
  throttles: () => json({ Code: 'System.LimitControl', Message: `busy ${to}`, RequestId: 'r-3' }, 400),
  cuts: () => cut,
  'stays silent': () => hang,
  'fails inside': () => json({ Code: 'InternalError', Message: to }, 500),
};

async function open(): Promise<OpenedProvider> {
  const service = await openRawService(accept());
  return {
    provider: createCamsProvider({ client: clientFor(service.endpoint), taskId, custSpaceId: null }),
    offline: createCamsProvider({ client: clientFor(await closedEndpoint()), taskId, custSpaceId: null }),
    requests: () => service.received.length,
    make: (farSide) => service.behave(farSides[farSide]()),
    message: (row) => messageTo(to, row),
    [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
  };
}

providerContract('cams', open);

async function outcomeOf(behaviour: Behaviour): Promise<{ outcome: Outcome | undefined; requests: number }> {
  await using service = await openRawService(behaviour);
  const provider = createCamsProvider({ client: clientFor(service.endpoint), taskId, custSpaceId: null });
  const [outcome] = await provider.send([messageTo(to)]);
  return { outcome, requests: service.received.length };
}

describe('cams provider, request', () => {
  it('puts every field of a template message into the form, values as texts', async () => {
    await using service = await openRawService(accept());
    await createCamsProvider({ client: clientFor(service.endpoint), taskId, custSpaceId: null }).send([
      messageTo(to, 17),
    ]);
    const [call] = service.received;
    expect(call?.query).toEqual({});
    expect(call?.form).toEqual({
      ChannelType: 'whatsapp',
      Type: 'template',
      From: '8613867404376',
      To: to,
      TemplateCode: 'order_shipped',
      Language: 'en',
      TemplateParams: '{"name":"José \\"x\\" & y","code":"4+2"}',
      TaskId: 'run-1.17',
    });
    expect(call?.headers).toMatchObject({
      'x-acs-action': 'SendChatappMessage',
      'x-acs-version': '2020-06-06',
      'user-agent': expect.stringMatching(/ sendoff\/0\.1\.0$/),
      authorization: expect.stringMatching(/^ACS3-HMAC-SHA256 Credential=LTAItestkeyid,/),
    });
  });

  it('leaves the params out where the template has no variable', async () => {
    await using service = await openRawService(accept());
    const message = messageTo(to);
    const content = { kind: 'template', code: 'order_shipped', language: 'en', params: {} } as const;
    const plain: Message = { ...message, content };
    await createCamsProvider({ client: clientFor(service.endpoint), taskId, custSpaceId: null }).send([plain]);
    expect(Object.keys(service.received[0]?.form ?? {})).not.toContain('TemplateParams');
  });

  it('names the space it acts for', async () => {
    await using service = await openRawService(accept());
    const client = clientFor(service.endpoint);
    await createCamsProvider({ client, taskId, custSpaceId: 'cams-1' }).send([messageTo(to)]);
    expect(service.received[0]?.form).toMatchObject({ CustSpaceId: 'cams-1' });
  });

  it('uses one socket for messages in a row', async () => {
    const ports = new Set<number | undefined>();
    const accepting = accept();
    await using service = await openRawService((response, call) => {
      ports.add(response.socket?.remotePort);
      accepting(response, call);
    });
    const provider = createCamsProvider({ client: clientFor(service.endpoint), taskId, custSpaceId: null });
    for (let row = 2; row < 7; row++) await provider.send([messageTo(to, row)]);
    expect(service.received.length).toBe(5);
    expect(ports.size).toBe(1);
  });
});

describe('cams provider, outcomes', () => {
  it('accepts what the service took and named', async () => {
    expect(await outcomeOf(json({ Code: 'OK', Message: 'null', MessageId: '2020', RequestId: 'r' }))).toEqual({
      outcome: { kind: 'accepted', messageId: '2020', requestId: 'r' },
      requests: 1,
    });
  });

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
  const answer = (Code: string, status = 400) => json({ Code, Message: 'no', RequestId: 'r' }, status);

  it.each<[string, Behaviour, object]>([
    [
      '200 with a refusal',
      answer('InvalidParameter.PhoneNumberError', 200),
      refused('InvalidParameter.PhoneNumberError', 'row'),
    ],
    [
      '400 with a refusal',
      answer('InvalidParameter.PhoneNumberError'),
      refused('InvalidParameter.PhoneNumberError', 'row'),
    ],
    [
      'a refusal of the campaign',
      answer('InvalidParameter.TemplateCodeNotEmpty'),
      refused('InvalidParameter.TemplateCodeNotEmpty', 'campaign'),
    ],
    ['a refusal of the account', answer('Product.Unsubscript'), refused('Product.Unsubscript', 'account')],
    ['a code nobody knows', answer('Surprise.OfTheDay'), refused('Surprise.OfTheDay', 'row')],
    ['a code that is a number', json({ Code: 131026, Message: 'no', RequestId: 'r' }), refused('131026', 'row')],
    [
      'names with small letters',
      json({ code: '131026', message: 'no', requestId: 'r' }, 400),
      refused('131026', 'row'),
    ],
    ['404 without a code', json({ RequestId: 'r' }, 404), refused('HTTP_404', 'row', 'the service gave no reason')],
    ['flow control', answer('System.LimitControl'), throttled('System.LimitControl')],
    ['flow control with 200', answer('System.LimitControl', 200), throttled('System.LimitControl')],
    ['flow control with 503', answer('Throttling.User', 503), throttled('Throttling.User')],
    ['flow control of a new kind', answer('Throttling.Brand.New'), throttled('Throttling.Brand.New')],
    ['flow control of the sender', answer('130429', 200), throttled('130429')],
    ['flow control with a time', answer('131057', 200), throttled('131057', 60_000)],
    ['429 with any code', answer('Whatever', 429), throttled('Whatever')],
    [
      'a refusal written in XML',
      bytes('<Error><Code>131026</Code><Message>no</Message><RequestId>r</RequestId></Error>', 400, {
        'content-type': 'text/xml;charset=utf-8',
      }),
      refused('131026', 'row'),
    ],
    ['500 with a code', answer('InternalError', 500), unknown('InternalError', 'no', 'r')],
    ['503 with a code', answer('ServiceUnavailable', 503), unknown('ServiceUnavailable', 'no', 'r')],
    [
      '500 with a refusal',
      answer('InvalidParameter.PhoneNumberError', 500),
      unknown('InvalidParameter.PhoneNumberError', 'no', 'r'),
    ],
    ['500 without a code', json({}, 500), unknown('HTTP_500', 'the service gave no reason')],
    ['400 with a code that leaves it open', answer('SignatureNonceUsed'), unknown('SignatureNonceUsed', 'no', 'r')],
    ['408', json({ RequestId: 'r' }, 408), unknown('HTTP_408', 'the service gave no reason', 'r')],
    [
      'OK without an id',
      json({ Code: 'OK', RequestId: 'r' }),
      unknown('NO_MESSAGE_ID', 'accepted without a message id', 'r'),
    ],
    [
      'OK with an empty id',
      json({ Code: 'OK', MessageId: '' }),
      unknown('NO_MESSAGE_ID', 'accepted without a message id'),
    ],
    ['200 without a code', json({ MessageId: '1' }), unknown('NO_CODE', 'the service gave no reason')],
    ['200 with an empty body', bytes(''), unknown('SyntaxError', 'the answer was not JSON')],
    ['200 with a page', bytes('<html>'), unknown('SyntaxError', 'the answer was not JSON')],
    ['200 with a list', json([]), unknown('UNREADABLE_ANSWER', 'no answer that could be read')],
    ['500 with an empty body', bytes('', 500), unknown('SyntaxError', 'the answer was not JSON')],
    ['502 with a page', bytes('<html>', 502), unknown('SyntaxError', 'the answer was not JSON')],
    ['400 with a page', bytes('<html>', 400), unknown('SyntaxError', 'the answer was not JSON')],
    [
      'a redirect',
      bytes('', 302, { location: 'http://127.0.0.1:1/' }),
      unknown('SyntaxError', 'the answer was not JSON'),
    ],
    [
      'a redirect that says OK',
      json({ Code: 'OK', MessageId: '1' }, 302),
      unknown('HTTP_302', 'the service gave no reason'),
    ],
    [
      'a connection closed before the answer',
      cut,
      unknown('ECONNRESET', 'the connection broke before the whole answer came'),
    ],
    ['an answer cut off', cutInTheMiddle, unknown('ECONNRESET', 'the connection broke before the whole answer came')],
    ['no answer', hang, unknown('RequestTimeoutError', 'no answer in time')],
  ])('reads %s', async (_name, behaviour, outcome) => {
    expect(await outcomeOf(behaviour)).toEqual({ outcome, requests: 1 });
  });

  it('leaves open what is still dripping in when the time is over', async () => {
    const began = performance.now();
    const { outcome, requests } = await outcomeOf(drip);
    expect(outcome?.kind).toBe('unknown');
    expect(requests).toBe(1);
    expect(performance.now() - began).toBeGreaterThanOrEqual(timeoutMs - 5);
  });

  it('names the right that is missing', async () => {
    const { outcome } = await outcomeOf(
      json(
        { Code: 'NoPermission', Message: 'denied', AccessDeniedDetail: { AuthAction: 'cams:SendChatappMessage' } },
        403,
      ),
    );
    expect(outcome).toMatchObject({
      kind: 'rejected',
      scope: 'account',
      reason: 'denied (needs the right cams:SendChatappMessage)',
    });
  });

  it('repeats nothing of the text to sign when the signature is refused', async () => {
    const Message =
      'Specified signature is not matched with our calculation. server string to sign is:POST\n/\nContent=secret words';
    const { outcome } = await outcomeOf(json({ Code: 'SignatureDoesNotMatch', Message }, 400));
    expect(outcome).toMatchObject({
      kind: 'rejected',
      scope: 'account',
      reason: 'Specified signature is not matched with our calculation. …',
    });
  });

  it('is unreachable at a name that has no address', async () => {
    const client = clientFor('http://sendoff.invalid');
    const [outcome] = await createCamsProvider({ client, taskId, custSpaceId: null }).send([messageTo(to)]);
    // Which code it is depends on whether this machine has a resolver.
    expect(outcome).toMatchObject({ kind: 'unreachable', code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) });
  });

  it('is unreachable at a port that does not speak TLS', async () => {
    await using service = await openRawService(accept());
    const client = clientFor(service.endpoint.replace('http:', 'https:'));
    const [outcome] = await createCamsProvider({ client, taskId, custSpaceId: null }).send([messageTo(to)]);
    expect(outcome).toEqual({ kind: 'unreachable', code: 'EPROTO', reason: 'the endpoint does not speak TLS' });
    expect(service.received).toEqual([]);
  });

  it('hands nothing over to an endpoint whose certificate is not trusted', async () => {
    await using service = await openRawService(accept(), selfSigned);
    const [outcome] = await createCamsProvider({ client: clientFor(service.endpoint), taskId, custSpaceId: null }).send(
      [messageTo(to)],
    );
    expect(outcome).toEqual({
      kind: 'unreachable',
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      reason: 'the connection could not be made',
    });
    expect(service.received).toEqual([]);
  });
});
