import { describe, expect, it } from 'vitest';
import { campaignDigest } from '../../src/campaign/canonical-campaign.ts';
import type {
  Campaign,
  CampaignContent,
  SessionChoice,
  SmsFallback,
  TemplateChoice,
} from '../../src/domain/campaign.ts';

const template = {
  kind: 'template',
  code: 'order_shipped',
  language: { kind: 'fixed', language: 'en' },
  params: { name: { kind: 'column', column: 'first_name' }, code: { kind: 'text', text: '{{ code }}' } },
} as const satisfies CampaignContent;

const campaign: Campaign = {
  name: 'spring',
  channel: 'whatsapp',
  from: '8613867404376',
  custSpaceId: null,
  recipients: {
    file: 'a/list.csv',
    format: null,
    delimiter: null,
    encoding: null,
    to: 'phone',
    country: null,
    suppress: 'never.csv',
  },
  content: template,
  fallback: null,
  rates: null,
  request: {},
  expect: { category: null },
  send: {
    mode: 'single',
    rate: { count: 250, perMs: 1000 },
    senderRate: null,
    concurrency: 128,
    stopAfter: null,
    maxDurationMs: null,
    dailyCap: { kind: 'tier' },
  },
};

const digest = campaignDigest(campaign);

function withRecipients(changes: Partial<Campaign['recipients']>): Campaign {
  return { ...campaign, recipients: { ...campaign.recipients, ...changes } };
}

function withTemplate(changes: Partial<TemplateChoice>): Campaign {
  return { ...campaign, content: { ...template, ...changes } };
}

describe('campaignDigest', () => {
  it('never changes for the same campaign, since run files hold it', () => {
    expect(digest).toBe('f86a5fdde0f5ca7f17423deb2ffb66924c2f61e9041116460e56828884e0f744');
  });

  it.each<[string, Campaign]>([
    ['its name', { ...campaign, name: 'summer' }],
    ['where its list lies', withRecipients({ file: '/srv/list.csv' })],
    ['where its do-not-contact list lies', withRecipients({ suppress: '/srv/never.csv' })],
    ['its pace', { ...campaign, send: { ...campaign.send, rate: { count: 1, perMs: 1000 }, concurrency: 1 } }],
    [
      'the order of its params',
      withTemplate({ params: Object.fromEntries(Object.entries(template.params).reverse()) }),
    ],
  ])('stays when a campaign differs in %s', (_what, other) => {
    expect(campaignDigest(other)).toBe(digest);
  });

  it.each<[string, Campaign]>([
    ['its sender', { ...campaign, from: '8613867404377' }],
    ['its space', { ...campaign, custSpaceId: 'cams-abc123' }],
    ['what it expects', { ...campaign, expect: { category: 'UTILITY' } }],
    ['its address column', withRecipients({ to: 'mobile' })],
    ['its country', withRecipients({ country: 'CN' })],
    ['its format', withRecipients({ format: 'tsv' })],
    ['its delimiter', withRecipients({ delimiter: ';' })],
    ['its encoding', withRecipients({ encoding: 'gb18030' })],
    ['having a do-not-contact list', withRecipients({ suppress: null })],
    ['its template', withTemplate({ code: 'order_late' })],
    ['its language', withTemplate({ language: { kind: 'fixed', language: 'en_US' } })],
    ['a param', withTemplate({ params: { ...template.params, code: { kind: 'column', column: '{{ code }}' } } })],
    ['a param more', withTemplate({ params: { ...template.params, date: { kind: 'column', column: 'date' } } })],
  ])('changes with %s', (_what, other) => {
    expect(campaignDigest(other)).not.toBe(digest);
  });
});

describe("campaignDigest of words of one's own", () => {
  const fields = { text: 'Hi {{ name }}', more: 'x' } as const;
  const said = {
    kind: 'session',
    type: 'text',
    content: { kind: 'fields', fields },
  } as const satisfies CampaignContent;
  const fallback = { kind: 'template', template, on: ['SessionWindowExpired', '131047'] } as const;
  const answer: Campaign = {
    ...campaign,
    content: said,
    fallback,
    request: { payload: ['yes', 'no'], tag: '{{ tag }}' },
  };
  const words = (changes: Partial<SessionChoice>): Campaign => ({ ...answer, content: { ...said, ...changes } });

  it.each<[string, Campaign]>([
    ['the order of its fields', words({ content: { kind: 'fields', fields: { more: 'x', text: 'Hi {{ name }}' } } })],
    ['its name', { ...answer, name: 'other' }],
  ])('stays when a campaign differs in %s', (_what, other) => {
    expect(campaignDigest(other)).toBe(campaignDigest(answer));
  });

  it.each<[string, Campaign]>([
    ['its type', words({ type: 'interactive' })],
    ['a text', words({ content: { kind: 'fields', fields: { ...fields, text: 'Hi' } } })],
    ['where its content comes from', words({ content: { kind: 'column', column: 'text' } })],
    ['its fallback', { ...answer, fallback: null }],
    [
      'the template of its fallback',
      { ...answer, fallback: { ...fallback, template: { ...template, code: 'other' } } },
    ],
    ['the reasons for its fallback', { ...answer, fallback: { ...fallback, on: ['131047'] } }],
    ['the fields of its request', { ...answer, request: { tag: '{{ tag }}' } }],
    ['a field of its request', { ...answer, request: { ...answer.request, payload: ['no', 'yes'] } }],
    ['its channel', { ...answer, channel: 'viber' }],
  ])('changes with %s', (_what, other) => {
    expect(campaignDigest(other)).not.toBe(campaignDigest(answer));
  });
});

describe('campaignDigest with text messages as the fallback', () => {
  const sms = {
    sign: { kind: 'fixed', sign: '示例商城' },
    code: 'SMS_1',
    params: {},
    extendCode: null,
    outId: null,
  } as const;
  const send = { mode: 'batch', rate: { count: 5_000, perMs: 1_000 } } as const;
  const withSms = (changes: Partial<SmsFallback> = {}): Campaign => ({
    ...campaign,
    fallback: { kind: 'sms', sms, on: ['131026'], send, ...changes },
  });

  it('stays when their pace changes', () => {
    const slower: Campaign = withSms({ send: { mode: 'single', rate: { count: 10, perMs: 1_000 } } });
    expect(campaignDigest(slower)).toBe(campaignDigest(withSms()));
  });

  it.each<[string, Campaign]>([
    ['none', campaign],
    ['another template', withSms({ sms: { ...sms, code: 'SMS_2' } })],
    ['another sign', withSms({ sms: { ...sms, sign: { kind: 'column', column: 'shop' } } })],
    ['other reasons', withSms({ on: ['131026', '131049'] })],
  ])('changes with %s', (_what, other) => {
    expect(campaignDigest(other)).not.toBe(campaignDigest(withSms()));
  });
});
