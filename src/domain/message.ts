/** A message: what is said to one recipient, with the key by which sendoff knows it again. */
import type { JsonObject } from './json-value.ts';
import { noRequestFields, type RequestFields } from './request-fields.ts';

/** The channels of Chat App Message Service. */
export type ChatChannel = 'whatsapp' | 'viber' | 'messenger' | 'instagram';

/** Short Message Service carries text messages. */
export type Channel = ChatChannel | 'sms';

/** A registered template with its variables filled. */
export interface TemplateContent {
  readonly kind: 'template';
  readonly code: string;
  readonly language: string;
  /** Final texts by variable, every variable of the template and nothing else. */
  readonly params: Readonly<Record<string, string>>;
}

/** Words of one's own, which the service takes within 24 hours of the recipient's last message. */
export interface SessionContent {
  readonly kind: 'session';
  /** The service's MessageType. */
  readonly type: string;
  /** The service's Content. */
  readonly content: JsonObject;
}

/** A registered template of Short Message Service with its variables filled, and the sign in front of it. */
export interface SmsContent {
  readonly kind: 'sms';
  /** The approved signature, without its brackets. */
  readonly sign: string;
  readonly code: string;
  /** Final texts by variable, every variable of the template and nothing else. */
  readonly params: Readonly<Record<string, string>>;
  /** Digits that are put behind the sender's number, so that replies can be told apart; null: none. */
  readonly extendCode: string | null;
  /** An id of one's own that receipts and details repeat; null: one that sendoff makes of run and row. */
  readonly outId: string | null;
}

/** What is said. A union by `kind`, so that other contents join it without a change to those who only pass it on. */
export type MessageContent = TemplateContent | SessionContent | SmsContent;

export interface Message {
  /** The row it came from; unique within a run. */
  readonly row: number;
  /** Same key = same words to the same person from the same sender: the base of "nobody gets it twice". */
  readonly key: string;
  readonly channel: Channel;
  /** The sender, digits only; empty for a text message, which comes from the number that the carrier gives its sign. */
  readonly from: string;
  /** The recipient: a telephone number, digits only with country code, or the id that the channel gives a person. */
  readonly to: string;
  readonly content: MessageContent;
  readonly request: RequestFields;
  /** What goes out instead where the service refuses it for a reason that the campaign names; null: nothing. */
  readonly fallback: TemplateContent | SmsContent | null;
}

/**
 * The message that goes out instead of one that was refused. It has no fallback of its own. A template has no `category`, which
 * is for words without one; a text message goes by its own channel and has no fields of the request.
 */
export function asFallback(message: Message): Message {
  const { row, fallback } = message;
  if (fallback === null) throw new Error(`row ${row} has no fallback`);
  if (fallback.kind === 'sms') {
    return { ...message, channel: 'sms', from: '', content: fallback, request: noRequestFields, fallback: null };
  }
  const { category, ...kept } = message.request;
  const request = category === undefined ? message.request : kept;
  return { ...message, content: fallback, request, fallback: null };
}

/** The language of a template, and an empty text where there is none. */
export function languageOf(content: MessageContent): string {
  return content.kind === 'template' ? content.language : '';
}
