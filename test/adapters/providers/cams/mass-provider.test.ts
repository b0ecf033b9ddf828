import { describe, expect, it } from 'vitest';
import { createCamsMassProvider } from '../../../../src/adapters/providers/cams/mass-provider.ts';
import type { Message, TemplateContent } from '../../../../src/domain/message.ts';
import type { Outcome } from '../../../../src/domain/outcome.ts';
import { type FarSide, type OpenedProvider, providerContract } from '../../../contracts/provider-contract.ts';
import { aMessage } from '../../../support/a-message.ts';
import { type Behaviour, closedEndpoint, cut, hang, json, openRawService } from '../../../support/raw-service.ts';
import { clientFor, messageTo } from './fixtures.ts';

const taskId = (first: Message) => `run-1-from-${first.row}`;
const template: TemplateContent = { kind: 'template', code: 'order_shipped', language: 'en', params: { name: 'Ann' } };
const sms = (id: string) => ({ id, content: null, durationSeconds: 60, rule: null });
const to = (row: number) => String(8613800000000 + row);

function provider(endpoint: string, custSpaceId: string | null = null) {
  return createCamsMassProvider({ client: clientFor(endpoint), taskId, custSpaceId });
}

function accept(): Behaviour {
  let groups = 0;
  return (response, call) => {
    groups += 1;
    json({ Code: 'OK', Message: 'null', GroupMessageId: `g-${groups}`, RequestId: 'r-1' })(response, call);
  };
}

const farSides: Record<FarSide, () => Behaviour> = {
  accepts: accept,
  refuses: () => json({ Code: 'InvalidParameter.PhoneNumberError', Message: `${to(1)} José "x" & y 4+2` }, 400),
  throttles: () => json({ Code: 'System.LimitControl', Message: `busy ${to(1)}`, RequestId: 'r-3' }, 400),
  cuts: () => cut,
  'stays silent': () => hang,
  'fails inside': () => json({ Code: 'InternalError', Message: to(1) }, 500),
};

async function open(): Promise<OpenedProvider> {
  const service = await openRawService(accept());
  return {
    provider: provider(service.endpoint),
    offline: provider(await closedEndpoint()),
    requests: () => service.received.length,
    make: (farSide) => service.behave(farSides[farSide]()),
    message: (row) => messageTo(to(row), row),
    [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
  };
}

providerContract('cams-mass', open);

describe('cams mass provider, request', () => {
  it('says once what all share, and lists every recipient with its own values', async () => {
    await using service = await openRawService(accept());
    const plain: Message = { ...messageTo(to(3), 3), content: { ...template, params: {} } };
    await provider(service.endpoint, 'cams-1').send([messageTo(to(2), 2), plain]);
    const [call] = service.received;
    expect(call?.query).toEqual({});
    expect(call?.form).toEqual({
      ChannelType: 'whatsapp',
      From: '8613867404376',
      TemplateCode: 'order_shipped',
      Language: 'en',
      SenderList: `[{"To":"${to(2)}","TemplateParams":{"name":"José \\"x\\" & y","code":"4+2"}},{"To":"${to(3)}"}]`,
      TaskId: 'run-1-from-2',
      CustSpaceId: 'cams-1',
    });
    expect(call?.headers).toMatchObject({ 'x-acs-action': 'SendChatappMassMessage', 'x-acs-version': '2020-06-06' });
  });

  it('gives each recipient what its buttons need, and says the fallback of all once', async () => {
    await using service = await openRawService(accept());
    const smsFallback = sms('fb-1');
    const ann: Message = {
      ...messageTo(to(2), 2),
      request: { payload: ['a', 'b'], recipientType: 'individual', smsFallback },
    };
    const flowAction = { flowToken: 'tk', flowActionData: { step: 1 } };
    const section = { title: 'Hats', productItems: [{ productRetailerId: 'p-1' }] };
    const productAction = { thumbnailProductRetailerId: 'p-1', sections: [section] };
    const bob: Message = { ...messageTo(to(3), 3), request: { flowAction, productAction, smsFallback: sms('fb-1') } };
    const cams = provider(service.endpoint);
    expect(cams.fits([ann], bob)).toBe(true);
    await cams.send([ann, bob]);
    const form = service.received[0]?.form ?? {};
    expect(form).toMatchObject({ FallBackId: 'fb-1', FallBackDuration: '60' });
    const TemplateParams = { name: 'José "x" & y', code: '4+2' };
    expect(JSON.parse(form['SenderList'] ?? '')).toEqual([
      { To: to(2), TemplateParams, Payload: ['a', 'b'], RecipientType: 'individual' },
      {
        To: to(3),
        TemplateParams,
        ProductAction: {
          ThumbnailProductRetailerId: 'p-1',
          Sections: [{ Title: 'Hats', ProductItems: [{ ProductRetailerId: 'p-1' }] }],
        },
        FlowAction: { FlowToken: 'tk', FlowActionData: { step: 1 } },
      },
    ]);
  });

  it.each<[string, Partial<Message>, boolean]>([
    ['another number', {}, true],
    ['another language', { content: { ...template, language: 'zh_CN' } }, false],
    ['another template', { content: { ...template, code: 'spring_sale' } }, false],
    ['another sender', { from: '4915112345678' }, false],
    ['words of its own', { content: { kind: 'session', type: 'text', content: { text: 'hi' } } }, false],
    ['another text message to fall back to', { request: { smsFallback: sms('fb-1') } }, false],
    ['a payload of its own', { request: { payload: ['yes'] } }, true],
    ['the number of the first', { to: aMessage(1).to }, false],
    ['the number of a later one', { to: aMessage(2).to }, false],
  ])('lets a message ride along or not: %s', (_what, changes, fits) => {
    const batch = [aMessage(1), aMessage(2)];
    expect(provider('http://127.0.0.1:1').fits(batch, aMessage(3, changes))).toBe(fits);
  });
});

describe('cams mass provider, outcomes', () => {
  async function outcomesOf(behaviour: Behaviour): Promise<readonly Outcome[]> {
    await using service = await openRawService(behaviour);
    return await provider(service.endpoint).send([messageTo(to(2), 2), messageTo(to(3), 3)]);
  }

  it.each<[string, Behaviour, object]>([
    [
      'a group that was taken',
      json({ Code: 'OK', Message: 'null', GroupMessageId: 'g-7', RequestId: 'r' }),
      { kind: 'accepted', messageId: null, groupMessageId: 'g-7', requestId: 'r' },
    ],
    [
      'OK without a group id',
      json({ Code: 'OK', MessageId: 'm-1', RequestId: 'r' }),
      { kind: 'unknown', code: 'NO_MESSAGE_ID', reason: 'accepted without a group message id', requestId: 'r' },
    ],
    [
      'a right that is missing',
      json(
        { Code: 'NoPermission', Message: 'no', AccessDeniedDetail: { AuthAction: 'cams:SendChatappMassMessage' } },
        403,
      ),
      {
        kind: 'rejected',
        code: 'NoPermission',
        reason: 'no (needs the right cams:SendChatappMassMessage)',
        scope: 'account',
        requestId: null,
        missingRight: 'cams:SendChatappMassMessage',
      },
    ],
  ])('says the same of every message: %s', async (_name, behaviour, outcome) => {
    expect(await outcomesOf(behaviour)).toEqual([outcome, outcome]);
  });

  it('repeats no value of any message in its reason', async () => {
    const Message = `bad values for ${to(3)} and 4+2`;
    const [outcome] = await outcomesOf(json({ Code: 'InvalidParameter', Message }, 400));
    expect(outcome).toMatchObject({ reason: 'bad values for … and …' });
  });
});
