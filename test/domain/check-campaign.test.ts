import { describe, expect, it } from 'vitest';
import type { Campaign, LanguageChoice } from '../../src/domain/campaign.ts';
import { checkCampaign, checkTemplate } from '../../src/domain/check-campaign.ts';
import { aTemplate } from '../support/a-template.ts';
import { aTemplateChoice, planRecord } from '../support/plan-record.ts';

const { campaign } = planRecord();

function withSend(changes: Partial<Campaign['send']>): Campaign {
  return { ...campaign, send: { ...campaign.send, ...changes } };
}

function withLanguage(language: LanguageChoice): Campaign {
  return { ...withSend({ senderRate: { count: 80, perMs: 1000 } }), content: { ...aTemplateChoice, language } };
}

describe('checkCampaign', () => {
  it('warns of a rate above what WhatsApp gives a sender', () => {
    expect(checkCampaign(campaign)).toEqual([
      {
        row: null,
        column: null,
        code: 'SENDER_RATE',
        severity: 'warning',
        value: '250/s',
        message: 'the rate is above the 80 messages a second that WhatsApp gives a sender by default',
        hint: 'set send.senderRate to what 8613867404376 may emit, such as 80/s',
      },
    ]);
  });

  it('is content with a slower rate and with a sender rate', () => {
    expect(checkCampaign(withSend({ rate: { count: 80, perMs: 1000 } }))).toEqual([]);
    expect(checkCampaign(withSend({ rate: { count: 4000, perMs: 60_000 } }))).toEqual([]);
    expect(checkCampaign(withSend({ senderRate: { count: 200, perMs: 1000 } }))).toEqual([]);
  });

  it('warns of what mass sending may hand over, and of a rate that counts messages', () => {
    const second = (count: number) => ({ count, perMs: 1000 });
    const codes = (send: Partial<Campaign['send']>) =>
      checkCampaign(withSend({ mode: 'mass', ...send })).map(({ code, value, message }) => [code, value, message]);
    expect(codes({ rate: second(10) })).toEqual([
      [
        'SENDER_RATE',
        '10/s',
        'what mass sending may hand over is above the 80 messages a second that WhatsApp gives a sender by default',
      ],
    ]);
    expect(codes({ rate: second(250), senderRate: second(80) })).toEqual([
      ['MASS_RATE', '250/s', 'the rate counts requests, and the service takes 10/s of mass sending'],
    ]);
    expect(codes({ rate: second(10), senderRate: second(80) })).toEqual([]);
  });

  it('refuses a language code that does not exist, fixed or as the default', () => {
    const finding = {
      row: null,
      column: null,
      code: 'LANGUAGE_UNKNOWN',
      severity: 'fatal',
      value: 'zh_cn',
      message: 'there is no language code "zh_cn"',
      hint: 'did you mean "zh_CN"?',
    };
    expect(checkCampaign(withLanguage({ kind: 'fixed', language: 'zh_cn' }))).toEqual([finding]);
    expect(checkCampaign(withLanguage({ kind: 'column', column: 'lang', fallback: 'zh_cn' }))).toEqual([finding]);
    expect(checkCampaign(withLanguage({ kind: 'column', column: 'lang', fallback: null }))).toEqual([]);
  });
});

describe('checkTemplate', () => {
  it('has nothing to say of an approved template', () => {
    expect(checkTemplate(aTemplate())).toEqual([]);
  });

  it.each([
    [
      { status: 'pending', statusWord: 'auditing' },
      'TEMPLATE_NOT_APPROVED',
      'the template "order_shipped" in en is not reviewed yet',
    ],
    [
      { status: 'rejected', statusWord: 'fail', reason: 'TAG_CONTENT_MISMATCH' },
      'TEMPLATE_NOT_APPROVED',
      'the template "order_shipped" in en is not approved, its state is "fail": TAG_CONTENT_MISMATCH',
    ],
    [
      { status: 'unknown', statusWord: 'limbo', reason: ' ' },
      'TEMPLATE_NOT_APPROVED',
      'the template "order_shipped" in en is not approved, its state is "limbo"',
    ],
    [
      { status: 'paused', statusWord: 'PAUSED' },
      'TEMPLATE_PAUSED',
      'WhatsApp has paused the template "order_shipped" in en',
    ],
    [
      { status: 'disabled', statusWord: 'DISABLED' },
      'TEMPLATE_PAUSED',
      'WhatsApp has disabled the template "order_shipped" in en',
    ],
    [
      { unsupported: ['ORDER_STATUS'] },
      'TEMPLATE_UNSUPPORTED',
      'the template "order_shipped" in en has a part that cannot be sent yet: ORDER_STATUS',
    ],
  ] as const)('refuses %j', (changes, code, message) => {
    expect(checkTemplate(aTemplate(changes))).toMatchObject([{ code, severity: 'fatal', message }]);
  });

  it.each(['YELLOW', 'RED'])('warns of the quality %s', (quality) => {
    expect(checkTemplate(aTemplate({ quality }))).toMatchObject([
      { code: 'TEMPLATE_QUALITY_LOW', severity: 'warning', value: quality },
    ]);
  });
});
