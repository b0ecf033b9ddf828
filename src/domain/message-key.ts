/** The key of a message: the same words to the same person from the same sender always have the same one. */
import { hash } from 'node:crypto';
import type { Message } from './message.ts';

/** 22 base64url characters of SHA-256 (132 bits): independent of the order of params and of the row. */
export function messageKey(message: Pick<Message, 'channel' | 'from' | 'to' | 'content'>): string {
  const { channel, from, to, content } = message;
  // Every text is preceded by its length, so that no two different messages are written the same.
  let text = measured(channel) + measured(from) + measured(to);
  text += measured(content.kind) + measured(content.code) + measured(content.language);
  for (const name of Object.keys(content.params).sort()) text += measured(name) + measured(content.params[name] ?? '');
  return hash('sha256', text, 'base64url').slice(0, 22);
}

function measured(text: string): string {
  return `${text.length}:${text}`;
}
