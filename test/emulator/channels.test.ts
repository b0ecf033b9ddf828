import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { contents, type TypedContent } from './support/contents.ts';
import { callService, sendMessage } from './support/signed-request.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ ratePerSecond: 100_000 });
});
afterAll(() => emulator.close());

const noTemplate = { TemplateCode: '', Language: '', TemplateParams: '' };

function sendContent({ channel, messageType, more = {} }: TypedContent, content: unknown) {
  const fields = { ChannelType: channel, Type: 'message', MessageType: messageType, ...more };
  return sendMessage(emulator.url, { ...noTemplate, ...fields, Content: JSON.stringify(content) });
}

const text = (channel: string, fields: Record<string, string> = {}) => {
  const content = { Type: 'message', MessageType: 'text', Content: '{"text":"hello"}' };
  return sendMessage(emulator.url, { ...noTemplate, ChannelType: channel, ...content, ...fields });
};

async function code(sent: ReturnType<typeof text>): Promise<unknown> {
  return (await sent).body['Code'];
}

const codeOf: Readonly<Record<string, string>> = {
  text: 'InvalidParameter.TextNotEmpty',
  link: 'InvalidParameter.LinkNotEmpty',
};

const ofRequired = contents.flatMap((each) =>
  each.required.map((key) => [each.channel, each.messageType, key, each] as const),
);
const ofRefused = contents.flatMap((each) =>
  (each.refused ?? []).map((key) => [each.channel, each.messageType, key, each] as const),
);

describe('a free-form message', () => {
  it.each(contents)('of type $messageType is taken on $channel, and kept as it came', async (each) => {
    expect(await code(sendContent(each, each.content))).toBe('OK');
    expect(emulator.accepted().at(-1)).toMatchObject({
      channel: each.channel,
      type: 'message',
      messageType: each.messageType,
      templateCode: null,
      language: null,
      params: {},
      content: JSON.stringify(each.content),
    });
  });

  it.each(ofRequired)('on %s of type %s needs %s', async (_, __, key, each) => {
    const { [key]: _left, ...rest } = { ...each.content } as Record<string, unknown>;
    const wanted = codeOf[key] ?? 'InvalidParameter.ContentError';
    expect(await code(sendContent(each, rest))).toBe(wanted);
    expect(await code(sendContent(each, { ...rest, [key]: null }))).toBe(wanted);
  });

  it.each(ofRefused)('on %s of type %s must not have %s', async (_, __, key, each) => {
    expect(await code(sendContent(each, { ...each.content, [key]: 'x' }))).toBe('InvalidParameter.ContentError');
  });

  it.each<[channel: string, messageType: string, spoiled: Record<string, unknown>]>([
    ['whatsapp', 'text', { text: 7 }],
    ['whatsapp', 'image', { link: 'shop.example.com/1.jpg' }],
    ['whatsapp', 'image', { link: 'ftp://shop.example.com/1.jpg' }],
    ['whatsapp', 'location', { longitude: 'east' }],
    ['whatsapp', 'location', { longitude: 181 }],
    ['whatsapp', 'location', { latitude: -91 }],
    ['whatsapp', 'interactive', { action: 'buttons' }],
    ['whatsapp', 'contacts', { name: 7 }],
    ['viber', 'video', { duration: 0 }],
    ['viber', 'video', { fileSize: 'large' }],
    ['viber', 'video', { thumbnail: 'none' }],
    ['messenger', 'document', { link: 'a.pdf' }],
  ])('on %s of type %s is refused with %j', async (channel, messageType, spoiled) => {
    const each = contents.find((sample) => sample.channel === channel && sample.messageType === messageType);
    if (each === undefined) throw new Error('there is a sample of each');
    expect(await code(sendContent(each, { ...each.content, ...spoiled }))).toBe('InvalidParameter.ContentError');
  });

  it.each([
    ['whatsapp', 'text_button'],
    ['viber', 'audio'],
    ['messenger', 'sticker'],
    ['instagram', 'location'],
    ['whatsapp', 'constructor'],
  ])('on %s cannot be of type %s', async (channel, MessageType) => {
    expect(await code(text(channel, { MessageType }))).toBe('InvalidParameter.MessageTypeNotSupport');
  });

  it.each([
    ['InvalidParameter.MessageTypeNotEmpty', { MessageType: '' }],
    ['InvalidParameter.ContentNotEmpty', { Content: '' }],
    ['InvalidParameter.ContentError', { Content: 'hello' }],
    ['InvalidParameter.ContentError', { Content: '["hello"]' }],
    ['InvalidParameter.ContentError', { Content: '[{"text":"hello"}]' }],
    ['InvalidParameter.ContentError', { MessageType: 'contacts', Content: '[]' }],
    ['InvalidParameter.ContentError', { MessageType: 'contacts', Content: '[{"name":"Ann"},{}]' }],
    ['InvalidParameter.MessageTypeNotSupport', { MessageType: 'pin', Content: '{"messageId":"m-1"}' }],
  ])('is answered %s with %j', async (wanted, fields) => {
    expect(await code(text('whatsapp', fields))).toBe(wanted);
  });

  it('holds several contacts as a list', async () => {
    const Content = '[{"name":{"formatted_name":"Ann"}},{"name":"Bob"}]';
    expect(await code(text('whatsapp', { MessageType: 'contacts', Content }))).toBe('OK');
  });

  it('takes a reaction back with an empty emoji', async () => {
    const Content = '{"messageId":"m-1","emoji":""}';
    expect(await code(text('whatsapp', { MessageType: 'reaction', Content }))).toBe('OK');
  });

  it('may have its content and payload in the query, as the typed SDK sends them, or in the form', async () => {
    const form = { ChannelType: 'viber', Type: 'message', From: '123', To: '8613800000001', MessageType: 'text' };
    const free = { Content: '{"text":"hello"}', Payload: '["a"]' };
    const answers = [
      await callService(emulator.url, { form, query: free }),
      await callService(emulator.url, { form: { ...form, ...free } }),
    ];
    expect(answers.map(({ body }) => body['Code'])).toEqual(['OK', 'OK']);
    expect(emulator.accepted().slice(-2)).toMatchObject(
      Array(2).fill({ content: '{"text":"hello"}', fields: { Payload: '["a"]' } }),
    );
  });
});

describe('an address', () => {
  it.each<[channel: string, to: string, code: string]>([
    ['whatsapp', '8613800000001', 'OK'],
    ['whatsapp', '6', 'InvalidParameter.PhoneNumberError'],
    ['viber', '8613800000001', 'OK'],
    ['viber', '6', 'InvalidParameter.PhoneNumberError'],
    ['viber', '+8613800000001', 'InvalidParameter.PhoneNumberError'],
    ['messenger', '6', 'OK'],
    ['messenger', '0'.repeat(32), 'OK'],
    ['messenger', '1'.repeat(33), 'InvalidParameter'],
    ['messenger', 'ann', 'InvalidParameter.ToOnlyNumeric'],
    ['instagram', '17841400000000000', 'OK'],
    ['instagram', '@ann', 'InvalidParameter.ToOnlyNumeric'],
    ['instagram', '', 'MissingTo'],
  ])('on %s %j is answered %s', async (channel, To, wanted) => {
    expect(await code(text(channel, { To }))).toBe(wanted);
  });

  it('of a group is an id of any form', async () => {
    const To = 'Y2FwaV9ncm91cDo=';
    expect(await code(text('whatsapp', { To, RecipientType: 'group' }))).toBe('OK');
    expect(await code(text('whatsapp', { To: 'a b', RecipientType: 'group' }))).toBe('InvalidParameter');
    expect(await code(text('viber', { RecipientType: 'group' }))).toBe('InvalidParameter');
  });
});

describe('a template message', () => {
  it('on viber needs no template that the emulator has', async () => {
    const fields = { ChannelType: 'viber', TemplateCode: 'any', TemplateParams: '{"a":"1"}' };
    expect(await code(sendMessage(emulator.url, fields))).toBe('OK');
    expect(emulator.accepted().at(-1)).toMatchObject({
      channel: 'viber',
      type: 'template',
      templateCode: 'any',
      params: { a: '1' },
    });
    expect(await code(sendMessage(emulator.url, { ...fields, TemplateParams: '{"a":1}' }))).toBe(
      'TemplateParamInvalid',
    );
    expect(await code(sendMessage(emulator.url, { ...fields, Language: '' }))).toBe(
      'InvalidParameter.LanguageNotEmpty',
    );
  });

  it.each(['messenger', 'instagram'])('finds no template on %s', async (ChannelType) => {
    expect(await code(sendMessage(emulator.url, { ChannelType }))).toBe('TemplateNotFound');
  });
});
