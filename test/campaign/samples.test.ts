import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readCampaign } from '../../src/campaign/read-campaign.ts';

const samples = path.join(import.meta.dirname, '../../samples');

it.each([
  ['order-shipped.yaml', 'recipients.csv', { kind: 'fixed', language: 'en' }],
  ['two-languages.yaml', 'two-languages.csv', { kind: 'column', column: 'lang', fallback: 'en' }],
  ['mistakes.yaml', 'mistakes.csv', { kind: 'column', column: 'lang', fallback: 'en' }],
])('reads the sample %s', async (file, list, language) => {
  const campaign = await readCampaign({ path: path.join(samples, file), flags: {} }, (name) => readFile(name, 'utf8'));
  expect(campaign).toMatchObject({
    name: path.parse(file).name,
    from: '8613867404376',
    recipients: { file: path.join(samples, list), to: 'phone', country: 'CN' },
    content: {
      kind: 'template',
      code: 'order_shipped',
      language,
      params: {
        name: { kind: 'column', column: 'first_name' },
        date: { kind: 'text', text: "{{ ship_date | date: '%d %b' }}" },
      },
    },
    send: { senderRate: { count: 80, perMs: 1000 } },
  });
});

it('reads the sample sms-order-shipped.yaml', async () => {
  const file = path.join(samples, 'sms-order-shipped.yaml');
  const campaign = await readCampaign({ path: file, flags: {} }, (name) => readFile(name, 'utf8'));
  expect(campaign).toMatchObject({
    name: 'sms-order-shipped',
    channel: 'sms',
    from: '',
    recipients: { file: path.join(samples, 'recipients.csv'), to: 'phone', country: 'CN' },
    content: {
      kind: 'sms',
      sign: { kind: 'fixed', sign: '示例商城' },
      code: 'SMS_100000001',
      params: {
        name: { kind: 'column', column: 'first_name' },
        date: { kind: 'text', text: "{{ ship_date | date: '%m-%d' }}" },
      },
      outId: null,
      extendCode: null,
    },
    send: { mode: 'batch', rate: { count: 5_000, perMs: 1_000 }, senderRate: null },
  });
});

it('reads the sample order-shipped-or-sms.yaml', async () => {
  const file = path.join(samples, 'order-shipped-or-sms.yaml');
  const campaign = await readCampaign({ path: file, flags: {} }, (name) => readFile(name, 'utf8'));
  expect(campaign).toMatchObject({
    name: 'order-shipped-or-sms',
    channel: 'whatsapp',
    content: { kind: 'template', code: 'order_shipped' },
    fallback: {
      kind: 'sms',
      sms: {
        sign: { kind: 'fixed', sign: '示例商城' },
        code: 'SMS_100000001',
        params: { date: { kind: 'text', text: "{{ ship_date | date: '%m-%d' }}" } },
        outId: null,
        extendCode: null,
      },
      on: ['131026'],
      send: { mode: 'batch', rate: { count: 5_000, perMs: 1_000 } },
    },
    rates: null,
  });
});
