/** What the service hears of a message: sent by the official client to a service that only listens. */
import { describe, expect, it } from 'vitest';
import { createCamsProvider } from '../../../../src/adapters/providers/cams/provider.ts';
import type { Message, SessionContent } from '../../../../src/domain/message.ts';
import { type RequestFields, requestFields } from '../../../../src/domain/request-fields.ts';
import { aMessage } from '../../../support/a-message.ts';
import { json, openRawService } from '../../../support/raw-service.ts';
import { clientFor } from './fixtures.ts';

const content: SessionContent = {
  kind: 'session',
  type: 'text',
  content: { text: 'Hi José & "x"', preview_url: true },
};

async function sent(
  message: Message,
  answer: Record<string, unknown> = { Code: 'OK', MessageId: 'm-1' },
  status = 200,
) {
  await using service = await openRawService(json({ RequestId: 'r-1', ...answer }, status));
  const client = clientFor(service.endpoint);
  const provider = createCamsProvider({ client, taskId: ({ row }) => `run-1-${row}`, custSpaceId: null });
  const [outcome] = await provider.send([message]);
  const [call] = service.received;
  return { outcome, query: call?.query, form: call?.form };
}

describe('a session message on the wire', () => {
  it.each(['whatsapp', 'viber', 'messenger', 'instagram'] as const)(
    'has its content in the query and all else in the form: %s',
    async (channel) => {
      const { query, form } = await sent(aMessage(7, { channel, from: '12345', to: '24571234567890123', content }));
      expect(query).toEqual({ Content: JSON.stringify(content.content) });
      expect(form).toEqual({
        ChannelType: channel,
        Type: 'message',
        MessageType: 'text',
        From: '12345',
        To: '24571234567890123',
        TaskId: 'run-1-7',
      });
    },
  );
});

/** For every field: what it looks like on the wire. */
const wired: {
  readonly [Field in keyof RequestFields]-?: readonly [RequestFields[Field], Readonly<Record<string, string>>];
} = {
  payload: [['yes', 'no "x"'], { Payload: '["yes","no \\"x\\""]' }],
  productAction: [
    {
      thumbnailProductRetailerId: 'hat-1',
      sections: [{ title: 'Hats', productItems: [{ productRetailerId: 'hat-1' }] }],
    },
    {
      ProductAction:
        '{"ThumbnailProductRetailerId":"hat-1","Sections":[{"Title":"Hats","ProductItems":[{"ProductRetailerId":"hat-1"}]}]}',
    },
  ],
  flowAction: [
    { flowToken: 't-1', flowActionData: { name: 'Ann', inner: { list: ['x'] } } },
    { FlowAction: '{"FlowToken":"t-1","FlowActionData":{"name":"Ann","inner":{"list":["x"]}}}' },
  ],
  contextMessageId: ['wamid.1', { ContextMessageId: 'wamid.1' }],
  taskId: ['order-7', { TaskId: 'order-7' }],
  smsFallback: [
    { id: 'fb-1', content: 'Your table', durationSeconds: 600, rule: 'sentFailed' },
    { FallBackId: 'fb-1', FallBackContent: 'Your table', FallBackDuration: '600', FallBackRule: 'sentFailed' },
  ],
  label: ['promotion', { Label: 'promotion' }],
  ttl: [60, { Ttl: '60' }],
  tag: ['spring', { Tag: 'spring' }],
  trackingData: ['a=1&b=2', { TrackingData: 'a=1&b=2' }],
  recipientType: ['group', { RecipientType: 'group' }],
  category: ['UTILITY', { Category: 'UTILITY' }],
};

describe('a request field on the wire', () => {
  const plain = { ChannelType: 'whatsapp', From: '8613867404376', TaskId: 'run-1-7' };

  it.each(requestFields)('%s goes with a message and with a template', async (field) => {
    const [value, expected] = wired[field];
    for (const said of [content, aMessage(7).content]) {
      const { query, form } = await sent(aMessage(7, { content: said, request: { [field]: value } }));
      expect({ ...query, ...form }).toMatchObject({ ...plain, ...expected });
      expect(Object.keys(query ?? {}).includes('Payload')).toBe(field === 'payload');
    }
  });

  it('says of a group only what was said of it', async () => {
    const smsFallback = { id: 'fb-1', content: null, durationSeconds: null, rule: null };
    const flowAction = { flowToken: 't-1', flowActionData: null };
    const { form } = await sent(aMessage(7, { content, request: { smsFallback, flowAction } }));
    expect(form).toMatchObject({ FallBackId: 'fb-1', FlowAction: '{"FlowToken":"t-1"}' });
    expect(Object.keys(form ?? {}).filter((name) => name.startsWith('FallBack'))).toEqual(['FallBackId']);
  });
});

it('repeats nothing of a message and its fields in the reason of a refusal', async () => {
  const request: RequestFields = {
    payload: ['yes-Ann'],
    flowAction: { flowToken: 'token-1', flowActionData: { guest: 'Ann Lee' } },
    smsFallback: { id: 'fb-1', content: 'Your table, Ann', durationSeconds: null, rule: null },
    trackingData: 'guest-7',
  };
  const secrets = ['yes-Ann', 'token-1', 'Ann Lee', 'Your table, Ann', 'guest-7', 'Hi José & "x"'];
  const message = aMessage(7, { content, request });
  const { outcome } = await sent(message, { Code: 'InvalidParameter', Message: `bad: ${secrets.join(' | ')}` }, 400);
  expect(outcome).toMatchObject({ kind: 'rejected', reason: 'bad: … | … | … | … | … | …' });
});
