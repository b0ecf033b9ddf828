/** A text message of a small campaign, and a template for it. */
import type { Message, SmsContent } from '../../src/domain/message.ts';
import { parseSmsText } from '../../src/domain/sms/sms-text.ts';
import type { Template } from '../../src/domain/template.ts';
import { aMessage } from './a-message.ts';
import { aTemplate } from './a-template.ts';

/** Every row has a number of its own unless the test says otherwise. */
export function anSms(row: number, content: Partial<SmsContent> = {}, changes: Partial<Message> = {}): Message {
  return aMessage(row, { channel: 'sms', from: '', content: aText(content), ...changes });
}

/** What a text message says, by itself or in the place of another message. */
export function aText(changes: Partial<SmsContent> = {}): SmsContent {
  return {
    kind: 'sms',
    sign: '阿里云',
    code: 'SMS_100001',
    params: { name: 'Ann' },
    extendCode: null,
    outId: null,
    ...changes,
  };
}

/** A message with a text message to fall back to. */
export function aMessageWithText(row: number, changes: Partial<Message> = {}): Message {
  const { content } = anSms(row);
  if (content.kind !== 'sms') throw new Error('a text message says something else');
  return aMessage(row, { fallback: content, ...changes });
}

export function anSmsTemplate(changes: Partial<Template> = {}): Template {
  const raw = '您好${name}，您的订单已发货。';
  return aTemplate({
    code: 'SMS_100001',
    language: '',
    body: parseSmsText(raw),
    sms: { kind: 'notice', attributes: { name: 'name' }, signs: ['阿里云'] },
    ...changes,
  });
}
