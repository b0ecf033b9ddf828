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
