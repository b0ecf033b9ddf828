import { describe, expect, it } from 'vitest';
import type { Campaign, LanguageChoice, ParamSource } from '../../src/domain/campaign.ts';
import { type CheckedRow, createRowChecker, type RowChecker } from '../../src/domain/check-row.ts';
import type { Finding } from '../../src/domain/finding.ts';
import { messageKey } from '../../src/domain/message-key.ts';
import type { Row } from '../../src/domain/recipient-source.ts';
import type { Template } from '../../src/domain/template.ts';
import type { TemplateLookup } from '../../src/domain/template-source.ts';
import { parseTemplateText } from '../../src/domain/template-text.ts';
import { aTemplate } from '../support/a-template.ts';
import { aTemplateChoice, planRecord } from '../support/plan-record.ts';

const now = Date.UTC(2026, 0, 2);
const to = '8613800138000';

interface Choices {
  readonly params?: Readonly<Record<string, ParamSource>>;
  readonly language?: LanguageChoice;
  readonly country?: string;
  readonly columns?: readonly string[];
  readonly complete?: boolean;
  readonly channel?: Campaign['channel'];
  readonly request?: Campaign['request'];
}

function campaignOf({ params = {}, language, country, channel, request }: Choices): Campaign {
  const { campaign } = planRecord();
  return {
    ...campaign,
    ...(channel && { channel }),
    ...(request && { request }),
    recipients: { ...campaign.recipients, country: country ?? null },
    content: { ...aTemplateChoice, params, language: language ?? aTemplateChoice.language },
    send: { ...campaign.send, senderRate: { count: 80, perMs: 1000 } },
  };
}

function checkerOf(choices: Choices = {}): RowChecker {
  const { columns = ['phone', 'name'], complete = true } = choices;
  return createRowChecker({ campaign: campaignOf(choices), columns, columnsComplete: complete, now });
}

function found(template: Template = aTemplate()): TemplateLookup {
  return { kind: 'found', template, detail: '{}' };
}

const missing: TemplateLookup = { kind: 'missing', code: 'Template.NotFound', reason: 'no such template' };

/** A checker that knows its one variant. */
function readyChecker(template: Template, choices: Choices = {}): RowChecker {
  const checker = checkerOf(choices);
  checker.addTemplate('en', found(template));
  return checker;
}

function withBody(body: string): Template {
  return aTemplate({ body: parseTemplateText(body) });
}

function row(...cells: readonly string[]): Row {
  return { number: 7, cells, findings: [] };
}

function brief(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ severity, code, column, value }) => `${severity} ${code} ${column} ${value}`);
}

function problems(checked: CheckedRow): readonly string[] {
  return checked.findings.map(({ code, column, value, message }) => `${code} ${column} ${value}: ${message}`);
}

describe('a row that is right', () => {
  it('becomes a message with every variable of the template and nothing else', () => {
    const checker = readyChecker(withBody('$(name): $(order)'), {
      columns: ['order', 'Phone', ' NAME', 'city'],
    });
    const content = {
      kind: 'template',
      code: 'order_shipped',
      language: 'en',
      params: { name: 'Ann', order: 'A-1' },
    } as const;
    const addressed = { channel: 'whatsapp', from: '8613867404376', to, content } as const;
    expect(checker.check(row('A-1', to, ' Ann ', 'Rome'))).toEqual({
      kind: 'message',
      country: 'CN',
      segments: null,
      findings: [],
      message: { row: 7, key: messageKey(addressed), ...addressed, request: {}, fallback: null },
    });
  });

  it.each(['__proto__', 'constructor', 'toString'])('has a value for a variable called %s', (name) => {
    const checker = readyChecker(withBody(`Hi $(${name})`), { columns: ['phone', name] });
    const checked = checker.check(row(to, 'Ann'));
    if (checked.kind !== 'message' || checked.message.content.kind !== 'template') throw new Error(checked.kind);
    expect(Object.entries(checked.message.content.params)).toEqual([[name, 'Ann']]);
    expect(JSON.stringify(checked.message.content.params)).toBe(`{"${name}":"Ann"}`);
  });

  it('tells how its address was rewritten', () => {
    expect(readyChecker(aTemplate()).check(row('+86 13800138000', 'Ann'))).toMatchObject({
      kind: 'message',
      message: { to },
      findings: [
        {
          row: 7,
          column: 'phone',
          code: 'ADDRESS_NORMALISED',
          severity: 'info',
          value: '+86 13800138000',
          message: 'normalised: separators removed, plus sign removed',
          hint: null,
        },
      ],
    });
  });

  it('takes values from the columns and texts that the campaign names', () => {
    const checker = readyChecker(withBody('$(name) $(date)'), {
      columns: ['phone', 'First Name', 'ship_date'],
      params: {
        name: { kind: 'column', column: 'first name' },
        date: { kind: 'text', text: " {{ ship_date | date: '%d %b' }} " },
      },
    });
    expect(checker.check(row(to, 'Ann', '2026-11-21'))).toMatchObject({
      message: { content: { params: { name: 'Ann', date: '21 Nov' } } },
    });
  });

  it('reads a national number by the country of the campaign', () => {
    const checker = readyChecker(aTemplate(), { country: 'CN' });
    expect(checker.check(row('138 0013 8000', 'Ann'))).toMatchObject({ kind: 'message', message: { to } });
  });
});

describe('an address', () => {
  const textTo = (cell: string, choices: Choices): CheckedRow => {
    const campaign = campaignOf({ ...choices, columns: ['to', 'kind'] });
    const recipients = { ...campaign.recipients, to: 'to' };
    const content = { kind: 'session', type: 'text', content: { kind: 'fields', fields: { text: 'Hello' } } } as const;
    const columns = ['to', 'kind'];
    const checker = createRowChecker({
      campaign: { ...campaign, recipients, content },
      columns,
      columnsComplete: true,
      now,
    });
    return checker.check(row(cell, 'group'));
  };

  const group = 'Y2FwaV9ncm91cDoxNzA1NTU1MDEzOToxMjAzNjM0MDQ2OTQyMzM4MjAZD';

  it.each([
    ['messenger', '7314482201155301', {}],
    ['instagram', '17841400008460056', {}],
    ['whatsapp', group, { recipientType: 'group' }],
    ['whatsapp', group, { recipientType: '{{ kind }}' }],
    ['whatsapp', to, { recipientType: 'individual' }],
    ['viber', to, {}],
  ] as const)('is taken on %s as %s with %j', (channel, cell, request) => {
    expect(textTo(cell, { channel, request })).toMatchObject({ kind: 'message', message: { to: cell }, findings: [] });
  });

  it.each([
    ['messenger', '+86 138 0013 8000', {}, 'this is not the id of a person'],
    ['viber', '7314482201155301', {}, '16 digits are more than any number has'],
    ['whatsapp', to, { recipientType: 'group' }, 'this is a telephone number, and a group has an id'],
    [
      'whatsapp',
      '+86 138 0013 8000',
      { recipientType: '{{ kind }}' },
      'this is a telephone number, and a group has an id',
    ],
    ['whatsapp', 'our group', { recipientType: 'group' }, 'this is not the id of a group'],
    ['whatsapp', group, {}, null],
  ] as const)('is refused on %s as %s with %j', (channel, cell, request, message) => {
    const finding = { row: 7, column: 'to', code: 'ADDRESS_INVALID', severity: 'error', value: cell };
    expect(textTo(cell, { channel, request })).toMatchObject({
      kind: 'invalid',
      findings: [{ ...finding, message: message ?? expect.any(String) }],
    });
  });

  it.each(['messenger', 'instagram'] as const)('of digits that are a telephone number is doubted on %s', (channel) => {
    expect(textTo(to, { channel })).toMatchObject({
      kind: 'message',
      findings: [
        {
          row: 7,
          column: 'to',
          code: 'ADDRESS_MAYBE_NUMBER',
          severity: 'warning',
          value: to,
          message: `this reads as a telephone number, and ${channel} knows people by ids`,
        },
      ],
    });
  });
});

describe('a row that is wrong', () => {
  it('keeps what its list said of it, and nothing more is said', () => {
    const ragged: Finding = {
      row: 7,
      column: null,
      code: 'LIST_RAGGED_ROW',
      severity: 'error',
      value: null,
      message: '1 cell, the header has 2',
      hint: null,
    };
    const checked = readyChecker(aTemplate()).check({ number: 7, cells: ['x'], findings: [ragged] });
    expect(checked).toEqual({ kind: 'invalid', to: null, findings: [ragged] });
  });

  it('names cell and value of a bad address and of every empty variable', () => {
    const checker = readyChecker(withBody('$(name) $(order)'), { columns: ['phone', 'Name', 'order'] });
    const checked = checker.check(row('8.6E+12', ' '));
    expect(checked).toMatchObject({ kind: 'invalid', to: null });
    expect(problems(checked)).toEqual([
      'ADDRESS_SCIENTIFIC phone 8.6E+12: a spreadsheet has turned the number into powers of ten',
      'PARAM_MISSING Name  : the variable "name" is empty, and the body needs it',
      'PARAM_MISSING order : the variable "order" is empty, and the body needs it',
    ]);
  });

  it('keeps its address where only the rest is wrong', () => {
    expect(readyChecker(aTemplate()).check(row(to, ''))).toMatchObject({ kind: 'invalid', to });
  });

  it('may not be addressed to the sender', () => {
    const checked = readyChecker(aTemplate()).check(row('8613867404376', 'Ann'));
    expect(checked).toMatchObject({ kind: 'invalid', to: '8613867404376', findings: [{ code: 'ADDRESS_IS_SENDER' }] });
  });

  it.each([
    ['a\nb', 'PARAM_LINE_BREAK'],
    ['a\tb', 'PARAM_TAB'],
    ['a     b', 'PARAM_BLANKS'],
    ['a\u0000b', 'PARAM_CONTROL_CHARACTER'],
  ])('may not fill a variable with %j', (value, code) => {
    const checked = readyChecker(aTemplate()).check(row(to, value));
    expect(brief(checked.findings)).toEqual([`error ${code} name ${value}`]);
  });

  it('blames the longest value for a body that is too long', () => {
    const checker = readyChecker(withBody('Hello $(name), $(story)'), { columns: ['phone', 'name', 'story'] });
    const story = '故'.repeat(1015);
    expect(checker.check(row(to, 'Ann', story))).toMatchObject({
      kind: 'invalid',
      findings: [
        {
          code: 'PART_TOO_LONG',
          column: 'story',
          value: story,
          message: 'the body has 1026 characters, and 1024 are allowed',
          hint: 'shorten "story" by 2',
        },
      ],
    });
    expect(checker.check(row(to, 'A', story))).toMatchObject({ kind: 'message' });
  });

  it('counts an emoji as one character', () => {
    const checker = readyChecker(withBody('$(name)'));
    expect(checker.check(row(to, '😀'.repeat(1024)))).toMatchObject({ kind: 'message' });
    expect(checker.check(row(to, '😀'.repeat(1025)))).toMatchObject({ findings: [{ code: 'PART_TOO_LONG' }] });
  });

  it('names the part whose link, code or time is wrong', () => {
    const template = aTemplate({
      body: null,
      header: { kind: 'media', format: 'image', url: parseTemplateText('$(image)'), fileName: null },
      offer: { text: parseTemplateText('Soon over'), expirationTimeMs: parseTemplateText('$(end)') },
      buttons: [
        { kind: 'copyCode', label: 'Copy', coupon: parseTemplateText('$(code)') },
        { kind: 'url', label: 'Shop', url: parseTemplateText('https://shop.example.com/$(page)') },
      ],
    });
    const checker = readyChecker(template, { columns: ['phone', 'image', 'end', 'code', 'page'] });
    expect(problems(checker.check(row(to, 'http://cdn.shop.com/a', '1000000000000', 'A-1', 'a b')))).toEqual([
      'MEDIA_URL_INVALID image http://cdn.shop.com/a: the media link is not an https address',
      'EXPIRY_INVALID end 1000000000000: the offer expiry is in the past',
      'COUPON_INVALID code A-1: the coupon code has "-" in it',
      'URL_INVALID page a b: the link of button 2 has a blank in it',
    ]);
    expect(checker.check(row(to, 'https://cdn.shop.com/a', '1796083200000', 'A1', 'a'))).toMatchObject({
      kind: 'message',
    });
  });

  it('says why a text could not be rendered, and names its one cell', () => {
    const checker = readyChecker(withBody('$(date)'), {
      columns: ['phone', 'day'],
      params: { date: { kind: 'text', text: "{{ day | date: '%d' }}" } },
    });
    expect(problems(checker.check(row(to, 'soon')))).toEqual([
      'PARAM_RENDER_FAILED day soon: the text for variable "date": "soon" is not a date such as 2026-11-21 or 2026-11-21 10:00',
    ]);
  });

  it('blames no cell where a text is made of several', () => {
    const checker = readyChecker(withBody('$(both)'), {
      columns: ['phone', 'one', 'two'],
      params: { both: { kind: 'text', text: '{{ one }}\n{{ two }}' } },
    });
    expect(brief(checker.check(row(to, 'a', 'b')).findings)).toEqual(['error PARAM_LINE_BREAK null a\nb']);
  });
});

describe('the campaign against the columns', () => {
  it('is refused for columns that the list does not have, before any template is known', () => {
    const checker = createRowChecker({
      campaign: campaignOf({
        params: { name: { kind: 'column', column: 'nmae' }, date: { kind: 'text', text: '{{ dayy }}' } },
        language: { kind: 'column', column: 'lang', fallback: null },
      }),
      columns: ['Phon', 'name', 'day'],
      columnsComplete: true,
      now,
    });
    expect(checker.findings.map(({ severity, code, value, hint }) => [severity, code, value, hint])).toEqual([
      ['fatal', 'COLUMN_UNKNOWN', 'phone', 'did you mean "Phon"? the list has: Phon, name, day'],
      ['fatal', 'COLUMN_UNKNOWN', 'lang', 'the list has: Phon, name, day'],
      ['fatal', 'COLUMN_UNKNOWN', 'nmae', 'did you mean "name"? the list has: Phon, name, day'],
      ['fatal', 'PARAM_TEXT_INVALID', '{{ dayy }}', 'did you mean "day"? the list has: Phon, name, day'],
    ]);
  });

  it('is refused for an ambiguous column', () => {
    expect(brief(checkerOf({ columns: ['PHONE', 'Phone'] }).findings)).toEqual(['fatal COLUMN_AMBIGUOUS null phone']);
  });

  it('is refused for variables without a column and params without a variable, each with its near miss', () => {
    const checker = checkerOf({
      columns: ['phone', 'frist_name', 'note'],
      params: { nam: { kind: 'column', column: 'note' } },
    });
    const findings = checker.addTemplate('en', found(withBody('$(first_name) $(name)')));
    expect(findings.map(({ severity, code, message, hint }) => `${severity} ${code}: ${message} (${hint})`)).toEqual([
      'fatal VARIABLE_UNFILLED: nothing fills the variable "first_name" of the template (did you mean the column "frist_name"? write first_name: frist_name under template.params; the list has: phone, frist_name, note)',
      'fatal VARIABLE_UNFILLED: nothing fills the variable "name" of the template (name its column under template.params, such as name: column; the list has: phone, frist_name, note)',
      'fatal PARAM_UNKNOWN: the template has no variable "nam" (did you mean "name"? it has: first_name, name)',
      'info COLUMN_UNUSED: nothing uses the column "frist_name" (was it meant for the variable "first_name"?)',
      'info COLUMN_UNUSED: nothing uses the column "note" (null)',
    ]);
  });

  it('tells each finding once', () => {
    const checker = checkerOf({ columns: ['phone', 'name', 'city'] });
    expect(brief(checker.addTemplate('en', found()))).toEqual(['info COLUMN_UNUSED city null']);
    expect(checker.finish()).toEqual([]);
  });

  it('does not miss a use for columns that sendoff itself has added to a list', () => {
    const checker = checkerOf({ columns: ['phone', 'name', 'sendoff_problem'] });
    expect(checker.addTemplate('en', found())).toEqual([]);
  });

  it('waits for columns that may still appear', () => {
    const checker = checkerOf({ columns: ['phone'], complete: false });
    expect([...checker.findings, ...checker.addTemplate('en', found())]).toEqual([]);
    expect(brief(checker.check(row(to)).findings)).toEqual(['error PARAM_MISSING null ']);
    expect(checker.columnsGrew(['phone', 'Name', 'city'], false)).toEqual([]);
    expect(checker.check(row(to, 'Ann'))).toMatchObject({ message: { content: { params: { name: 'Ann' } } } });
    expect(brief(checker.finish())).toEqual(['info COLUMN_UNUSED city null']);
  });

  it('reads a column that has not appeared yet as empty cells, and the rest of a text as it is', () => {
    const params = { name: { kind: 'text', text: '{{ nick | default: "you" }} in {{ city }}' } } as const;
    const checker = checkerOf({ columns: ['phone', 'city'], complete: false, params });
    checker.addTemplate('en', found());
    const said = (...cells: readonly string[]) => checker.check(row(to, ...cells));
    expect(said('Rome')).toMatchObject({ kind: 'message', message: { content: { params: { name: 'you in Rome' } } } });
    expect(checker.columnsGrew(['phone', 'city', 'nick'], false)).toEqual([]);
    expect(said('Rome')).toMatchObject({ message: { content: { params: { name: 'you in Rome' } } } });
    expect(said('Rome', 'Ann')).toMatchObject({ message: { content: { params: { name: 'Ann in Rome' } } } });
    expect(checker.finish()).toEqual([]);
  });

  it('is refused at the end for columns that never appeared', () => {
    const params = { name: { kind: 'column', column: 'first' }, day: { kind: 'text', text: '{{ when }}' } } as const;
    const checker = checkerOf({ columns: ['fone'], complete: false, params });
    checker.addTemplate('en', found(withBody('$(name) $(day) $(order)')));
    expect(brief(checker.finish())).toEqual([
      'fatal COLUMN_UNKNOWN null phone',
      'fatal COLUMN_UNKNOWN null first',
      'fatal PARAM_TEXT_INVALID null {{ when }}',
      'fatal VARIABLE_UNFILLED null order',
      'info COLUMN_UNUSED fone null',
    ]);
  });
});

describe('one language for all rows', () => {
  it('asks for its variant once', () => {
    const checker = checkerOf();
    expect(checker.needs(row(to, 'Ann'))).toBe('en');
    checker.addTemplate('en', found());
    expect(checker.needs(row(to, 'Ann'))).toBe(null);
  });

  it('is fatal when the template does not exist in it', () => {
    const checker = checkerOf();
    expect(checker.addTemplate('en', missing)).toEqual([
      {
        row: null,
        column: null,
        code: 'TEMPLATE_NOT_FOUND',
        severity: 'fatal',
        value: 'order_shipped',
        message: 'the service has no template "order_shipped" in en: no such template',
        hint: 'check code and language, case and all',
      },
    ]);
    expect(checker.check(row(to, 'Ann'))).toEqual({ kind: 'invalid', to, findings: [] });
  });

  it('is fatal when the variant is not approved', () => {
    const lookup = found(aTemplate({ status: 'rejected', statusWord: 'fail', quality: 'RED' }));
    expect(brief(checkerOf().addTemplate('en', lookup))).toEqual([
      'fatal TEMPLATE_NOT_APPROVED null fail',
      'warning TEMPLATE_QUALITY_LOW null RED',
    ]);
  });
});

describe('a language for each row', () => {
  const language = { kind: 'column', column: 'lang', fallback: 'en' } as const;
  const columns = ['phone', 'name', 'Lang'];

  it('asks for each variant as it first appears, and uses it', () => {
    const checker = checkerOf({ language, columns });
    expect(checker.needs(row(to, 'Ann', ' zh_CN '))).toBe('zh_CN');
    checker.addTemplate('zh_CN', found(aTemplate({ language: 'zh_CN' })));
    expect(checker.needs(row(to, 'Ann', 'zh_CN'))).toBe(null);
    expect(checker.check(row(to, 'Ann', 'zh_CN'))).toMatchObject({ message: { content: { language: 'zh_CN' } } });
    expect(checker.needs(row(to, 'Ann', ''))).toBe('en');
    expect(checker.needs(row(to, 'Ann', 'en_AU'))).toBe('en_AU');
  });

  it('refuses a code that does not exist without asking for it', () => {
    const checker = checkerOf({ language, columns });
    expect(checker.needs(row(to, 'Ann', 'zh_cn'))).toBe(null);
    expect(checker.check(row(to, 'Ann', 'zh_cn')).findings).toEqual([
      {
        row: 7,
        column: 'Lang',
        code: 'LANGUAGE_UNKNOWN',
        severity: 'error',
        value: 'zh_cn',
        message: 'there is no language code "zh_cn"',
        hint: 'did you mean "zh_CN"?',
      },
    ]);
  });

  it('refuses an empty cell when the campaign names no default', () => {
    const checker = checkerOf({ language: { ...language, fallback: null }, columns });
    expect(checker.needs(row(to, 'Ann', ' '))).toBe(null);
    expect(brief(checker.check(row(to, 'Ann', ' ')).findings)).toEqual(['error LANGUAGE_MISSING Lang  ']);
  });

  it('concerns only the rows that choose a variant that is missing or not approved', () => {
    const checker = checkerOf({ language, columns });
    expect(checker.addTemplate('fr', missing)).toEqual([]);
    expect(
      checker.addTemplate('de', found(aTemplate({ language: 'de', status: 'pending', statusWord: 'auditing' }))),
    ).toEqual([]);
    checker.addTemplate('en', found());
    expect(['fr', 'de', 'en'].map((code) => problems(checker.check(row(to, 'Ann', code))))).toEqual([
      ['LANGUAGE_NOT_AVAILABLE Lang fr: the service has no template "order_shipped" in fr'],
      ['LANGUAGE_NOT_AVAILABLE Lang de: the template "order_shipped" in de is not reviewed yet'],
      [],
    ]);
  });

  it('judges params and columns at the end, over every variant that was used', () => {
    const checker = checkerOf({
      language,
      columns: [...columns, 'order', 'city'],
      params: { gone: { kind: 'column', column: 'name' } },
    });
    expect(checker.addTemplate('en', found())).toEqual([]);
    expect(
      checker.addTemplate('de', found(aTemplate({ language: 'de', body: parseTemplateText('$(order)') }))),
    ).toEqual([]);
    expect(brief(checker.finish())).toEqual(['fatal PARAM_UNKNOWN null gone', 'info COLUMN_UNUSED city null']);
  });

  it('says at once that a variant has a variable without a column', () => {
    const checker = checkerOf({ language, columns });
    const findings = checker.addTemplate(
      'de',
      found(aTemplate({ language: 'de', body: parseTemplateText('$(order)') })),
    );
    expect(brief(findings)).toEqual(['fatal VARIABLE_UNFILLED null order']);
  });
});
