/** Rows of WhatsApp that carry a text message to fall back to: both have to fit before either may go. */
import { describe, expect, it } from 'vitest';
import type { Campaign, SmsFallback } from '../../../src/domain/campaign.ts';
import { type CheckedRow, createRowChecker, type RowChecker } from '../../../src/domain/check-row.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import { messageKey } from '../../../src/domain/message-key.ts';
import type { SignLookup } from '../../../src/domain/sms/sms-sign.ts';
import type { Template } from '../../../src/domain/template.ts';
import { aTemplate } from '../../support/a-template.ts';
import { anSmsTemplate, aText } from '../../support/an-sms.ts';
import { anSmsFallback, planRecord } from '../../support/plan-record.ts';
import { approved, missing } from '../../support/sms-sign-lookups.ts';

const mainland = '8613800138000';
const abroad = '85251234567';

interface Choices extends Partial<Pick<Campaign, 'content' | 'request'>> {
  readonly columns?: readonly string[];
  readonly sms?: Partial<SmsFallback['sms']>;
  readonly on?: readonly string[];
  readonly smsTemplate?: Partial<Template>;
  readonly sign?: SignLookup;
}

function campaignOf({ content, request = {}, sms, on = ['131026'] }: Choices): Campaign {
  const { campaign } = planRecord();
  return {
    ...campaign,
    content: content ?? campaign.content,
    request,
    fallback: { ...anSmsFallback, sms: { ...anSmsFallback.sms, ...sms }, on },
    send: { ...campaign.send, senderRate: { count: 80, perMs: 1_000 } },
  };
}

function uncheckedOf(choices: Choices): RowChecker {
  const { columns = ['phone', 'name'] } = choices;
  return createRowChecker({ campaign: campaignOf(choices), columns, columnsComplete: true, now: 0 });
}

/** With both templates and the sign looked up, and everything that was told of them. */
function checkerOf(choices: Choices = {}): { readonly checker: RowChecker; readonly findings: readonly string[] } {
  const checker = uncheckedOf(choices);
  const findings = [
    ...checker.findings,
    ...checker.addTemplate('en', { kind: 'found', template: aTemplate(), detail: '{}' }),
    ...checker.addSmsTemplate({ kind: 'found', template: anSmsTemplate(choices.smsTemplate), detail: '{}' }),
    ...checker.addSign('阿里云', choices.sign ?? approved),
  ];
  return { checker, findings: told(findings) };
}

const row = (...cells: readonly string[]) => ({ number: 7, cells, findings: [] });

function told(findings: readonly Finding[]): readonly string[] {
  return findings.map(
    ({ severity, code, row: at, column, message }) => `${severity} ${code} ${at}/${column}: ${message}`,
  );
}

function messageOf(checked: CheckedRow) {
  if (checked.kind !== 'message') throw new Error(told(checked.findings).join('\n'));
  return checked;
}

const ownWords = { kind: 'session', type: 'text', content: { kind: 'fields', fields: { text: 'Hi' } } } as const;

describe('a row with a text message to fall back to', () => {
  it('carries both, under the key of its own message, and counts the segments of the other', () => {
    const { checker, findings } = checkerOf();
    expect(findings).toEqual([]);
    const { message, segments, country, findings: about } = messageOf(checker.check(row(mainland, 'Ann')));
    expect({ segments, country, about }).toEqual({ segments: 1, country: 'CN', about: [] });
    const content = { kind: 'template', code: 'order_shipped', language: 'en', params: { name: 'Ann' } } as const;
    expect(message).toEqual({
      row: 7,
      key: messageKey({ channel: 'whatsapp', from: '8613867404376', to: mainland, content }),
      channel: 'whatsapp',
      from: '8613867404376',
      to: mainland,
      content,
      request: {},
      fallback: aText(),
    });
  });

  it('stands beside words of its own as well', () => {
    const checker = uncheckedOf({ content: ownWords });
    expect(checker.needs(row(mainland, 'Ann'))).toBeNull();
    checker.addSmsTemplate({ kind: 'found', template: anSmsTemplate(), detail: '{}' });
    checker.addSign('阿里云', approved);
    const { message } = messageOf(checker.check(row(mainland, 'Ann')));
    expect([message.content.kind, message.fallback]).toEqual(['session', aText()]);
  });

  it('fills its sign, values and ids from cells of its own', () => {
    const columns = ['phone', 'name', 'shop', 'short', 'order'];
    const sign = { kind: 'column', column: 'shop' } as const;
    const params = { name: { kind: 'column', column: 'short' } } as const;
    const { checker } = checkerOf({
      columns,
      sms: { sign, params, outId: 'o-{{ order }}', extendCode: '9{{ order }}' },
    });
    expect(checker.needsSign(row(mainland, 'Ann', '阿里云', 'A', '17'))).toBeNull();
    expect(checker.needsSign(row(mainland, 'Ann', ' Hats ', 'A', '17'))).toBe('Hats');
    expect(messageOf(checker.check(row(mainland, 'Ann', '阿里云', 'A', '17'))).message.fallback).toEqual(
      aText({ params: { name: 'A' }, outId: 'o-17', extendCode: '917' }),
    );
  });

  it.each<[string, Choices, readonly string[], readonly string[]]>([
    [
      'its template does not go to that country',
      {},
      [abroad, 'Ann'],
      ['error SMS_DESTINATION 7/null: fallback: a notice template for mainland China cannot go to a number elsewhere'],
    ],
    [
      'a value breaks the rules of text messages',
      {},
      [mainland, 'https://example.com'],
      [
        'error SMS_PARAM_LINK 7/name: fallback: the variable "name" has a link, which the service refuses in a value (isv.PARAM_NOT_SUPPORT_URL)',
      ],
    ],
    [
      'its extend code is none',
      { columns: ['phone', 'name', 'code'], sms: { extendCode: '{{ code }}' } },
      [mainland, 'Ann', 'x'],
      ['error SMS_EXTEND_CODE 7/code: fallback: extendCode is not made of digits'],
    ],
    [
      'it goes to a group',
      { request: { recipientType: 'group' } },
      ['Y2FwaV9ncm91cDox', 'Ann'],
      ['error FALLBACK_ADDRESS 7/phone: fallback: a group cannot get a text message'],
    ],
  ])('is invalid where %s', (_what, choices, cells, expected) => {
    const checked = checkerOf(choices).checker.check(row(...cells));
    expect([checked.kind, told(checked.findings)]).toEqual(['invalid', expected]);
  });

  it('tells an empty value of each message by itself', () => {
    const { checker } = checkerOf();
    const findings = told(checker.check(row(mainland, '')).findings);
    expect(findings.map((each) => each.split(';')[0])).toEqual([
      expect.stringMatching(/^error PARAM_MISSING 7\/name: the variable "name" is empty/),
      expect.stringMatching(/^error PARAM_MISSING 7\/name: fallback: the variable "name" is empty/),
    ]);
  });

  it('is a matter of the campaign where sign or template cannot go', () => {
    expect(checkerOf({ sign: missing }).findings).toEqual([
      expect.stringMatching(/^fatal SMS_SIGN null\/null: fallback: the account has no sign "阿里云"/),
    ]);
    expect(checkerOf({ smsTemplate: { status: 'pending', statusWord: '0' } }).findings).toEqual([
      'fatal TEMPLATE_NOT_APPROVED null/null: fallback: the template "SMS_100001" is not reviewed yet',
    ]);
    const misspelt = { sms: { params: { nome: { kind: 'column', column: 'name' } } } } as const;
    expect(checkerOf(misspelt).findings).toEqual([
      'fatal PARAM_UNKNOWN null/null: fallback: the template has no variable "nome"',
    ]);
  });

  it('uses the columns of both', () => {
    const both = {
      columns: ['phone', 'name', 'short', 'spare'],
      sms: { params: { name: { kind: 'column', column: 'short' } } },
    } as const;
    expect(checkerOf(both).findings).toEqual([expect.stringMatching(/^info COLUMN_UNUSED null\/spare: /)]);
  });

  it('is told beside words of its own for what it is: for those who cannot be reached, and for late ones where named', () => {
    const hintOf = (on: readonly string[]) =>
      uncheckedOf({ content: ownWords, on }).findings.find(({ code }) => code === 'SESSION_WINDOW')?.hint;
    expect(hintOf(['131026'])).toBe(
      'the others are refused; add SessionWindowExpired and 131047 to fallback.on to reach them by text message',
    );
    expect(hintOf(['131026', '131047'])).toBe('the others get the text message "SMS_100001"');
  });
});
