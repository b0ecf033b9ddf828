/** Rows of text messages: sign, values, ids, destination, length and segments, by the cell that is to blame. */
import { describe, expect, it } from 'vitest';
import type { Campaign, SmsChoice } from '../../../src/domain/campaign.ts';
import { type CheckedRow, createRowChecker, type RowChecker } from '../../../src/domain/check-row.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import type { SignLookup } from '../../../src/domain/sms/sms-sign.ts';
import type { Template } from '../../../src/domain/template.ts';
import { anSmsTemplate } from '../../support/an-sms.ts';
import { anSmsCampaign, planRecord } from '../../support/plan-record.ts';
import { approved, missing } from '../../support/sms-sign-lookups.ts';

interface Choices extends Partial<SmsChoice> {
  readonly columns?: readonly string[];
  readonly template?: Partial<Template>;
}

function campaignOf({ columns: _, template: __, ...choice }: Choices): Campaign {
  const { campaign } = planRecord();
  if (anSmsCampaign.content.kind !== 'sms') throw new Error('no text messages');
  return { ...campaign, ...anSmsCampaign, content: { ...anSmsCampaign.content, ...choice } };
}

/** With its template looked up. */
function checkerOf(choices: Choices = {}): RowChecker {
  const { columns = ['phone', 'name'], template = {} } = choices;
  const checker = createRowChecker({ campaign: campaignOf(choices), columns, columnsComplete: true, now: 0 });
  expect(told(checker.findings)).toEqual([]);
  expect(told(checker.addSmsTemplate({ kind: 'found', template: anSmsTemplate(template), detail: '{}' }))).toEqual([]);
  return checker;
}

/** With the sign of the campaign looked up as well. */
function signed(choices: Choices = {}): RowChecker {
  const checker = checkerOf(choices);
  expect(checker.addSign('阿里云', approved)).toEqual([]);
  return checker;
}

const row = (...cells: readonly string[]) => ({ number: 7, cells, findings: [] });
const mainland = '8613800138000';
const abroad = '85251234567';

function told(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ severity, code, row: at, column, value }) => `${severity} ${code} ${at}/${column} [${value}]`);
}

function messageOf(checked: CheckedRow) {
  if (checked.kind !== 'message') throw new Error(told(checked.findings).join('\n'));
  return checked;
}

describe('a row of text messages', () => {
  it('becomes a message with its sign and values, counted as it is billed', () => {
    const { message, segments, country, findings } = messageOf(signed().check(row(mainland, 'Ann')));
    expect({ segments, country, findings }).toEqual({ segments: 1, country: 'CN', findings: [] });
    expect(message).toMatchObject({
      row: 7,
      channel: 'sms',
      from: '',
      to: mainland,
      content: {
        kind: 'sms',
        sign: '阿里云',
        code: 'SMS_100001',
        params: { name: 'Ann' },
        outId: null,
        extendCode: null,
      },
    });
  });

  it('has a key of what its reader sees, whatever its ids are', () => {
    const keyOf = (choices: Choices, name = 'Ann') => messageOf(signed(choices).check(row(mainland, name))).message.key;
    expect(keyOf({ extendCode: '9', outId: 'a' })).toBe(keyOf({}));
    expect(keyOf({}, 'Ben')).not.toBe(keyOf({}));
  });

  it('fills ids from its cells', () => {
    const checker = signed({ columns: ['phone', 'name', 'order'], outId: 'o-{{ order }}', extendCode: '9{{ order }}' });
    expect(messageOf(checker.check(row(mainland, 'Ann', '17'))).message.content).toMatchObject({
      outId: 'o-17',
      extendCode: '917',
    });
  });

  it('has no ids where their cells leave them blank', () => {
    const checker = signed({ columns: ['phone', 'name', 'order'], outId: '{{ order }}', extendCode: ' {{ order }} ' });
    expect(messageOf(checker.check(row(mainland, 'Ann', ''))).message.content).toMatchObject({
      outId: null,
      extendCode: null,
    });
  });

  it.each([
    ['x'.repeat(255), []],
    ['x'.repeat(256), ['error SMS_OUT_ID']],
  ])('may have an outId below 256 characters: %#', (order, codes) => {
    const checker = signed({ columns: ['phone', 'name', 'order'], outId: '{{ order }}' });
    const { findings } = checker.check(row(mainland, 'Ann', order));
    expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual(codes);
    expect(findings.map(({ column }) => column)).toEqual(codes.map(() => 'order'));
  });

  it('is refused an extension that is not of digits, at its cell', () => {
    const checker = signed({ columns: ['phone', 'name', 'desk'], extendCode: '{{ desk }}' });
    const checked = checker.check(row(mainland, 'Ann', '12a'));
    expect([checked.kind, told(checked.findings)]).toEqual(['invalid', ['error SMS_EXTEND_CODE 7/desk [12a]']]);
  });

  it.each([
    ['a link', 'see https://a.example', 'error SMS_PARAM_LINK'],
    ['an emoji', 'Ann 🎉', 'error SMS_PARAM_EMOJI'],
    ['nothing', '', 'error PARAM_MISSING'],
    ['more than is usual', 'x'.repeat(36), 'warning SMS_PARAM_LENGTH'],
  ])('is told of a value with %s at its cell', (_what, name, finding) => {
    const { findings } = signed().check(row(mainland, name));
    expect(told(findings)).toEqual([`${finding} 7/name [${name}]`]);
  });

  it('is too long beyond 500 characters with its sign', () => {
    // The template's own words are eleven, and the sign with its brackets five.
    const most = 500 - 5 - '您好，您的订单已发货。'.length;
    const codes = (length: number) =>
      signed()
        .check(row(mainland, 'x'.repeat(length)))
        .findings.map(({ code }) => code);
    expect(codes(most)).toEqual(['SMS_PARAM_LENGTH']);
    expect(codes(most + 1)).toEqual(['SMS_PARAM_LENGTH', 'SMS_TOO_LONG']);
  });

  it('counts every segment of a long text', () => {
    const segmentsOf = (length: number) => messageOf(signed().check(row(mainland, 'x'.repeat(length)))).segments;
    // 16 characters beside the name; 70 in one segment, 67 in each of several.
    expect([54, 55, 118, 119].map(segmentsOf)).toEqual([1, 2, 2, 3]);
  });

  it.each([
    ['notice', mainland, []],
    ['promotion', abroad, ['error SMS_DESTINATION']],
    ['notice', abroad, ['error SMS_DESTINATION']],
    ['international', abroad, []],
    ['international', mainland, ['error SMS_DESTINATION']],
  ] as const)('with a template of kind %s to %s', (kind, to, codes) => {
    const checker = signed({ template: { sms: { kind, attributes: {}, signs: [] } } });
    const { findings } = checker.check(row(to, 'Ann'));
    expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual(codes);
  });

  it.each([
    ['a landline', '861012345678'],
    ['a toll-free number', '864008123123'],
  ])('cannot go to %s of the mainland', (_what, to) => {
    expect(told(signed().check(row(to, 'Ann')).findings)).toEqual(['error SMS_NUMBER 7/null [null]']);
  });

  it('is held to the shape that the template declares for a value', () => {
    const sms = { kind: 'verification', attributes: { name: 'numberCaptcha' }, signs: [] } as const;
    const checker = signed({ template: { sms } });
    expect(messageOf(checker.check(row(mainland, '1234'))).findings).toEqual([]);
    expect(told(checker.check(row(mainland, '12x4')).findings)).toEqual(['error SMS_PARAM_SHAPE 7/name [12x4]']);
  });
});

describe('the sign of a campaign', () => {
  it('is asked for once, and one that is missing stops all', () => {
    const checker = checkerOf();
    expect(checker.needsSign(row(mainland, 'Ann'))).toBe('阿里云');
    expect(told(checker.addSign('阿里云', missing))).toEqual(['fatal SMS_SIGN null/null [阿里云]']);
    expect(checker.needsSign(row(mainland, 'Ann'))).toBeNull();
  });

  it('goes out with a warning where it cannot be asked', () => {
    const checker = checkerOf();
    const untold: SignLookup = { kind: 'untold', code: 'NoPermission', reason: 'denied', missingRight: null };
    expect(told(checker.addSign('阿里云', untold))).toEqual(['warning SMS_SIGN_UNCHECKED null/null [阿里云]']);
    expect(checker.check(row(mainland, 'Ann')).kind).toBe('message');
  });
});

describe('signs by a column', () => {
  const choices: Choices = { columns: ['phone', 'name', 'shop'], sign: { kind: 'column', column: 'Shop' } };

  it('are asked for once each, without the blanks around them', () => {
    const checker = checkerOf(choices);
    expect(checker.needsSign(row(mainland, 'Ann', ' 阿里云 '))).toBe('阿里云');
    checker.addSign('阿里云', approved);
    expect(checker.needsSign(row(mainland, 'Ann', '阿里云'))).toBeNull();
    expect(checker.needsSign(row(mainland, 'Ann', 'Aliyun'))).toBe('Aliyun');
    expect(messageOf(checker.check(row(mainland, 'Ann', ' 阿里云 '))).message.content).toMatchObject({
      sign: '阿里云',
    });
  });

  it('concern the rows that name them where they cannot be used', () => {
    const checker = checkerOf(choices);
    expect(checker.addSign('阿里云', approved)).toEqual([]);
    expect(checker.addSign('Nobody', missing)).toEqual([]);
    expect(told(checker.check(row(mainland, 'Ann', 'Nobody')).findings)).toEqual(['error SMS_SIGN 7/shop [Nobody]']);
    expect(checker.check(row(mainland, 'Ann', '阿里云')).kind).toBe('message');
  });

  it('that cannot be used name those nearest to each in its own row', () => {
    const checker = checkerOf(choices);
    checker.addSign('Nobody', missing, ['"Somebody"', '"No one"']);
    checker.addSign('阿里云', approved, ['"Somebody"']);
    expect(checker.check(row(mainland, 'Ann', '阿里云')).findings).toEqual([]);
    expect(checker.check(row(mainland, 'Ann', 'Nobody')).findings).toMatchObject([
      {
        message: 'the account has no sign "Nobody": no such sign; approved and nearest in name: "Somebody", "No one"',
        hint: 'write it exactly as the console shows it, without brackets',
      },
    ]);
  });

  it('concern the row that names none', () => {
    const checker = checkerOf(choices);
    expect(checker.needsSign(row(mainland, 'Ann', ' '))).toBeNull();
    const checked = checker.check(row(mainland, 'Ann', ' '));
    expect([checked.kind, told(checked.findings)]).toEqual(['invalid', ['error SMS_SIGN 7/shop [ ]']]);
  });

  it('need their column', () => {
    const campaign = campaignOf({ sign: { kind: 'column', column: 'shp' } });
    const options = { campaign, columns: ['phone', 'name', 'shop'], columnsComplete: true, now: 0 };
    expect(createRowChecker(options).findings).toMatchObject([
      { severity: 'fatal', message: expect.stringContaining('"shp"'), hint: expect.stringContaining('shop') },
    ]);
  });
});
