import { expect, it } from 'vitest';
import { asFallback } from '../../src/domain/message.ts';
import { aMessage } from '../support/a-message.ts';

const fallback = { kind: 'template', code: 'come_back', language: 'en', params: {} } as const;

it('goes out as its fallback once, with the fields of its request but the category', () => {
  const content = { kind: 'session', type: 'text', content: { text: 'Hi' } } as const;
  const request = { payload: ['yes'], category: 'UTILITY' } as const;
  const message = aMessage(2, { content, request, fallback });
  expect(asFallback(message)).toEqual({ ...message, content: fallback, request: { payload: ['yes'] }, fallback: null });
});

it('does not go out as a fallback that it does not have', () => {
  expect(() => asFallback(aMessage(7))).toThrow('row 7 has no fallback');
});

it('goes out as a text message by the channel of those, from no sender and with no fields of the request', () => {
  const text = { kind: 'sms', sign: '示例商城', code: 'SMS_1', params: {}, extendCode: null, outId: null } as const;
  const message = aMessage(2, { request: { payload: ['yes'], category: 'UTILITY' }, fallback: text });
  expect(asFallback(message)).toEqual({
    ...message,
    channel: 'sms',
    from: '',
    content: text,
    request: {},
    fallback: null,
  });
});
