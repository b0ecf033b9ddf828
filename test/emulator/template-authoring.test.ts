import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { Cams, patience, sdkClient } from './support/sdk-client.ts';
import { callService, type ServiceAnswer, sendMessage } from './support/signed-request.ts';

const reviewMs = 5_000;
// Requests are signed at the time of this machine, and judged by the emulator's.
let clock: ReturnType<typeof fakeClock>;
let emulator: Emulator;
beforeEach(async () => {
  clock = fakeClock(Date.now());
  emulator = await startEmulator({ reviewMs, clock });
});
afterEach(() => emulator.close());

const body = { Type: 'BODY', Text: 'Hi $(name), your order is packed.' };
const draft = {
  Category: 'UTILITY',
  Name: 'order_update',
  Language: 'en',
  TemplateType: 'WHATSAPP',
  Components: JSON.stringify([body]),
  Example: JSON.stringify({ name: 'Ann' }),
};

type Fields = Readonly<Record<string, string>>;
const call = (action: string) => (form: Fields) => callService(emulator.url, { action, form });
const create = (changes: Fields = {}) => call('CreateChatappTemplate')({ ...draft, ...changes });
const modify = (changes: Fields = {}) =>
  call('ModifyChatappTemplate')({ ...draft, TemplateName: draft.Name, ...changes });
const remove = (query: Fields) => callService(emulator.url, { action: 'DeleteChatappTemplate', query });
const detail = async (TemplateCode: string, Language = 'en') => {
  const query = { TemplateCode, Language };
  const answer = await callService(emulator.url, { action: 'GetChatappTemplateDetail', query });
  return answer.body['Data'] ?? answer.body['Code'];
};

function codeOf({ body: answer }: ServiceAnswer): string {
  const data = answer['Data'];
  if (typeof data === 'object' && data !== null && 'TemplateCode' in data) return String(data.TemplateCode);
  throw new Error(`no code in ${JSON.stringify(answer)}`);
}

describe('CreateChatappTemplate', () => {
  it('answers the code, keeps the template in review, and approves it after its time', async () => {
    const answer = await create();
    expect(answer).toEqual({
      status: 200,
      body: {
        Code: 'OK',
        Message: 'OK',
        RequestId: expect.any(String),
        Data: { TemplateCode: expect.stringMatching(/^\d+$/), TemplateName: 'order_update' },
      },
    });
    const TemplateCode = codeOf(answer);
    const kept = {
      TemplateCode,
      Name: 'order_update',
      Language: 'en',
      Category: 'UTILITY',
      TemplateType: 'WHATSAPP',
      Components: [body],
      Example: { name: 'Ann' },
      QualityScore: 'UNKNOWN',
      Reason: '',
    };
    expect(await detail(TemplateCode)).toEqual({ ...kept, AuditStatus: 'auditing' });
    const message = { TemplateCode, TemplateParams: '{"name":"Ann"}' };
    expect(await sendMessage(emulator.url, message)).toMatchObject({ body: { Code: '132001' } });
    await clock.advance(reviewMs);
    expect(await detail(TemplateCode)).toEqual({ ...kept, AuditStatus: 'pass' });
    expect(await sendMessage(emulator.url, message)).toMatchObject({ body: { Code: 'OK' } });
  });

  it('refuses a draft with reject in its name, with a reason', async () => {
    const code = codeOf(await create({ Name: 'please_reject_me' }));
    await clock.advance(reviewMs);
    expect(await detail(code)).toMatchObject({
      AuditStatus: 'fail',
      Reason: 'INVALID_FORMAT',
    });
  });

  it('gives the languages of a name one code, and another name another', async () => {
    const codes: string[] = [];
    for (const changes of [{}, { Language: 'zh_CN' }, { Name: 'order_packed' }]) {
      codes.push(codeOf(await create(changes)));
    }
    expect(codes[1]).toBe(codes[0]);
    expect(codes[2]).not.toBe(codes[0]);
  });

  it('writes the text of an authentication template itself', async () => {
    const answer = await create({
      Category: 'AUTHENTICATION',
      Components: JSON.stringify([
        { Type: 'BODY', AddSecretRecommendation: true },
        { Type: 'FOOTER', CodeExpirationMinutes: 5 },
        { Type: 'BUTTONS', Buttons: [{ Type: 'COPY_CODE', Text: 'Copy code' }] },
      ]),
    });
    expect(await detail(codeOf(answer))).toMatchObject({
      Components: [
        { Type: 'BODY', Text: '$(code) is your verification code. For your security, do not share this code.' },
        { Type: 'FOOTER', CodeExpirationMinutes: 5 },
        { Type: 'BUTTONS' },
      ],
    });
  });

  it('takes what the typed method of the SDK sends, and answers what it reads', async () => {
    const request = new Cams.CreateChatappTemplateRequest({
      category: 'MARKETING',
      name: 'new_hats',
      language: 'en',
      templateType: 'WHATSAPP',
      allowCategoryChange: true,
      example: { name: 'Ann', image: 'https://shop.example.com/hat.jpg' },
      components: [
        new Cams.CreateChatappTemplateRequestComponents({ type: 'BODY', text: 'Hi $(name), new hats.' }),
        new Cams.CreateChatappTemplateRequestComponents({
          type: 'LIMITED_TIME_OFFER',
          text: 'Ends soon',
          hasExpiration: true,
        }),
        new Cams.CreateChatappTemplateRequestComponents({
          type: 'CAROUSEL',
          cards: [
            new Cams.CreateChatappTemplateRequestComponentsCards({
              cardComponents: [
                new Cams.CreateChatappTemplateRequestComponentsCardsCardComponents({
                  type: 'HEADER',
                  format: 'IMAGE',
                  url: '$(image)',
                }),
                new Cams.CreateChatappTemplateRequestComponentsCardsCardComponents({
                  type: 'BUTTONS',
                  buttons: [
                    new Cams.CreateChatappTemplateRequestComponentsCardsCardComponentsButtons({
                      type: 'URL',
                      text: 'View',
                      url: 'https://shop.example.com/',
                      urlType: 'static',
                    }),
                  ],
                }),
              ],
            }),
          ],
        }),
      ],
    });
    const { body: answer } = await sdkClient(emulator.url).createChatappTemplateWithOptions(request, patience);
    expect(answer).toMatchObject({ code: 'OK', data: { templateName: 'new_hats' } });
    expect(await detail(answer?.data?.templateCode ?? '')).toMatchObject({
      Category: 'MARKETING',
      Components: [
        { Type: 'BODY' },
        { Type: 'LIMITED_TIME_OFFER', hasExpiration: true },
        { Type: 'CAROUSEL', Cards: [{ CardComponents: [{ Url: '$(image)' }, { Buttons: [{ Text: 'View' }] }] }] },
      ],
    });
  });

  const components = (...added: object[]): Fields => ({ Components: JSON.stringify([body, ...added]) });
  const buttons = (...list: object[]): Fields => components({ Type: 'BUTTONS', Buttons: list });
  const reply = { Type: 'QUICK_REPLY', Text: 'Stop' };
  const link = { Type: 'URL', Text: 'Shop', Url: 'https://shop.example.com/' };
  const authentication = (...list: object[]): Fields => ({
    Category: 'AUTHENTICATION',
    Components: JSON.stringify(list),
  });
  it.each<[code: string, what: string, changes: Fields]>([
    ['InvalidParameter.CreateError', 'a name with capitals', { Name: 'Order' }],
    ['InvalidParameter.TemplateNameExist', 'a name that is taken', { Name: 'order_shipped' }],
    ['InvalidParameter.CreateError', 'an unknown category', { Category: 'OTP' }],
    ['InvalidParameter.LanguageNotEmpty', 'no language', { Language: '' }],
    ['InvalidParameter.LanguageNotSupport', 'an unknown language', { Language: 'zh_cn' }],
    ['InvalidParameter.TemplateTypeNotSupport', 'no type', { TemplateType: '' }],
    ['MissingComponents', 'no components', { Components: '' }],
    ['InvalidParameter.CreateError', 'a life that is no number', { MessageSendTtlSeconds: 'long' }],
    ['InvalidParameter.CreateError', 'components that are no list', { Components: '{}' }],
    ['MissingType', 'a component without a type', { Components: '[{"Text":"Hi"}]' }],
    ['InvalidParameter.CreateError', 'an unknown component', components({ Type: 'SIDEBAR' })],
    ['InvalidParameter.CreateError', 'two bodies', components(body)],
    ['InvalidParameter.CreateError', 'no body text', { Components: '[{"Type":"BODY"}]' }],
    ['InvalidParameter.MessageInvalid', 'digits in braces', { Components: '[{"Type":"BODY","Text":"Hi {{1}}"}]' }],
    [
      'InvalidParameter.CreateError',
      'a long body',
      { Components: JSON.stringify([{ Type: 'BODY', Text: 'x'.repeat(1025) }]) },
    ],
    ['InvalidParameter.CreateError', 'a long footer', components({ Type: 'FOOTER', Text: 'x'.repeat(61) })],
    [
      'InvalidParameter.FooterHaveVariable',
      'a variable in the footer',
      components({ Type: 'FOOTER', Text: '$(name)' }),
    ],
    [
      'InvalidParameter.HeaderMoreVarable',
      'two variables in the header',
      components({ Type: 'HEADER', Format: 'TEXT', Text: '$(a) $(b)' }),
    ],
    ['InvalidParameter.HeaderTypeNotSupport', 'a header of sound', components({ Type: 'HEADER', Format: 'AUDIO' })],
    ['InvalidParameter.CreateError', 'eleven buttons', buttons(...Array.from({ length: 11 }, () => reply))],
    ['InvalidParameter.CreateError', 'three links', buttons(link, link, link)],
    ['InvalidParameter.CreateError', 'a reply beside a link', buttons(reply, link)],
    ['InvalidParameter.CreateError', 'an unknown button', buttons({ Type: 'BELL', Text: 'Ring' })],
    ['InvalidParameter.ButtonTextHaveVariable', 'a variable in a label', buttons({ ...reply, Text: '$(name)' })],
    [
      'InvalidParameter.UrlMoreVarable',
      'two variables in a link',
      buttons({ ...link, Url: 'https://shop.example.com/$(a)$(b)' }),
    ],
    [
      'InvalidParameter.PhoneNumberError',
      'a number of letters',
      buttons({ Type: 'PHONE_NUMBER', Text: 'Call', PhoneNumber: 'me' }),
    ],
    [
      'InvalidParameter.CreateError',
      'a coupon with a dash',
      buttons({ Type: 'COPY_CODE', Text: 'Copy', CouponCode: 'A-1' }),
    ],
    [
      'InvalidParameter.CreateError',
      'a flow without its screen',
      buttons({ Type: 'FLOW', Text: 'Book', FlowAction: 'NAVIGATE' }),
    ],
    [
      'InvalidParameter.CreateError',
      'a card with three buttons',
      components({
        Type: 'CAROUSEL',
        Cards: [{ CardComponents: [{ Type: 'BUTTONS', Buttons: [reply, reply, reply] }] }],
      }),
    ],
    ['InvalidParameter.CreateError', 'a variable without an example', { Example: '{}' }],
    ['InvalidParameter.CreateError', 'examples that are no map', { Example: '["Ann"]' }],
    ['InvalidParameter.CreateError', 'an authentication with words of its own', authentication(body)],
    ['InvalidParameter.CreateError', 'an authentication without a button', authentication({ Type: 'BODY' })],
    [
      'InvalidParameter.CreateError',
      'one tap without an app',
      authentication({ Type: 'BODY' }, { Type: 'BUTTONS', Buttons: [{ Type: 'ONE_TAP', Text: 'Copy' }] }),
    ],
  ])('answers %s to %s', async (code, _what, changes) => {
    expect(await create(changes)).toMatchObject({ status: 400, body: { Code: code } });
  });
});

describe('ModifyChatappTemplate', () => {
  it('replaces a refused template and reviews it again', async () => {
    const text = 'Hi $(name), your order has left.';
    const { body: answer } = await modify({
      TemplateName: 'order_shipped',
      Language: 'de',
      Components: JSON.stringify([{ Type: 'BODY', Text: text }]),
    });
    expect(answer).toMatchObject({
      Code: 'OK',
      Data: { TemplateCode: 'order_shipped', TemplateName: 'order_shipped' },
    });
    expect(await detail('order_shipped', 'de')).toMatchObject({
      AuditStatus: 'auditing',
      Components: [{ Text: text }],
    });
    await clock.advance(reviewMs);
    expect(await detail('order_shipped', 'de')).toMatchObject({ AuditStatus: 'pass', Reason: '' });
  });

  it('takes what the typed method of the SDK sends, and answers what it reads', async () => {
    const request = new Cams.ModifyChatappTemplateRequest({
      templateCode: 'autumn_teaser',
      language: 'en',
      templateType: 'WHATSAPP',
      components: [new Cams.ModifyChatappTemplateRequestComponents({ type: 'BODY', text: 'Autumn is close.' })],
    });
    const { body: answer } = await sdkClient(emulator.url).modifyChatappTemplateWithOptions(request, patience);
    expect(answer).toMatchObject({ code: 'OK', data: { templateCode: 'autumn_teaser' } });
  });

  it.each<[code: string, what: string, changes: Fields]>([
    ['InvalidParameter.CreateError', 'an approved template', { TemplateName: 'order_shipped' }],
    ['InvalidParameter.CreateError', 'a template in review', { TemplateName: 'summer_teaser' }],
    ['DetailError.TemplateNotExist', 'an unknown one', { TemplateName: 'nothing' }],
    ['InvalidParameter.TemplateCodeNotEmpty', 'none', { TemplateName: '' }],
    [
      'InvalidParameter.FooterHaveVariable',
      'a rule that is broken',
      { TemplateName: 'flash_sale', Components: '[{"Type":"FOOTER","Text":"$(a)"}]' },
    ],
  ])('answers %s to %s', async (code, _what, changes) => {
    expect(await modify(changes)).toMatchObject({ status: 400, body: { Code: code } });
  });
});

describe('DeleteChatappTemplate', () => {
  it('takes one language away, or the whole template', async () => {
    expect(await remove({ TemplateCode: 'order_shipped', Language: 'es', TemplateType: 'WHATSAPP' })).toMatchObject({
      status: 200,
      body: { Code: 'OK' },
    });
    expect(await detail('order_shipped', 'es')).toBe('DetailError.TemplateNotExist');
    expect(await detail('order_shipped', 'en')).toMatchObject({ AuditStatus: 'pass' });
    const request = new Cams.DeleteChatappTemplateRequest({ templateName: 'order_shipped' });
    const { body: answer } = await sdkClient(emulator.url).deleteChatappTemplateWithOptions(request, patience);
    expect(answer).toMatchObject({ code: 'OK' });
    expect(await detail('order_shipped', 'en')).toBe('DetailError.TemplateNotExist');
  });

  it('ends a review that is under way', async () => {
    const TemplateCode = codeOf(await create());
    await remove({ TemplateCode });
    await clock.advance(reviewMs);
    expect(await detail(TemplateCode)).toBe('DetailError.TemplateNotExist');
  });

  it.each<[code: string, query: Fields]>([
    ['DelError.TemplateNotExist', { TemplateCode: 'nothing' }],
    ['DelError.TemplateNotExist', { TemplateCode: 'spring_sale', Language: 'it', TemplateType: 'WHATSAPP' }],
    ['InvalidParameter.TemplateTypeNotSupport', { TemplateCode: 'spring_sale', Language: 'en' }],
    ['InvalidParameter.TemplateCodeNotEmpty', {}],
  ])('answers %s to %j', async (code, query) => {
    expect(await remove(query)).toMatchObject({ status: 400, body: { Code: code } });
  });
});

it('refuses a review time below nothing', async () => {
  await expect(startEmulator({ reviewMs: -1 })).rejects.toThrow('emulator: reviewMs must not be negative');
});
