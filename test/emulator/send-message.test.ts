import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { sampleTemplates } from '../../src/emulator/templates.ts';
import { callService, orderShipped, sendMessage } from './support/signed-request.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ ratePerSecond: 100_000 });
});
afterAll(() => emulator.close());

const params = (values: Record<string, unknown>) => JSON.stringify(values);

describe('SendChatappMessage', () => {
  it('accepts a template message, names it, and remembers what it was', async () => {
    const answer = await sendMessage(emulator.url, { TaskId: 'task-7' });
    expect(answer).toEqual({
      status: 200,
      body: {
        Code: 'OK',
        Message: 'OK',
        RequestId: expect.stringMatching(/^[0-9A-F-]{36}$/),
        MessageId: expect.stringMatching(/^emulated-[0-9a-z]+-\d+$/),
      },
    });
    expect(emulator.accepted().at(-1)).toEqual({
      number: emulator.accepted().length,
      messageId: answer.body['MessageId'],
      acceptedAt: expect.any(Number),
      arrivedMs: expect.any(Number),
      groupMessageId: null,
      failure: null,
      channel: 'whatsapp',
      type: 'template',
      from: '8613867404376',
      to: '8613800000001',
      templateCode: 'order_shipped',
      language: 'en',
      params: { name: 'Ann', code: 'A-1', date: '21 Nov' },
      messageType: null,
      content: null,
      taskId: 'task-7',
      fields: {},
    });
  });

  it('reads parameters from the query as from the form', async () => {
    const answer = await callService(emulator.url, { query: { ...orderShipped, To: '8613800000002' } });
    expect(answer.body['Code']).toBe('OK');
    expect(emulator.accepted().at(-1)).toMatchObject({ to: '8613800000002', params: { name: 'Ann' } });
  });

  it('finds a template by its name', async () => {
    const answer = await sendMessage(emulator.url, { TemplateCode: '', TemplateName: 'order_shipped' });
    expect(answer.body['Code']).toBe('OK');
    expect(emulator.accepted().at(-1)).toMatchObject({ templateCode: 'order_shipped' });
  });

  it.each<[code: string, what: string, fields: Record<string, string>]>([
    ['MissingChannelType', 'no channel', { ChannelType: '' }],
    ['InvalidParameter.ChannelTypeNotSupport', 'an unknown channel', { ChannelType: 'pigeon' }],
    ['MissingType', 'no type', { Type: '' }],
    ['InvalidParameter', 'an unknown type', { Type: 'letter' }],
    ['MissingFrom', 'no sender', { From: '' }],
    ['InvalidParameter.FromOnlyNumeric', 'a sender with a plus', { From: '+8613867404376' }],
    ['MissingTo', 'no recipient', { To: '' }],
    ['InvalidParameter.PhoneNumberError', 'a recipient with a plus', { To: '+8613800000001' }],
    ['InvalidParameter.PhoneNumberError', 'a recipient with letters', { To: '86138OOOOOOO1' }],
    ['InvalidParameter.PhoneNumberError', 'a recipient without a country code', { To: '013800000001' }],
    ['InvalidParameter.PhoneNumberError', 'a recipient that is too long', { To: '8613800000001234' }],
    ['InvalidParameter.TemplateCodeNotEmpty', 'no template', { TemplateCode: '' }],
    ['InvalidParameter.LanguageNotEmpty', 'no language', { Language: '' }],
    ['InvalidParameter.LanguageNotSupport', 'a language in another case', { Language: 'EN' }],
    ['TemplateNotFound', 'an unknown template', { TemplateCode: 'nothing' }],
    ['132001', 'a language the template lacks', { Language: 'it' }],
    ['132001', 'a variant that was refused', { Language: 'de' }],
    ['132001', 'a variant in review', { Language: 'fr' }],
    ['132001', 'a template never reviewed', { TemplateCode: 'autumn_teaser', TemplateParams: params({ name: 'A' }) }],
    ['132015', 'a paused template', { TemplateCode: 'old_promo', TemplateParams: params({ name: 'A' }) }],
    ['132016', 'a disabled template', { TemplateCode: 'older_promo', TemplateParams: params({ name: 'A' }) }],
    ['TemplateParamInvalid', 'values that are no JSON', { TemplateParams: '{name' }],
    ['TemplateParamInvalid', 'values that are a list', { TemplateParams: '["Ann"]' }],
    ['TemplateParamInvalid', 'a value that is a number', { TemplateParams: params({ name: 'A', code: 1, date: '2' }) }],
    ['TemplateParamInvalid', 'an empty value', { TemplateParams: params({ name: '', code: '1', date: '2' }) }],
    ['132000', 'no values', { TemplateParams: '' }],
    ['132000', 'a missing value', { TemplateParams: params({ name: 'A', code: '1' }) }],
    ['132000', 'an extra value', { TemplateParams: params({ name: 'A', code: '1', date: '2', more: '3' }) }],
    ['132000', 'a misnamed value', { TemplateParams: params({ name: 'A', code: '1', Date: '2' }) }],
    ['132018', 'a line break in a value', { TemplateParams: params({ name: 'A\nB', code: '1', date: '2' }) }],
    ['132018', 'a tab in a value', { TemplateParams: params({ name: 'A\tB', code: '1', date: '2' }) }],
    ['132018', 'five blanks in a value', { TemplateParams: params({ name: 'A     B', code: '1', date: '2' }) }],
    ['132005', 'a text that is too long', { TemplateParams: params({ name: 'x'.repeat(1000), code: '1', date: '2' }) }],
    [
      '132005',
      'a header that is too long',
      {
        TemplateCode: 'header_text',
        TemplateParams: params({ order: '1'.repeat(55), name: 'Ann', status: 'ready' }),
      },
    ],
    [
      'InvalidParameter.FileUrlError',
      'a header link that is none',
      {
        TemplateCode: 'invoice',
        TemplateParams: params({ file: 'invoice.pdf', name: 'Ann', number: '1', amount: '2' }),
      },
    ],
  ])('answers %s to %s', async (code, _, fields) => {
    const { accepted, refused } = emulator.stats();
    const answer = await sendMessage(emulator.url, fields);
    expect(answer).toEqual({
      status: 400,
      body: { Code: code, Message: expect.stringMatching(/\w/), RequestId: expect.any(String) },
    });
    expect(emulator.stats()).toMatchObject({ accepted, refused: { [code]: (refused[code] ?? 0) + 1 } });
  });

  it.each(sampleTemplates.filter(({ AuditStatus }) => AuditStatus === 'pass'))(
    'accepts its own sample values for $TemplateCode in $Language',
    async ({ TemplateCode, Language, Example }) => {
      const answer = await sendMessage(emulator.url, { TemplateCode, Language, TemplateParams: params(Example) });
      expect(answer).toMatchObject({ status: 200, body: { Code: 'OK' } });
    },
  );

  it('counts recipients, and the same words to the same address as duplicates', async () => {
    const counted = await startEmulator();
    try {
      await sendMessage(counted.url, { To: '8613800000101' });
      await sendMessage(counted.url, { To: '8613800000102' });
      await sendMessage(counted.url, {
        To: '8613800000101',
        TemplateParams: params({ date: '21 Nov', code: 'A-1', name: 'Ann' }),
      });
      await sendMessage(counted.url, {
        To: '8613800000101',
        TemplateParams: params({ name: 'Bob', code: 'A-1', date: '21 Nov' }),
      });
      expect(counted.stats()).toEqual({
        requests: 4,
        sends: 4,
        accepted: 4,
        refused: {},
        throttled: 0,
        faults: {},
        worstSecond: expect.any(Number),
        worstSecondAtLeast: expect.any(Number),
        massSends: 0,
        worstMassSecond: 0,
        smsSends: 0,
        worstSmsSecond: 0,
        smsBatchSends: 0,
        worstSmsBatchSecond: 0,
        firstArrivalMs: counted.accepted()[0]?.arrivedMs,
        lastArrivalMs: counted.accepted()[3]?.arrivedMs,
        recipients: 2,
        duplicates: 1,
      });
    } finally {
      await counted.close();
    }
  });
});
