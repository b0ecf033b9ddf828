/** A finished plan of a small campaign, for tests of what is made from plans. */
import type { Campaign, SmsChoice, SmsFallback, TemplateChoice } from '../../src/domain/campaign.ts';
import type { PlanRecord } from '../../src/domain/run-record.ts';

export const aTemplateChoice: TemplateChoice & { readonly kind: 'template' } = {
  kind: 'template',
  code: 'order_shipped',
  language: { kind: 'fixed', language: 'en' },
  params: {},
};

export function planRecord(changes: Partial<PlanRecord> = {}): PlanRecord {
  return {
    runId: 'run-1',
    version: '0.1.0',
    campaign: {
      name: 'spring-sale',
      channel: 'whatsapp',
      from: '8613867404376',
      custSpaceId: null,
      recipients: {
        file: 'list.csv',
        format: null,
        delimiter: null,
        encoding: null,
        to: 'phone',
        country: null,
        suppress: null,
      },
      content: aTemplateChoice,
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
    },
    service: { kind: 'alibaba-cloud', endpoint: 'cams.ap-southeast-1.aliyuncs.com' },
    fallbackService: null,
    account: { kind: 'key', keyId: 'LTAI****abcd' },
    plannedAt: Date.UTC(2026, 2, 1, 8),
    validUntil: null,
    columns: ['phone', 'name'],
    templates: [{ channel: 'whatsapp', code: 'order_shipped', language: 'en', detail: '{}' }],
    signs: [],
    sender: null,
    digests: { campaign: '00', list: '00', template: '00' },
    summary: {
      rows: 4,
      toSend: 3,
      duplicates: 0,
      suppressed: 0,
      invalid: 1,
      segments: null,
      cost: null,
      requests: null,
      mostToOne: 1,
      languages: [{ name: 'en', rows: 3 }],
      countries: [{ name: 'CN', rows: 3 }],
      findings: [{ code: 'PARAM_MISSING', severity: 'error', findings: 1 }],
    },
    ...changes,
  };
}

export const emulated: Pick<PlanRecord, 'service'> = {
  service: { kind: 'emulator', endpoint: 'http://127.0.0.1:4010' },
};

const aTextChoice: SmsChoice = {
  sign: { kind: 'fixed', sign: '阿里云' },
  code: 'SMS_100001',
  params: {},
  extendCode: null,
  outId: null,
};

/** Text messages for those whom WhatsApp does not reach. */
export const anSmsFallback: SmsFallback = {
  kind: 'sms',
  sms: aTextChoice,
  on: ['131026'],
  send: { mode: 'batch', rate: { count: 5_000, perMs: 1_000 } },
};

/** A campaign of text messages. */
export const anSmsCampaign: Pick<Campaign, 'channel' | 'from' | 'content' | 'fallback'> = {
  channel: 'sms',
  from: '',
  content: { kind: 'sms', ...aTextChoice },
  fallback: null,
};

/** The plan of a campaign with text messages for those whom WhatsApp does not reach. */
export function textFallbackPlan(): PlanRecord {
  const plan = planRecord();
  return { ...plan, campaign: { ...plan.campaign, fallback: anSmsFallback } };
}

/** The plan of a campaign in words of its own, with a template for those whose window has closed. */
export function sessionPlan(): PlanRecord {
  const plan = planRecord();
  const fallback = {
    kind: 'template',
    template: { code: 'come_back', language: { kind: 'fixed', language: 'zh_CN' }, params: {} },
    on: ['SessionWindowExpired', '131047'],
  } as const;
  const content = {
    kind: 'session',
    type: 'text',
    content: { kind: 'fields', fields: { text: 'Hi {{ name }}' } },
  } as const;
  return { ...plan, campaign: { ...plan.campaign, content, fallback } };
}
