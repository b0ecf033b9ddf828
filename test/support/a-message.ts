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
