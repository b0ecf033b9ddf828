/** The key of a message: the same words to the same person from the same sender always have the same one. */
import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import type { Message, SessionContent, SmsContent } from './message.ts';

/** 22 base64url characters of SHA-256 (132 bits): independent of the order of fields and of the row. */
export function messageKey({
  channel,
  from,
  to,
  content,
}: Pick<Message, 'channel' | 'from' | 'to' | 'content'>): string {
  switch (content.kind) {
    case 'template':
      return createMessageKeys({ channel, from, ...content }, Object.keys(content.params))(to, content.params);
    case 'session':
      return sessionKey(channel, from, to, content);
    case 'sms':
      return smsKey(channel, from, to, content);
  }
}

function sessionKey(channel: string, from: string, to: string, { kind, type, content }: SessionContent): string {
  return digest([channel, from, to, kind, type, canonicalJson(content)].map(measured).join(''));
}

/** Where a reply would go, and the id that receipts repeat, are no words. */
function smsKey(channel: string, from: string, to: string, { kind, sign, code, params }: SmsContent): string {
  return digest([channel, from, to, kind, sign, code, canonicalJson(params)].map(measured).join(''));
}

/** What the messages of one sender and one language variant have in common. */
export interface SharedWords {
  readonly channel: string;
  readonly from: string;
  readonly kind: string;
  readonly code: string;
  readonly language: string;
}

/** Makes the keys of many messages that share all but the recipient and the values: what they share is digested once. */
export function createMessageKeys(
  { channel, from, kind, code, language }: SharedWords,
  variables: readonly string[],
): (to: string, params: Readonly<Record<string, string>>) => string {
  const names = variables.toSorted();
  const shared = digest([channel, from, kind, code, language, ...names].map(measured).join(''));
  return (to, params) => {
    let text = shared + measured(to);
    for (const name of names) text += measured(params[name] ?? '');
    return digest(text);
  };
}

function digest(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 22);
}

/** Every text is preceded by its length, so that no two different messages are written the same. */
function measured(text: string): string {
  return `${text.length}:${text}`;
}
