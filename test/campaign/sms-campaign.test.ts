import { describe, expect, it } from 'vitest';
import { CampaignFileError } from '../../src/campaign/campaign-file-error.ts';
import type { CampaignFlags } from '../../src/campaign/campaign-flags.ts';
import { readCampaign } from '../../src/campaign/read-campaign.ts';

const read = (text: string, flags: CampaignFlags = {}, path = 'c.yaml') =>
  readCampaign({ path, flags }, async () => text);

/** The error's text as an operator gets it: the message, then the hint. */
async function refusal(text: string, flags: CampaignFlags = {}, path = 'c.yaml'): Promise<string> {
  const error: unknown = await read(text, flags, path).then(
    (campaign) => campaign,
    (reason) => reason,
  );
  if (!(error instanceof CampaignFileError)) throw new Error('not refused as a campaign', { cause: error });
  return error.hint === undefined ? error.message : `${error.message}\n${error.hint}`;
}

/** A campaign without mistakes, each field on the line of its comment. */
const lines = {
  name: 'name: shipped', // 1
  channel: 'channel: sms', // 2
  sign: 'sign: 示例商城', // 3
  recipients: 'recipients: { file: list.csv, to: phone }', // 4
  template: 'template:', // 5
  code: '  code: SMS_1', // 6
  params: '  params: { name: first_name }', // 7
  outId: 'outId: "{{ order }}"', // 8
  extendCode: 'extendCode: "90999"', // 9
  send: 'send: { batch: on, concurrency: 4 }', // 10
};

function campaignWith(changes: Partial<Record<keyof typeof lines, string>> = {}): string {
  return `${Object.values({ ...lines, ...changes }).join('\n')}\n`;
}

describe('a campaign of text messages', () => {
  it('is read with its sign, its ids and the pace of requests that rows share', async () => {
    expect(await read(campaignWith())).toMatchObject({
      channel: 'sms',
      from: '',
      custSpaceId: null,
      fallback: null,
      request: {},
      content: {
        kind: 'sms',
        sign: { kind: 'fixed', sign: '示例商城' },
        code: 'SMS_1',
        params: { name: { kind: 'column', column: 'first_name' } },
        outId: '{{ order }}',
        extendCode: '90999',
      },
      send: { mode: 'batch', rate: { count: 5_000, perMs: 1_000 }, concurrency: 4, dailyCap: { kind: 'none' } },
    });
  });

  it.each(['off', 'no', 'false'])('hands over one row a request with batch: %s', async (word) => {
    expect(await read(campaignWith({ send: `send: { batch: ${word} }` }))).toMatchObject({ send: { mode: 'single' } });
  });

  it('takes the sign from a column, and from a flag before all', async () => {
    const byColumn = campaignWith({ sign: 'sign: { column: shop }' });
    expect(await read(byColumn)).toMatchObject({ content: { sign: { kind: 'column', column: 'shop' } } });
    expect(await read(byColumn, { sign: ' Sample Shop ' })).toMatchObject({
      content: { sign: { kind: 'fixed', sign: 'Sample Shop' } },
    });
  });

  it('is made of a list and flags alone', async () => {
    const flags = { channel: 'sms', sign: '示例商城', template: 'SMS_1', to: 'phone' };
    expect(await read('', flags, 'list.csv')).toMatchObject({
      name: 'list',
      content: { kind: 'sms', sign: { kind: 'fixed', sign: '示例商城' }, code: 'SMS_1', params: {} },
    });
  });

  const all = 'it has: name, channel, sign, recipients, template, outId, extendCode, rates, send';
  it.each<[string, Partial<Record<keyof typeof lines, string>>, string]>([
    ['an unknown field', { outId: 'outid: a' }, 'c.yaml:8:1: no field "outid" in a campaign\ndid you mean "outId"?'],
    [
      'a switch that is none',
      { send: 'send: { batch: maybe }' },
      'c.yaml:10:16: "maybe" is neither on nor off\nwrite on or off',
    ],
    ['a sign that is missing', { sign: '' }, 'c.yaml:1:1: the sign is missing\nadd "sign: 示例商城", or give --sign'],
    ['a blank sign', { sign: 'sign: " "' }, 'c.yaml:3:7: " " is blank\nwrite a value'],
    [
      'a list of signs',
      { sign: 'sign: [a, b]' },
      'c.yaml:3:7: "sign" is a group of fields, not a list\nit has: column',
    ],
    [
      'a sign of no column',
      { sign: 'sign: {}' },
      'c.yaml:3:1: the column with the sign is missing\nadd "column: shop" under sign',
    ],
    ['a sender', { outId: 'from: 8613800000000' }, `c.yaml:8:1: no field "from" in a campaign\n${all}`],
    ['a fallback', { outId: 'fallback: {}' }, `c.yaml:8:1: no field "fallback" in a campaign\n${all}`],
    [
      "WhatsApp's category",
      { outId: 'expect: { category: UTILITY }' },
      `c.yaml:8:1: no field "expect" in a campaign\n${all}`,
    ],
    ['a language', { params: '  language: en' }, 'c.yaml:7:3: no field "language" in template\nit has: code, params'],
    [
      'a mode of the chat channels',
      { send: 'send: { mode: mass }' },
      'c.yaml:10:9: no field "mode" in send\nit has: rate, concurrency, stopAfter, maxDuration, dailyCap, batch',
    ],
    [
      'a template without a code',
      { code: '' },
      'c.yaml:5:1: the template is missing\nadd "code: order_shipped" under template, or give --template',
    ],
  ])('with %s is refused at its place', async (_what, changes, told) => {
    expect(await refusal(campaignWith(changes))).toBe(told);
  });

  it('with flags that text messages have no use for is refused at the flag', async () => {
    expect(await refusal(campaignWith(), { senderRate: '80/s' })).toContain(
      '--sender-rate: no field "senderRate" in send',
    );
    expect(await refusal(campaignWith(), { language: 'en' })).toContain('--language: no field "language" in template');
  });

  it("with WhatsApp's category as a flag is refused at the flag, with a file and without", async () => {
    const flags = { expectCategory: 'UTILITY' };
    expect(await refusal(campaignWith(), flags)).toContain('--expect-category: no field "expect" in a campaign');
    const list = { ...flags, channel: 'sms', sign: '示例商城', template: 'SMS_1', to: 'phone' };
    expect(await refusal('', list, 'list.csv')).toContain('--expect-category: no field "expect" in a campaign');
  });

  it('with a sign is no campaign of a chat channel', async () => {
    const chat = campaignWith({ channel: 'channel: whatsapp' });
    expect(await refusal(chat)).toContain('c.yaml:3:1: no field "sign" in a campaign');
  });
});
