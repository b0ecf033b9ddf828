import { describe, expect, it } from 'vitest';
import type { CampaignFlags } from '../../src/campaign/campaign-flags.ts';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import { type Campaign, templateOf } from '../../src/domain/campaign.ts';

const smallest = `from: "8613867404376"
recipients: { file: recipients.csv, to: phone }
template: { code: order_shipped, language: en }
`;

function read(text: string, flags: CampaignFlags = {}, path = 'spring.yaml'): Promise<Campaign> {
  return readCampaign({ path, flags }, async (asked) => {
    expect(asked).toBe(path);
    return text;
  });
}

function readList(path: string, flags: CampaignFlags): Promise<Campaign> {
  return readCampaign({ path, flags }, () => Promise.reject(new Error('a list is not read as a campaign')));
}

const listFlags: CampaignFlags = { from: '+86 138 6740 4376', template: 'order_shipped', language: 'en', to: 'phone' };

const defaults: Campaign = {
  name: 'spring',
  channel: 'whatsapp',
  from: '8613867404376',
  custSpaceId: null,
  recipients: {
    file: 'recipients.csv',
    format: null,
    delimiter: null,
    encoding: null,
    to: 'phone',
    country: null,
    suppress: null,
  },
  content: { kind: 'template', code: 'order_shipped', language: { kind: 'fixed', language: 'en' }, params: {} },
  fallback: null,
  rates: null,
  request: {},
  expect: { category: null },
  send: {
    mode: 'single',
    rate: { count: 250, perMs: 1000 },
    senderRate: null,
    concurrency: 128,
    stopAfter: { failures: { kind: 'share', share: 0.2 }, atLeast: 50 },
    maxDurationMs: null,
    dailyCap: { kind: 'tier' },
  },
};

describe('a campaign file', () => {
  it('needs only sender, list, address column, template and language', async () => {
    expect(await read(smallest)).toEqual(defaults);
  });

  it('says everything that a campaign holds', async () => {
    const text = `# spring
name: spring sale 2026
channel: WhatsApp
from: 8613867404376
custSpaceId: cams-abc123
expect: { category: marketing }
recipients:
  file: lists/people.txt
  to: Phone Number
  country: cn
  format: csv
  delimiter: tab
  encoding: GBK
  suppress: /srv/never.csv
template:
  code: order_shipped
  language: { column: lang, default: en }
  params:
    name: first_name
    date: "{{ ship_date | date: '%d %b' }}"
    gift: "{% if vip %}cup{% endif %}"
    shop: { text: Acme }
    odd: { column: "{{ really }}" }
    1: code
send:
  rate: 60/m
  senderRate: 0.5/s
  concurrency: 1
  stopAfter: { failures: 5%, atLeast: 100 }
  maxDuration: 2h
  dailyCap: 10000
`;
    expect(await read(text, {}, 'campaigns/spring.yml')).toEqual({
      name: 'spring sale 2026',
      channel: 'whatsapp',
      from: '8613867404376',
      custSpaceId: 'cams-abc123',
      recipients: {
        file: 'campaigns/lists/people.txt',
        to: 'Phone Number',
        country: 'CN',
        format: 'csv',
        delimiter: '\t',
        encoding: 'gb18030',
        suppress: '/srv/never.csv',
      },
      fallback: null,
      rates: null,
      request: {},
      content: {
        kind: 'template',
        code: 'order_shipped',
        language: { kind: 'column', column: 'lang', fallback: 'en' },
        params: {
          name: { kind: 'column', column: 'first_name' },
          date: { kind: 'text', text: "{{ ship_date | date: '%d %b' }}" },
          gift: { kind: 'text', text: '{% if vip %}cup{% endif %}' },
          shop: { kind: 'text', text: 'Acme' },
          odd: { kind: 'column', column: '{{ really }}' },
          1: { kind: 'column', column: 'code' },
        },
      },
      expect: { category: 'MARKETING' },
      send: {
        mode: 'single',
        rate: { count: 60, perMs: 60_000 },
        senderRate: { count: 1, perMs: 2000 },
        concurrency: 1,
        stopAfter: { failures: { kind: 'share', share: 0.05 }, atLeast: 100 },
        maxDurationMs: 7_200_000,
        dailyCap: { kind: 'count', count: 10_000 },
      },
    } satisfies Campaign);
  });

  it('may be JSON, also with tabs and a byte order mark', async () => {
    const value = {
      from: 8613867404376,
      recipients: { file: 'recipients.csv', to: 'phone' },
      template: { code: 'order_shipped', language: 'en' },
    };
    expect(await read(`\uFEFF${JSON.stringify(value, null, '\t')}\r\n`, {}, 'spring.json')).toEqual(defaults);
  });

  it('shares values by anchors', async () => {
    const text = `${smallest}send: { rate: &rate 80/s, senderRate: *rate }\n`;
    expect((await read(text)).send).toEqual({
      ...defaults.send,
      rate: { count: 80, perMs: 1000 },
      senderRate: { count: 80, perMs: 1000 },
    });
  });

  it.each(['8613867404376', '"8613867404376"', '+8613867404376', '"+86 138-6740-4376"', '008613867404376'])(
    'reads the sender %s as its digits',
    async (from) => {
      expect((await read(smallest.replace('"8613867404376"', from))).from).toBe('8613867404376');
    },
  );

  it.each(['', '%YAML 1.1\n---\n'])(
    'takes NO and no for Norway and Norwegian, not for a boolean (%j)',
    async (head) => {
      const text = `${head}${smallest.replace('language: en', 'language: no').replace('to: phone', 'to: phone, country: NO')}`;
      const campaign = await read(text);
      expect(campaign.recipients.country).toBe('NO');
      expect(templateOf(campaign)?.language).toEqual({ kind: 'fixed', language: 'no' });
    },
  );

  it('keeps texts that look like numbers or dates as they are written', async () => {
    const text = smallest.replace('order_shipped', '007').replace('phone', '2026-03-02');
    const campaign = await read(text);
    expect([templateOf(campaign)?.code, campaign.recipients.to]).toEqual(['007', '2026-03-02']);
  });

  it.each([
    ['stopAfter: never', null],
    ['stopAfter: { failures: never }', null],
    ['stopAfter: 5%', { failures: { kind: 'share', share: 0.05 }, atLeast: 50 }],
    ['stopAfter: 20', { failures: { kind: 'count', count: 20 }, atLeast: 1 }],
    ['stopAfter: { failures: 20, atLeast: 100 }', { failures: { kind: 'count', count: 20 }, atLeast: 100 }],
    ['stopAfter: { atLeast: 10 }', { failures: { kind: 'share', share: 0.2 }, atLeast: 10 }],
  ])('reads %s', async (line, stopAfter) => {
    expect((await read(`${smallest}send:\n  ${line}\n`)).send.stopAfter).toEqual(stopAfter);
  });

  it('takes its name from the file, without what a file name cannot have', async () => {
    expect((await read(smallest, {}, 'a/.spring:sale.yaml')).name).toBe('-spring-sale');
  });

  it('leaves standard input and absolute paths where they are', async () => {
    const piped = smallest.replace('recipients.csv', '"-", format: csv');
    expect((await read(piped, {}, 'a/b.yaml')).recipients.file).toBe('-');
    const absolute = smallest.replace('recipients.csv', '/srv/list.csv');
    expect((await read(absolute, {}, 'a/b.yaml')).recipients.file).toBe('/srv/list.csv');
  });
});

describe('flags beside a campaign file', () => {
  it('leave a list of prices where the operator is, and the file has its own beside it', async () => {
    const sms =
      'channel: sms\nsign: shop\nrates: rates.csv\nrecipients: { file: list.csv, to: phone }\ntemplate: { code: SMS_1 }\n';
    expect((await read(sms, {}, 'campaigns/spring.yaml')).rates).toBe('campaigns/rates.csv');
    expect((await read(sms, { rates: 'mine.csv' }, 'campaigns/spring.yaml')).rates).toBe('mine.csv');
  });

  it('replace their fields', async () => {
    // Signs are for text messages alone.
    const flags: Required<Omit<CampaignFlags, 'sign' | 'batch'>> = {
      name: 'today',
      channel: 'whatsapp',
      from: '4915112345678',
      template: 'spring_sale',
      language: 'en',
      languageColumn: 'lang',
      param: { name: 'nick' },
      paramText: { shop: 'phone' },
      to: 'mobile',
      country: 'DE',
      format: 'tsv',
      delimiter: ';',
      encoding: 'utf-8',
      suppress: 'never.csv',
      mode: 'mass',
      rate: '10/s',
      senderRate: '5/s',
      concurrency: '2',
      stopAfter: '3',
      stopAfterAtLeast: '9',
      maxDuration: '1d',
      dailyCap: 'none',
      expectCategory: 'UTILITY',
      custSpaceId: '2993',
      rates: 'prices.csv',
    };
    expect(await read(smallest, flags, 'campaigns/spring.yaml')).toEqual({
      name: 'today',
      channel: 'whatsapp',
      from: '4915112345678',
      custSpaceId: '2993',
      recipients: {
        file: 'campaigns/recipients.csv',
        format: 'tsv',
        delimiter: ';',
        encoding: 'utf-8',
        to: 'mobile',
        country: 'DE',
        suppress: 'never.csv',
      },
      fallback: null,
      rates: 'prices.csv',
      request: {},
      content: {
        kind: 'template',
        code: 'spring_sale',
        language: { kind: 'column', column: 'lang', fallback: 'en' },
        params: { name: { kind: 'column', column: 'nick' }, shop: { kind: 'text', text: 'phone' } },
      },
      expect: { category: 'UTILITY' },
      send: {
        mode: 'mass',
        rate: { count: 10, perMs: 1000 },
        senderRate: { count: 5, perMs: 1000 },
        concurrency: 2,
        stopAfter: { failures: { kind: 'count', count: 3 }, atLeast: 9 },
        maxDurationMs: 86_400_000,
        dailyCap: { kind: 'none' },
      },
    } satisfies Campaign);
  });

  it('add params to those of the file, one by one', async () => {
    const text = smallest.replace('language: en', 'language: en, params: { name: first_name, code: "no" }');
    expect(templateOf(await read(text, { param: { code: '{{ order }}' } }))?.params).toEqual({
      name: { kind: 'column', column: 'first_name' },
      code: { kind: 'text', text: '{{ order }}' },
    });
  });

  it('replace the whole choice of language', async () => {
    const text = smallest.replace('language: en', 'language: { column: lang, default: en }');
    expect(templateOf(await read(text, { language: 'zh_CN' }))?.language).toEqual({ kind: 'fixed', language: 'zh_CN' });
    expect(templateOf(await read(text, { languageColumn: 'tongue' }))?.language).toEqual({
      kind: 'column',
      column: 'tongue',
      fallback: null,
    });
  });

  it.each<[string, CampaignFlags, Campaign['send']['stopAfter']]>([
    ['5%', { stopAfterAtLeast: '100' }, { failures: { kind: 'share', share: 0.05 }, atLeast: 100 }],
    ['{ failures: 5%, atLeast: 7 }', { stopAfter: '20' }, { failures: { kind: 'count', count: 20 }, atLeast: 7 }],
    ['{ failures: 5%, atLeast: 7 }', { stopAfter: 'never' }, null],
    ['never', { stopAfter: '5%' }, { failures: { kind: 'share', share: 0.05 }, atLeast: 50 }],
  ])('join stopAfter: %s with %j', async (written, flags, stopAfter) => {
    expect((await read(`${smallest}send: { stopAfter: ${written} }\n`, flags)).send.stopAfter).toEqual(stopAfter);
  });

  it('give what the file leaves out', async () => {
    expect(await read('recipients: { file: recipients.csv }\n', { ...listFlags })).toEqual(defaults);
  });
});

describe('a list with flags', () => {
  it.each(['lists/spring.csv', 'lists/spring.TSV', 'lists/spring.jsonl', 'lists/spring.json'])(
    'is a campaign of its own: %s',
    async (list) => {
      expect(await readList(list, listFlags)).toEqual({
        ...defaults,
        recipients: { ...defaults.recipients, file: list },
      });
    },
  );

  it('may come from standard input in a named format', async () => {
    expect(await readList('-', { ...listFlags, format: 'jsonl' })).toEqual({
      ...defaults,
      name: 'standard-input',
      recipients: { ...defaults.recipients, file: '-', format: 'jsonl' },
    });
  });

  it('may have any name when its format is told', async () => {
    const campaign = await readList('export.2026', { ...listFlags, format: 'csv' });
    expect([campaign.name, campaign.recipients.file]).toEqual(['export', 'export.2026']);
  });
});
