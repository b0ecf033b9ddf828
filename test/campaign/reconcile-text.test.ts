import { describe, expect, it } from 'vitest';
import { textComparer } from '../../src/campaign/reconcile-text.ts';
import type { JsonObject } from '../../src/domain/json-value.ts';
import type { Message } from '../../src/domain/message.ts';
import { parseTemplateText } from '../../src/domain/template-text.ts';
import { aMessage } from '../support/a-message.ts';
import { aTemplate } from '../support/a-template.ts';
import { anSms, anSmsTemplate } from '../support/an-sms.ts';

const template = aTemplate({
  name: 'Order shipped',
  header: { kind: 'text', text: parseTemplateText('Order $(code)') },
  body: parseTemplateText('Hi $(name),\n\nyour order $(code) is on its way.'),
  footer: 'Thank you',
});

function message(params: Record<string, string> = { name: 'Ann', code: 'A-1' }): Message {
  return aMessage(2, { content: { kind: 'template', code: 'order_shipped', language: 'en', params } });
}

const likeness = textComparer(message(), template);

describe('the words of a log entry', () => {
  it.each<[what: string, text: string]>([
    ['the body', 'Hi Ann,\n\nyour order A-1 is on its way.'],
    ['the body with other blanks', '  Hi Ann, your order  A-1 is on its way. '],
    ['header and body', 'Order A-1\nHi Ann,\n\nyour order A-1 is on its way.'],
    ['body and footer', 'Hi Ann,\n\nyour order A-1 is on its way.\nThank you'],
    ['header, body and footer', 'Order A-1 Hi Ann, your order A-1 is on its way. Thank you'],
    ['the params as JSON', '{"code":"A-1","name":"Ann"}'],
    ['the params inside of JSON', '{"template":{"code":"order_shipped","params":{"name":"Ann","code":"A-1"}}}'],
    ['the params in a list', '[{"name":"Ann","code":"A-1","more":"x"}]'],
    ['the text inside of JSON', '{"templateCode":"order_shipped","text":"Hi Ann, your order A-1 is on its way."}'],
  ])('are the same where the log has %s', (_, text) => {
    expect(likeness(text)).toBe('same');
  });

  it.each<[what: string, text: string | null]>([
    ['nothing', null],
    ['an empty text', ' '],
    ['the code of the template', 'order_shipped'],
    ['the name of the template', 'Order shipped'],
    ['the text of the template with its variables', 'Hi $(name),\n\nyour order $(code) is on its way.'],
    ['codes as JSON', '{"templateCode":"order_shipped","language":"en","id":17}'],
    ['an empty object', '{}'],
  ])('say nothing where the log has %s', (_, text) => {
    expect(likeness(text)).toBe('silent');
  });

  it.each<[what: string, text: string]>([
    ['the words of another row', 'Hi Bob,\n\nyour order B-2 is on its way.'],
    ['more than the message', 'Hi Ann, your order A-1 is on its way. Track it'],
    ['less than the message', 'Hi Ann, your order A-1'],
    ['a hidden value', 'Hi ***, your order A-1 is on its way.'],
    ['the params of another row', '{"name":"Bob","code":"B-2"}'],
    ['params of which one differs', '{"name":"Ann","code":"A-2"}'],
    ['the words of another row inside of JSON', '{"text":"Hi Bob, your order B-2 is on its way."}'],
    ['an object where a param should stand', '{"name":{"toString":0},"code":"A-1"}'],
    ['words without blanks inside of JSON', '{"text":"鲍勃,您好!您的订单已发出。"}'],
    ['JSON that breaks off', '{"name":"Ann","code":'],
  ])('are other words where the log has %s', (_, text) => {
    expect(likeness(text)).toBe('other');
  });

  it('are told by the params alone where the template cannot be read', () => {
    const blind = textComparer(message(), null);
    expect([blind('{"name":"Ann","code":"A-1"}'), blind('Hi Ann, your order A-1 is on its way.'), blind(null)]).toEqual(
      ['same', 'other', 'silent'],
    );
  });

  it('are the same for every row of a template without variables', () => {
    const plain = aTemplate({ body: parseTemplateText('We are closed today.') });
    expect(textComparer(message({}), plain)('We are closed today.')).toBe('same');
  });

  it('are compared in one Unicode form', () => {
    const composed = textComparer(message({ name: 'Jos\u00e9', code: 'A-1' }), template);
    expect(composed('Hi Jose\u0301, your order A-1 is on its way.')).toBe('same');
  });
});

describe('the words of a session message', () => {
  const said = (type: string, content: JsonObject, channel: Message['channel'] = 'whatsapp') =>
    textComparer(aMessage(2, { channel, content: { kind: 'session', type, content } }), null);
  const text = said('text', { text: 'Hi Ann,\n\nyour table  is ready' });
  const image = said('image', { link: 'https://example.com/a.jpg', caption: 'Your table' });
  const bare = said('image', { link: 'https://example.com/a.jpg' });

  it.each<[what: string, likeness: ReturnType<typeof textComparer>, logged: string]>([
    ['its text', text, 'Hi Ann,\n\nyour table  is ready'],
    ['its text with other blanks', text, ' Hi Ann, your table is ready'],
    ['its content as it was sent', text, '{"text":"Hi Ann,\\n\\nyour table  is ready"}'],
    ['its content in another order', image, '{"caption":"Your table","link":"https://example.com/a.jpg"}'],
    ['the content of a message without words', bare, '{"link":"https://example.com/a.jpg"}'],
  ])('are the same where the log has %s', (_what, likeness, logged) => {
    expect(likeness(logged)).toBe('same');
  });

  it.each([
    ['text', text],
    ['image', bare],
  ])('are not told of where the log is silent: %s', (_what, likeness) => {
    expect([likeness(null), likeness(' ')]).toEqual(['silent', 'silent']);
  });

  it.each<[what: string, likeness: ReturnType<typeof textComparer>, logged: string]>([
    ['other words', text, 'Hi Bob, your table is ready'],
    ['more words', text, 'Hi Ann, your table is ready. Come in'],
    ['other content', image, '{"caption":"Your table","link":"https://example.com/b.jpg"}'],
    ['part of the content', image, '{"link":"https://example.com/a.jpg"}'],
    ['words for a message without any', bare, 'Your table'],
    ['JSON that breaks off', text, '{"text":"Hi Ann'],
  ])('are other words where the log has %s', (_what, likeness, logged) => {
    expect(likeness(logged)).toBe('other');
  });

  const content = { name: { formatted_name: 'Ann Lee', first_name: 'Ann' }, phones: [{ phone: '+49 30 1234' }] };
  const contact = textComparer(aMessage(2, { content: { kind: 'session', type: 'contacts', content } }), null);

  it('are the same where the log has the content in the form in which it went', () => {
    expect(contact(JSON.stringify([content]))).toBe('same');
    expect(contact(JSON.stringify([{ ...content, phones: [] }]))).toBe('other');
  });
});

describe('the words of a text message in the log', () => {
  const likenessOf = textComparer(anSms(2), anSmsTemplate());

  it.each([
    ['the text with its sign', '【阿里云】您好Ann，您的订单已发货。', 'same'],
    ['the text alone', '您好Ann，您的订单已发货。', 'same'],
    ['another value', '【阿里云】您好Bob，您的订单已发货。', 'other'],
    ['another sign', '【Aliyun】您好Ann，您的订单已发货。', 'other'],
    ['nothing', null, 'silent'],
    ['an empty text', '', 'silent'],
  ])('are told by %s', (_name, text, likeness) => {
    expect(likenessOf(text)).toBe(likeness);
  });

  it('prove nothing where the template is not known', () => {
    expect(textComparer(anSms(2), null)('【阿里云】您好Ann，您的订单已发货。')).toBe('silent');
  });
});
