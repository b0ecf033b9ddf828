/** A message of a small campaign, for tests that only pass it on. */
import type { Message } from '../../src/domain/message.ts';
import { noRequestFields } from '../../src/domain/request-fields.ts';

/** Every row has an address of its own unless the test says otherwise. */
export function aMessage(row: number, changes: Partial<Message> = {}): Message {
  return {
    row,
    key: `key-${row}`,
    channel: 'whatsapp',
    from: '8613867404376',
    to: `86138${String(row).padStart(8, '0')}`,
    content: { kind: 'template', code: 'order_shipped', language: 'en', params: { name: `Name ${row}` } },
    request: noRequestFields,
    fallback: null,
    ...changes,
  };
}

/** One message a row, from row 2 on as in a list with a header. */
export function someMessages(count: number): readonly Message[] {
  return Array.from({ length: count }, (_, index) => aMessage(index + 2));
}

/** A message in words of its own with a template to fall back to, and a field of the request. */
export function aSessionMessage(row: number, changes: Partial<Message> = {}): Message {
  return aMessage(row, {
    content: {
      kind: 'session',
      type: 'text',
      content: { text: `Hi ${row} 👋`, preview_url: true, list: [1, null, 'x'] },
    },
    request: { contextMessageId: `wamid.${row}`, payload: ['yes', 'no'] },
    fallback: { kind: 'template', code: 'come_back', language: 'zh_CN', params: { name: `姓名 ${row}` } },
    ...changes,
  });
}
