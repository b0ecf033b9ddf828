/** Plans of WhatsApp campaigns whose rows may go out as text messages: both are looked up, counted and frozen. */
import { expect, it } from 'vitest';
import { freezePlan } from '../../src/campaign/freeze-plan.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { SmsTemplateKind } from '../../src/domain/sms/sms-template.ts';
import { parseSmsText } from '../../src/domain/sms/sms-text.ts';
import type { Template } from '../../src/domain/template.ts';
import { aTemplate } from '../support/a-template.ts';
import { anSmsTemplate, aText } from '../support/an-sms.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { flatten } from '../support/flatten.ts';
import { anSmsFallback } from '../support/plan-record.ts';
import { aCampaign, codesOf, detailOf, freezeOptions, listOf, templatesOf, textsOf } from './plan-scene.ts';

const campaign: Campaign = { ...aCampaign(), fallback: anSmsFallback };
const prices = listOf(['prefix', 'price'], [['86', '0.05']]);

interface Scene {
  readonly rows: readonly (readonly string[])[];
  readonly template?: Template;
  readonly from?: Campaign;
  /** By China's clock. */
  readonly hour?: number;
}

async function frozen({ rows, template = anSmsTemplate(), from = campaign, hour = 12 }: Scene) {
  const source = textsOf(template);
  const templates = templatesOf(aTemplate());
  const options = freezeOptions({
    campaign: from,
    recipients: listOf(['phone', 'name'], rows),
    rates: prices,
    templates,
    sms: source.sms,
    clock: fakeClock(Date.UTC(2026, 2, 2, hour - 8)),
  });
  const plan = await freezePlan(options);
  return { plan, options, source, templates, codes: await codesOf(options.writer) };
}

function ofKind(kind: SmsTemplateKind): Template {
  return anSmsTemplate({ sms: { kind, attributes: {}, signs: ['阿里云'] } });
}

it('looks each template up where it is kept, and the sign once, and freezes both templates', async () => {
  const rows = [
    ['8613800100001', 'Ann'],
    ['8613800100002', 'Ben'],
    ['8613800100003', 'Cat'],
  ];
  const { plan, source, templates, options, codes } = await frozen({ rows });
  expect(codes).toEqual([]);
  expect(templates.lookUps).toEqual(['order_shipped en']);
  expect(source.lookUps).toEqual(['SMS_100001 ']);
  expect(source.asked).toEqual(['阿里云']);
  expect(plan.frozen).toEqual([
    { channel: 'whatsapp', code: 'order_shipped', language: 'en', detail: detailOf(aTemplate()) },
    { channel: 'sms', code: 'SMS_100001', language: '', detail: detailOf(anSmsTemplate()) },
  ]);
  expect(plan.signs).toEqual([{ name: '阿里云', filings: [] }]);
  const [first] = await flatten(options.writer.messages());
  expect(first).toMatchObject({ channel: 'whatsapp', content: { code: 'order_shipped' }, fallback: aText() });
  options.writer.discard();
});

it('counts the segments, and what they cost, of everybody who may fall back', async () => {
  // With its sign a text of 58 characters, and one of 75.
  const template = anSmsTemplate({ body: parseSmsText(`${'x'.repeat(50)}\${name}`) });
  const rows = [
    ['8613800100001', 'Ann'],
    ['8613800100002', 'x'.repeat(20)],
    ['8613800100002', 'x'.repeat(20)],
    ['8613800100003', ''],
  ];
  const { plan, options, codes } = await frozen({ rows, template });
  expect(codes).toEqual(['4 DUPLICATE', '5 PARAM_MISSING', '5 PARAM_MISSING']);
  const { segments, cost, requests, toSend, languages } = plan.summary;
  expect({ segments, cost, requests, toSend, languages }).toEqual({
    segments: 3,
    cost: { micros: 150_000, unpriced: 0, templates: false },
    requests: null,
    toSend: 2,
    languages: [{ name: 'en', rows: 2 }],
  });
  options.writer.discard();
});

it('gives a person one text message of the same words, and takes the other off the totals', async () => {
  const { fallback } = campaign;
  if (fallback?.kind !== 'sms') throw new Error('no text messages');
  const same = { ...fallback, sms: { ...fallback.sms, params: { name: { kind: 'text', text: 'you' } } } } as const;
  const rows = [
    ['8613800100001', 'Ann'],
    ['8613800100001', 'Ben'],
  ];
  const { plan, options, codes } = await frozen({ rows, from: { ...campaign, fallback: same } });
  expect(codes).toEqual(['3 SAME_ADDRESS', '3 FALLBACK_REPEATED']);
  expect([plan.summary.segments, plan.summary.toSend, plan.summary.mostToOne]).toEqual([1, 2, 2]);
  const messages = await flatten(options.writer.messages());
  expect(messages.map((message) => message.fallback?.kind ?? null)).toEqual(['sms', null]);
  options.writer.discard();
});

it('foretells the hours and the limits of the text messages alone', async () => {
  const rows = [
    ['8613800100001', '1234'],
    ['8613800100001', '2345'],
  ];
  const messagesOf = async (scene: Scene) => {
    const { plan, options } = await frozen(scene);
    options.writer.discard();
    return plan.preflight?.findings.map(({ code, severity, message }) => `${severity} ${code} ${message}`);
  };
  expect(await messagesOf({ rows, template: ofKind('verification') })).toEqual([
    'warning SMS_NUMBER_LIMIT fallback: one number may fall back 2 times, and the service lets it get 1 a minute: up to 1 of them will be refused (isv.BUSINESS_LIMIT_CONTROL)',
  ]);
  expect(await messagesOf({ rows: rows.slice(1), template: ofKind('promotion'), hour: 21 })).toEqual([
    'warning SMS_HOURS fallback: promotions go to mainland China from 8:00 to 20:00 China time alone, and it is another hour there now',
  ]);
  expect(await messagesOf({ rows, template: ofKind('notice'), hour: 21 })).toEqual([]);
});

it('expects a category of the template of WhatsApp, and of no other', async () => {
  const expecting = { ...campaign, expect: { category: 'UTILITY' } } as const;
  const { options, codes } = await frozen({ rows: [['8613800100001', 'Ann']], from: expecting });
  expect(codes).toEqual([]);
  options.writer.discard();
});

it('stops for a text template that the service lacks, and for a sign, with the approved ones nearest in name', async () => {
  const rows = [['8613800100001', 'Ann']];
  const lacking = await frozen({ rows, template: anSmsTemplate({ code: 'SMS_2' }) });
  expect(lacking.codes).toEqual(['list TEMPLATE_NOT_FOUND']);
  expect(lacking.plan.preflight).toBeNull();
  lacking.options.writer.discard();
  const { sms } = textsOf(anSmsTemplate(), { kind: 'missing', code: 'isv.SMS_SIGN_ILLEGAL', reason: 'no such sign' });
  const options = freezeOptions({ campaign, recipients: listOf(['phone', 'name'], rows), sms });
  await freezePlan(options);
  const [group] = await options.writer.findingGroups(1);
  expect(group).toMatchObject({
    code: 'SMS_SIGN',
    severity: 'fatal',
    first: [{ hint: expect.stringContaining('阿里云通信') }],
  });
  options.writer.discard();
});
