/** WhatsApp campaigns as they are written that fall back to text messages. */
import { describe, expect, it } from 'vitest';
import { CampaignFileError } from '../../src/campaign/campaign-file-error.ts';
import type { CampaignFlags } from '../../src/campaign/campaign-flags.ts';
import { readCampaign } from '../../src/campaign/read-campaign.ts';

const read = (text: string, flags: CampaignFlags = {}, path = 'lists/c.yaml') =>
  readCampaign({ path, flags }, async () => text);

/** The error's text as an operator gets it: the message, then the hint. */
async function refusal(text: string, flags: CampaignFlags = {}): Promise<string> {
  const error: unknown = await read(text, flags, 'c.yaml').then(
    (campaign) => campaign,
    (reason) => reason,
  );
  if (!(error instanceof CampaignFileError)) throw new Error('not refused as a campaign', { cause: error });
  return error.hint === undefined ? error.message : `${error.message}\n${error.hint}`;
}

/** A campaign without mistakes, each field on the line of its comment. */
const lines = {
  from: 'from: "8613867404376"', // 1
  recipients: 'recipients: { file: list.csv, to: phone }', // 2
  own: 'template: { code: order_shipped, language: en }', // 3
  fallback: 'fallback:', // 4
  channel: '  channel: sms', // 5
  sign: '  sign: 示例商城', // 6
  template: '  template: { code: SMS_1, params: { name: first } }', // 7
  on: '  on: [131026, 131049]', // 8
  outId: '  outId: "{{ order }}"', // 9
  extendCode: '  extendCode: "90999"', // 10
  send: '  send: { rate: 100/s, batch: off }', // 11
  rates: 'rates: prices.csv', // 12
};

function campaignWith(changes: Partial<Record<keyof typeof lines, string>> = {}): string {
  return `${Object.values({ ...lines, ...changes }).join('\n')}\n`;
}

const text = {
  sign: { kind: 'fixed', sign: '示例商城' },
  code: 'SMS_1',
  params: { name: { kind: 'column', column: 'first' } },
  outId: '{{ order }}',
  extendCode: '90999',
} as const;

describe('a campaign that falls back to text messages', () => {
  it('is read with their sign, template and ids, the reasons for them and their own pace', async () => {
    expect(await read(campaignWith())).toMatchObject({
      channel: 'whatsapp',
      content: { kind: 'template', code: 'order_shipped' },
      fallback: {
        kind: 'sms',
        sms: text,
        on: ['131026', '131049'],
        send: { mode: 'single', rate: { count: 100, perMs: 1_000 } },
      },
      rates: 'lists/prices.csv',
      send: { mode: 'single', rate: { count: 250, perMs: 1_000 } },
    });
  });

  it('needs no more than sign and template: then it is for those who cannot be reached, at the full rate', async () => {
    const short = campaignWith({
      template: '  template: { code: SMS_1 }',
      on: '',
      outId: '',
      extendCode: '',
      send: '',
      rates: '',
    });
    const campaign = await read(short);
    expect(campaign.fallback).toEqual({
      kind: 'sms',
      sms: { ...text, params: {}, outId: null, extendCode: null },
      on: ['131026'],
      send: { mode: 'batch', rate: { count: 5_000, perMs: 1_000 } },
    });
    expect(campaign.rates).toBeNull();
  });

  it('may have words of its own, and a sign by column', async () => {
    const said = campaignWith({
      own: 'message: { type: text, content: { text: Hi } }',
      sign: '  sign: { column: shop }',
    });
    expect(await read(said)).toMatchObject({
      content: { kind: 'session' },
      fallback: { kind: 'sms', sms: { sign: { kind: 'column', column: 'shop' } } },
    });
  });

  it('takes prices from a flag', async () => {
    expect(await read(campaignWith({ rates: '' }), { rates: 'mine.csv' })).toMatchObject({ rates: 'mine.csv' });
  });

  it('names the channel as operators write it', async () => {
    expect(await read(campaignWith({ channel: '  channel: " SMS "' }))).toMatchObject({ fallback: { kind: 'sms' } });
  });

  const has = 'it has: channel, sign, template, on, outId, extendCode, send';
  it.each<[string, Partial<Record<keyof typeof lines, string>>, string]>([
    [
      'no sign',
      { sign: '' },
      'c.yaml:4:1: the sign of the text message is missing\nadd "sign: 示例商城" under fallback',
    ],
    ['a blank sign', { sign: '  sign: " "' }, 'c.yaml:6:9: " " is blank\nwrite a value'],
    [
      'a sign by no column',
      { sign: '  sign: {}' },
      'c.yaml:6:3: the column with the sign is missing\nadd "column: shop" under fallback.sign',
    ],
    [
      'no template',
      { template: '' },
      'c.yaml:4:1: the template of the text message is missing\nadd "template: { code: SMS_100000001 }" under fallback',
    ],
    [
      'a template without a code',
      { template: '  template: { params: {} }' },
      'c.yaml:7:3: the template of the text message is missing\nadd "code: SMS_100000001" under fallback.template',
    ],
    [
      'a language',
      { template: '  template: { code: SMS_1, language: en }' },
      'c.yaml:7:28: no field "language" in fallback.template\nit has: code, params',
    ],
    ['an unknown field', { outId: '  outid: a' }, 'c.yaml:9:3: no field "outid" in fallback\ndid you mean "outId"?'],
    ['a sender', { outId: '  from: "1"' }, `c.yaml:9:3: no field "from" in fallback\n"from" stands at the top`],
    ['a word that no field has', { outId: '  x: "1"' }, `c.yaml:9:3: no field "x" in fallback\n${has}`],
    [
      'a code that is no refusal',
      { on: '  on: [131026, Throttling.User]' },
      'c.yaml:8:16: "Throttling.User" does not refuse a message for good, so nothing falls back for it\nremove it; sendoff explain Throttling.User says what it means',
    ],
    ['no codes', { on: '  on: []' }, 'c.yaml:8:7: no code is named\nremove the line, or name one'],
    ['a rate that is none', { send: '  send: { rate: fast }' }, expect.stringMatching(/^c\.yaml:11:17: "fast" /)],
    [
      'a mode of the chat channels',
      { send: '  send: { mode: mass }' },
      'c.yaml:11:11: no field "mode" in fallback.send\nit has: rate, batch',
    ],
    [
      'another channel',
      { channel: '  channel: viber' },
      'c.yaml:5:12: this does not fall back to "viber"\nwrite sms, with a sign and a template, for a text message; a template of whatsapp needs no channel',
    ],
    [
      'no channel',
      { channel: '' },
      'c.yaml:4:1: the channel of the fallback is missing\nadd "channel: sms" under fallback',
    ],
  ])('with %s is refused at its place', async (_what, changes, told) => {
    expect(await refusal(campaignWith(changes))).toEqual(told);
  });

  it('is one of WhatsApp', async () => {
    const viber = campaignWith({
      from: 'channel: viber\nfrom: "10422"',
      own: 'message: { type: text, content: { text: Hi } }',
    });
    expect(await refusal(viber)).toBe('c.yaml:6:3: only whatsapp has a fallback, and this is viber\nremove it');
  });

  it('does not let the service send a text message by itself as well', async () => {
    const twice = campaignWith({ rates: 'request: { smsFallback: { id: fb-1, content: Hi, duration: 10m } }' });
    expect(await refusal(twice)).toBe(
      'c.yaml:12:25: the service would send a text message by itself, and the fallback is another one\nkeep one of them',
    );
  });

  it('is no campaign of mass requests', async () => {
    expect(await refusal(campaignWith({ rates: 'send: { mode: mass }' }))).toBe(
      'c.yaml:12:15: mass requests are answered as a whole, so nobody is known at once to need a text message instead\nwrite mode: single, or remove the fallback',
    );
  });

  it('or a template of its own is what prices are for, and words of its own are not', async () => {
    const own = `${[lines.from, lines.recipients, lines.own, lines.rates].join('\n')}\n`;
    expect(await read(own)).toMatchObject({ fallback: null, rates: 'lists/prices.csv' });
    const said = own.replace(lines.own, 'message: { type: text, content: { text: Hi } }');
    expect(await refusal(said)).toBe(
      'c.yaml:4:8: prices are of WhatsApp templates and text messages, and this sends words of your own\nremove them',
    );
    expect(await refusal(said.replace(lines.rates, ''), { rates: 'mine.csv' })).toMatch(
      /^--rates: prices are of WhatsApp templates/,
    );
    const instead = campaignWith({ own: 'message: { type: text, content: { text: Hi } }' });
    expect(await read(instead)).toMatchObject({ content: { kind: 'session' }, rates: 'lists/prices.csv' });
  });

  it('may not fall back to a template of its own channel as well', async () => {
    const whatsapp = campaignWith({ channel: '  channel: whatsapp' });
    expect(await refusal(whatsapp)).toMatch(/^c\.yaml:5:12: this does not fall back to "whatsapp"\n/);
    const template = '  template: { code: come_back, language: en }';
    const none = { sign: '', on: '', outId: '', extendCode: '', send: '', rates: '', template };
    const own = 'message: { type: text, content: { text: Hi } }';
    expect(await read(campaignWith({ ...none, own, channel: '  channel: whatsapp' }))).toMatchObject({
      fallback: { kind: 'template', template: { code: 'come_back' } },
    });
    expect(await refusal(campaignWith({ ...none, own, channel: '  channel: viber' }))).toMatch(
      /^c\.yaml:5:12: this does not fall back to "viber"\n/,
    );
  });
});
