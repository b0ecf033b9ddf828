import { describe, expect, it } from 'vitest';
import { campaignDigest } from '../../src/campaign/canonical-campaign.ts';
import type { Campaign } from '../../src/domain/campaign.ts';

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
  template: {
    code: 'order_shipped',
    language: { kind: 'fixed', language: 'en' },
    params: { name: { kind: 'column', column: 'first_name' }, code: { kind: 'text', text: '{{ code }}' } },
  },
  expect: { category: null },
  send: {
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

function withTemplate(changes: Partial<Campaign['template']>): Campaign {
  return { ...campaign, template: { ...campaign.template, ...changes } };
}

describe('campaignDigest', () => {
  it('never changes for the same campaign, since run files hold it', () => {
    expect(digest).toBe('ecde95914cc8282465a01b3b59c66505728db8f4a68362a1c8e17d4166dee0f0');
  });

  it.each<[string, Campaign]>([
    ['its name', { ...campaign, name: 'summer' }],
    ['where its list lies', withRecipients({ file: '/srv/list.csv' })],
    ['where its do-not-contact list lies', withRecipients({ suppress: '/srv/never.csv' })],
    ['its pace', { ...campaign, send: { ...campaign.send, rate: { count: 1, perMs: 1000 }, concurrency: 1 } }],
    [
      'the order of its params',
      withTemplate({ params: Object.fromEntries(Object.entries(campaign.template.params).reverse()) }),
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
    [
      'a param',
      withTemplate({ params: { ...campaign.template.params, code: { kind: 'column', column: '{{ code }}' } } }),
    ],
    [
      'a param more',
      withTemplate({ params: { ...campaign.template.params, date: { kind: 'column', column: 'date' } } }),
    ],
  ])('changes with %s', (_what, other) => {
    expect(campaignDigest(other)).not.toBe(digest);
  });
});
