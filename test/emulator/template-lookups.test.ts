import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { sampleTemplates } from '../../src/emulator/templates.ts';
import { Cams, patience, sdkClient } from './support/sdk-client.ts';
import { callService } from './support/signed-request.ts';

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

const detail = (query: Record<string, string>) =>
  callService(emulator.url, { action: 'GetChatappTemplateDetail', query });
const list = (query: Record<string, string>) => callService(emulator.url, { action: 'ListChatappTemplate', query });

describe('GetChatappTemplateDetail', () => {
  it('answers one language variant, whole, under Data', async () => {
    const answer = await detail({ TemplateCode: 'order_shipped', Language: 'zh_CN' });
    expect(answer).toEqual({
      status: 200,
      body: {
        Code: 'OK',
        Message: 'OK',
        RequestId: expect.any(String),
        Data: {
          TemplateCode: 'order_shipped',
          Name: 'order_shipped',
          Language: 'zh_CN',
          AuditStatus: 'pass',
          Category: 'UTILITY',
          TemplateType: 'WHATSAPP',
          Reason: '',
          QualityScore: 'GREEN',
          Example: { name: 'Ann', code: 'A-1001', date: '21 Nov' },
          Components: [
            { Type: 'BODY', Text: '$(name),您好!您的订单 $(code) 已于 $(date) 从仓库发出。' },
            { Type: 'FOOTER', Text: '感谢您的惠顾' },
          ],
        },
      },
    });
  });

  it.each<[code: string, what: string, query: Record<string, string>]>([
    ['InvalidParameter.TemplateCodeNotEmpty', 'no template', { Language: 'en' }],
    ['InvalidParameter.LanguageNotEmpty', 'no language', { TemplateCode: 'order_shipped' }],
    ['InvalidParameter.LanguageNotSupport', 'an unknown language', { TemplateCode: 'order_shipped', Language: 'xx' }],
    ['DetailError.TemplateNotExist', 'an unknown template', { TemplateCode: 'nothing', Language: 'en' }],
    ['DetailError.TemplateNotExist', 'a missing variant', { TemplateCode: 'order_shipped', Language: 'it' }],
  ])('answers %s to %s', async (code, _, query) => {
    expect(await detail(query)).toMatchObject({ status: 400, body: { Code: code } });
  });

  it('gives the SDK everything its typed answer has room for', async () => {
    const request = new Cams.GetChatappTemplateDetailRequest({ templateCode: 'new_arrivals', language: 'en' });
    const { body } = await sdkClient(emulator.url).getChatappTemplateDetailWithOptions(request, patience);
    const [text, carousel] = body?.data?.components ?? [];
    expect(text?.text).toBe('Hi $(name), these have just arrived:');
    expect(carousel?.cards).toHaveLength(3);
    expect(carousel?.cards?.[0]?.cardComponents?.[2]?.buttons?.[0]?.url).toBe('https://shop.example.com/i/$(link1)');
  });
});

describe('ListChatappTemplate', () => {
  it('lists ten rows unless asked, a row for every language, with the total', async () => {
    const { body } = await list({});
    expect(body).toMatchObject({ Code: 'OK', Total: sampleTemplates.length });
    expect(body['ListTemplate']).toHaveLength(10);
    expect(body).toHaveProperty(['ListTemplate', 0], {
      TemplateCode: 'order_shipped',
      TemplateName: 'order_shipped',
      Language: 'en',
      AuditStatus: 'pass',
      Category: 'UTILITY',
      Reason: '',
      TemplateType: 'WHATSAPP',
    });
  });

  it('gives the page that was asked for', async () => {
    const { body } = await list({ Page: '{"Index":2,"Size":3}' });
    expect(body['ListTemplate']).toEqual(
      sampleTemplates
        .slice(3, 6)
        .map(({ TemplateCode, Language }) => expect.objectContaining({ TemplateCode, Language })),
    );
  });

  it.each<[filter: Record<string, string>, codes: string[]]>([
    [{ AuditStatus: 'fail' }, ['order_shipped', 'flash_sale']],
    [{ Category: 'AUTHENTICATION' }, ['login_code']],
    [{ Name: 'sale' }, ['spring_sale', 'flash_sale']],
    [{ Code: 'order_shipped', Language: 'es' }, ['order_shipped']],
    [{ TemplateType: 'VIBER' }, []],
  ])('filters by %j', async (filter, codes) => {
    const { body } = await list(filter);
    expect(body).toMatchObject({
      Total: codes.length,
      ListTemplate: codes.map((TemplateCode) => ({ TemplateCode })),
    });
  });

  it.each<[code: string, query: Record<string, string>]>([
    ['InvalidParameter.AuditStatusNotSupport', { AuditStatus: 'maybe' }],
    ['InvalidParameter.TemplateTypeNotSupport', { TemplateType: 'PIGEON' }],
    ['InvalidParameter.PageInvalid', { Page: 'first' }],
    ['InvalidParameter.PageInvalid', { Page: '{"Index":0}' }],
  ])('answers %s to %j', async (code, query) => {
    expect(await list(query)).toMatchObject({ status: 400, body: { Code: code } });
  });
});
