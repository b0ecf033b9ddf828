/** Rows of campaigns in words of one's own: content, request fields, ids as addresses, and the fallback beside them. */
import { describe, expect, it } from 'vitest';
import type { Campaign, ContentSource, TemplateFallback } from '../../src/domain/campaign.ts';
import { type CheckedRow, createRowChecker, type RowChecker } from '../../src/domain/check-row.ts';
import type { Finding } from '../../src/domain/finding.ts';
import { messageKey } from '../../src/domain/message-key.ts';
import type { Row } from '../../src/domain/recipient-source.ts';
import type { Template } from '../../src/domain/template.ts';
import type { TextTree } from '../../src/domain/text-tree.ts';
import { aTemplate } from '../support/a-template.ts';
import { aTemplateChoice, planRecord } from '../support/plan-record.ts';

const to = '8613800138000';

interface Choices extends Partial<Pick<Campaign, 'channel' | 'from' | 'request' | 'fallback'>> {
  readonly type?: string;
  readonly content?: { readonly [field: string]: TextTree };
  /** A column with the content, in place of fields. */
  readonly column?: string;
  /** The column with the address. */
  readonly to?: string;
  readonly columns?: readonly string[];
  readonly complete?: boolean;
}

function campaignOf(choices: Choices): Campaign {
  const { campaign } = planRecord();
  const {
    type = 'text',
    content = { text: 'Hi {{ name }}' },
    column,
    columns: _,
    complete: __,
    to: address = 'phone',
    ...rest
  } = choices;
  const source: ContentSource = column === undefined ? { kind: 'fields', fields: content } : { kind: 'column', column };
  return {
    ...campaign,
    recipients: { ...campaign.recipients, to: address },
    content: { kind: 'session', type, content: source },
    send: { ...campaign.send, senderRate: { count: 80, perMs: 1_000 } },
    ...rest,
  };
}

function checkerOf(choices: Choices = {}): RowChecker {
  const { columns = ['phone', 'name'], complete = true } = choices;
  return createRowChecker({ campaign: campaignOf(choices), columns, columnsComplete: complete, now: 0 });
}

function row(...cells: readonly string[]): Row {
  return { number: 7, cells, findings: [] };
}

function lines(findings: readonly Finding[]): readonly string[] {
  return findings.map(
    ({ row: at, column, severity, code, value, message, hint }) =>
      `${severity} ${code} at ${at}/${column} [${value}] ${message}; ${hint}`,
  );
}

/** What was told of the campaign as a whole, the reminder of the 24 hours aside. */
function general(checker: RowChecker, later: readonly Finding[] = []): readonly string[] {
  return lines([...checker.findings, ...later].filter(({ code }) => code !== 'SESSION_WINDOW'));
}

function messageOf(checked: CheckedRow) {
  if (checked.kind !== 'message') throw new Error(`no message: ${lines(checked.findings).join('; ')}`);
  return checked.message;
}

describe('a row of a campaign in words of its own', () => {
  it('becomes a message with its texts filled, under the key of those words', () => {
    const content = { kind: 'session', type: 'text', content: { text: 'Hi Ann' } } as const;
    const addressed = { channel: 'whatsapp', from: '8613867404376', to, content } as const;
    expect(checkerOf().check(row(to, ' Ann '))).toEqual({
      kind: 'message',
      country: 'CN',
      segments: null,
      findings: [],
      message: { row: 7, key: messageKey(addressed), ...addressed, request: {}, fallback: null },
    });
  });

  it('gives the same words to the same person the same key, and other words another', () => {
    const checker = checkerOf();
    const keyOf = (name: string, phone = to) => messageOf(checker.check(row(phone, name))).key;
    expect(keyOf('Ann')).toBe(keyOf('Ann '));
    expect(new Set([keyOf('Ann'), keyOf('Bob'), keyOf('Ann', '8613800138001')]).size).toBe(3);
  });

  it('makes numbers of the numbers in a campaign, which holds texts alone', () => {
    const checker = checkerOf({
      type: 'location',
      content: { longitude: '{{ lon }}', latitude: '37.44', name: '12' },
      columns: ['phone', 'lon'],
    });
    expect(messageOf(checker.check(row(to, '-122.16'))).content).toMatchObject({
      content: { longitude: -122.16, latitude: 37.44, name: '12' },
    });
  });

  it('refuses what the channel would, at the cell it comes from', () => {
    const checker = checkerOf({
      type: 'image',
      content: { link: '{{ picture }}', caption: 'x' },
      columns: ['phone', 'picture'],
    });
    expect(general(checker)).toEqual([]);
    expect(checker.check(row(to, 'https://example.com/a.jpg'))).toMatchObject({ kind: 'message' });
    const checked = checker.check(row(to, 'http://example.com/a.jpg'));
    expect(checked).toMatchObject({ kind: 'invalid', to });
    expect(checked.findings).toMatchObject([
      {
        row: 7,
        column: 'picture',
        severity: 'error',
        code: 'MEDIA_URL_INVALID',
        value: 'http://example.com/a.jpg',
        message: expect.stringMatching(/^message\.content: link /),
      },
    ]);
  });

  it('shows the filled text where it comes from several columns', () => {
    const checker = checkerOf({
      type: 'image',
      content: { link: 'http://{{ host }}/{{ file }}' },
      columns: ['phone', 'host', 'file'],
    });
    expect(checker.check(row(to, 'example.com', 'a.jpg')).findings).toMatchObject([
      { row: 7, column: null, value: 'http://example.com/a.jpg' },
    ]);
  });

  it('tells once, and for all, of words that are wrong in every row', () => {
    const checker = checkerOf({ type: 'image', content: { link: 'http://example.com/a.jpg' } });
    expect(checker.findings).toContainEqual(
      expect.objectContaining({
        row: null,
        column: null,
        severity: 'fatal',
        code: 'MEDIA_URL_INVALID',
        value: 'http://example.com/a.jpg',
      }),
    );
    expect(checker.check(row(to, 'Ann'))).toEqual({ kind: 'invalid', to, findings: [] });
  });

  it('tells of a key that is missing once where no column has to do with it', () => {
    expect(general(checkerOf({ content: {} }))).toEqual([
      expect.stringMatching(/^fatal CONTENT_KEY_MISSING at null\/null /),
      expect.stringMatching(/^info COLUMN_UNUSED at null\/name /),
    ]);
  });

  it('says which cell a filter cannot work on', () => {
    const checker = checkerOf({ content: { text: 'On {{ day | date: "%d %b" }}' }, columns: ['phone', 'day'] });
    expect(lines(checker.check(row(to, 'soon')).findings)).toEqual([
      expect.stringMatching(
        /^error PARAM_RENDER_FAILED at 7\/day \[soon\] the text of message\.content\.text: .*"soon" is not a date.*; correct the cell, or the text in the campaign$/,
      ),
    ]);
  });

  it('tells of a text that is wrong once, and where it stands', () => {
    const checker = checkerOf({ content: { text: 'Hi {{ nme }}' } });
    expect(general(checker)[0]).toBe(
      'fatal PARAM_TEXT_INVALID at null/null [Hi {{ nme }}] the text of message.content.text: the list has no column "nme"; did you mean "name"? the list has: phone, name',
    );
  });
});

describe('a content that comes from a column', () => {
  const checker = (columns = ['phone', 'said']) => checkerOf({ column: 'Said', columns });

  it('is what the JSON of the cell says', () => {
    const checked = checker().check(row(to, '{"text": "Hi {{ name }}", "preview_url": true}'));
    expect(messageOf(checked).content).toEqual({
      kind: 'session',
      type: 'text',
      content: { text: 'Hi {{ name }}', preview_url: true },
    });
  });

  it.each([
    ['', 'the content is empty'],
    ['  ', 'the content is empty'],
    ['Hi', 'the content is not a JSON object'],
    ['"Hi"', 'the content is not a JSON object'],
    ['[{"text": "Hi"}]', 'the content is not a JSON object'],
    ['null', 'the content is not a JSON object'],
    ['{"text": "Hi"', 'the content is not a JSON object'],
  ])('is refused where the cell is %j', (cell, message) => {
    expect(lines(checker().check(row(to, cell)).findings)).toEqual([
      `error CONTENT_NOT_JSON at 7/said [${cell}] ${message}; write it as JSON: {"text": "…"}`,
    ]);
  });

  it('is judged by the rules of its type, at its cell', () => {
    const checked = checker().check(row(to, '{"text": 7}'));
    expect(checked).toMatchObject({
      kind: 'invalid',
      findings: [{ row: 7, column: 'said', severity: 'error', value: '7', message: expect.stringContaining('text') }],
    });
  });

  it('needs its column', () => {
    expect(general(checker(['phone', 'sad']))).toContainEqual(
      expect.stringMatching(/^fatal COLUMN_UNKNOWN at null\/null \[Said\] .*the content/),
    );
  });

  it('uses its column and no other', () => {
    expect(general(checker(['phone', 'said', 'name']))).toEqual([
      expect.stringMatching(/^info COLUMN_UNUSED at null\/name/),
    ]);
  });
});

describe('the fields of a request', () => {
  const viber = { channel: 'viber', from: '12345', columns: ['phone', 'name', 'ttl'] } as const;

  it('are in the message as their kinds, and absent where the row leaves them empty', () => {
    const checker = checkerOf({ ...viber, request: { ttl: '{{ ttl }}', label: 'promotion', tag: '{{ name }}' } });
    expect(general(checker)).toEqual([]);
    expect(messageOf(checker.check(row(to, 'Ann', '60'))).request).toEqual({ ttl: 60, label: 'promotion', tag: 'Ann' });
    expect(messageOf(checker.check(row(to, 'Ann', ' '))).request).toEqual({ label: 'promotion', tag: 'Ann' });
  });

  it('are an error at the cell of the row', () => {
    const checker = checkerOf({ ...viber, request: { ttl: '{{ ttl }}' } });
    expect(lines(checker.check(row(to, 'Ann', '29')).findings)).toEqual([
      'error REQUEST_FIELD_INVALID at 7/ttl [29] request.ttl is not a time of 30 to 1209600 seconds; write seconds, or a time such as 10m',
    ]);
  });

  it('show the filled text where it comes from several columns', () => {
    const checker = checkerOf({ ...viber, request: { ttl: '{{ ttl }}{{ name }}' } });
    expect(lines(checker.check(row(to, 'x', '60')).findings)).toEqual([
      expect.stringMatching(/^error REQUEST_FIELD_INVALID at 7\/null \[60x\] request\.ttl /),
    ]);
  });

  it('are fatal once where every row has the same', () => {
    const checker = checkerOf({ ...viber, request: { ttl: '29', label: 'promo' } });
    expect(general(checker).filter((line) => line.includes('REQUEST_FIELD_INVALID'))).toEqual([
      expect.stringMatching(/^fatal REQUEST_FIELD_INVALID at null\/null \[promo\] request\.label is none of /),
      expect.stringMatching(/^fatal REQUEST_FIELD_INVALID at null\/null \[29\] request\.ttl is not a time /),
    ]);
    expect(checker.check(row(to, 'Ann', '')).findings).toEqual([]);
  });

  it('say which cell a filter cannot work on', () => {
    const checker = checkerOf({ ...viber, request: { tag: '{{ ttl | date: "%d" }}' } });
    expect(lines(checker.check(row(to, 'Ann', 'soon')).findings)).toEqual([
      expect.stringMatching(/^error PARAM_RENDER_FAILED at 7\/ttl \[soon\] the text of request\.tag: /),
    ]);
  });

  it('go with a template as well', () => {
    const campaign = { ...campaignOf({ request: { taskId: 'order-{{ name }}' } }), content: aTemplateChoice };
    const checker = createRowChecker({ campaign, columns: ['phone', 'name'], columnsComplete: true, now: 0 });
    checker.addTemplate('en', found());
    expect(messageOf(checker.check(row(to, 'Ann'))).request).toEqual({ taskId: 'order-Ann' });
  });

  it('use their columns', () => {
    expect(general(checkerOf(viber))).toEqual([expect.stringMatching(/^info COLUMN_UNUSED at null\/ttl/)]);
    expect(general(checkerOf({ ...viber, request: { tag: '{{ ttl }}' } }))).toEqual([]);
  });
});

describe('columns that appear while a list is read', () => {
  const growing = (choices: Choices = {}) => checkerOf({ ...choices, columns: ['phone'], complete: false });

  it('read as empty until they are there, and nothing is said of them before the end', () => {
    const checker = growing({
      content: { text: 'Hi {{ name | default: "you" }}' },
      request: { contextMessageId: '{{ last }}' },
    });
    expect(general(checker)).toEqual([]);
    expect(messageOf(checker.check(row(to)))).toMatchObject({ content: { content: { text: 'Hi you' } }, request: {} });
    expect(lines(checker.columnsGrew(['phone', 'last', 'name'], false))).toEqual([]);
    expect(messageOf(checker.check(row(to, 'wamid.1', 'Ann')))).toMatchObject({
      content: { content: { text: 'Hi Ann' } },
      request: { contextMessageId: 'wamid.1' },
    });
    expect(lines(checker.finish())).toEqual([]);
  });

  it('are missed at the end', () => {
    const checker = growing({ request: { tag: '{{ last }}' }, channel: 'viber', from: '12345' });
    expect(lines(checker.finish())).toEqual([
      expect.stringMatching(
        /^fatal PARAM_TEXT_INVALID at null\/null \[Hi \{\{ name \}\}\] the text of message\.content\.text: /,
      ),
      expect.stringMatching(/^fatal PARAM_TEXT_INVALID at null\/null \[\{\{ last \}\}\] the text of request\.tag: /),
    ]);
  });

  it('are called unused at the end, and not before', () => {
    const checker = growing({ content: { text: 'Hi' } });
    expect(lines(checker.columnsGrew(['phone', 'name'], false))).toEqual([]);
    expect(lines(checker.finish())).toEqual([expect.stringMatching(/^info COLUMN_UNUSED at null\/name/)]);
  });

  it('may bring the content itself', () => {
    const checker = growing({ column: 'said' });
    expect(general(checker)).toEqual([]);
    checker.columnsGrew(['phone', 'said'], false);
    expect(messageOf(checker.check(row(to, '{"text":"Hi"}'))).content).toMatchObject({ content: { text: 'Hi' } });
  });
});

describe('people who are known by an id', () => {
  it.each(['messenger', 'instagram'] as const)('are written to on %s as the id stands', (channel) => {
    const checker = checkerOf({ channel, from: '105000123456789', to: 'psid', columns: ['psid', 'name'] });
    expect(checker.check(row('24571234567890123', 'Ann'))).toMatchObject({
      kind: 'message',
      country: '',
      message: { channel, to: '24571234567890123' },
      findings: [],
    });
    expect(lines(checker.check(row('2.45712E+16', 'Ann')).findings)).toEqual([
      expect.stringMatching(/^error ADDRESS_SCIENTIFIC at 7\/psid \[2\.45712E\+16\] /),
    ]);
    expect(lines(checker.check(row('105000123456789', 'Ann')).findings)).toEqual([
      expect.stringMatching(/^error ADDRESS_IS_SENDER at 7\/psid /),
    ]);
  });

  it('are not those of Viber, who have telephone numbers', () => {
    const checker = checkerOf({ channel: 'viber', from: '12345' });
    expect(checker.check(row('24571234567890123', 'Ann'))).toMatchObject({ kind: 'invalid' });
    expect(checker.check(row('+86 138 0013 8000', 'Ann'))).toMatchObject({ kind: 'message', message: { to } });
  });
});

function found(template: Template = aTemplate()) {
  return { kind: 'found', template, detail: '{}' } as const;
}

describe('a campaign with a fallback', () => {
  const fallback: TemplateFallback = {
    kind: 'template',
    template: { code: 'order_shipped', language: { kind: 'fixed', language: 'en' }, params: {} },
    on: ['SessionWindowExpired'],
  };

  it('needs the template, and keeps it beside the message, each row its own', () => {
    const checker = checkerOf({ fallback });
    expect(checker.needs(row(to, 'Ann'))).toBe('en');
    expect(checker.addTemplate('en', found())).toEqual([]);
    const message = messageOf(checker.check(row(to, 'Ann')));
    expect(message.content).toMatchObject({ kind: 'session', content: { text: 'Hi Ann' } });
    expect(message.fallback).toEqual({
      kind: 'template',
      code: 'order_shipped',
      language: 'en',
      params: { name: 'Ann' },
    });
  });

  it('has the same key with and without it: what is said at first is what counts', () => {
    const checker = checkerOf({ fallback });
    checker.addTemplate('en', found());
    expect(messageOf(checker.check(row(to, 'Ann'))).key).toBe(messageOf(checkerOf().check(row(to, 'Ann'))).key);
  });

  it('lets no row go whose fallback could not', () => {
    const checker = checkerOf({ fallback, content: { text: 'Hi' } });
    checker.addTemplate('en', found());
    expect(lines(checker.check(row(to, ' ')).findings)).toEqual([
      expect.stringMatching(/^error PARAM_MISSING at 7\/name \[ \] fallback: the variable "name" is empty/),
    ]);
  });

  it('is stopped by a variable that nothing fills', () => {
    const checker = checkerOf({ fallback, content: { text: 'Hi' }, columns: ['phone'] });
    expect(lines(checker.addTemplate('en', found()))).toEqual([
      expect.stringMatching(
        /^fatal VARIABLE_UNFILLED at null\/null \[name\] fallback: nothing fills the variable "name" of the template; name its column under fallback\.template\.params, /,
      ),
    ]);
  });

  it.each(['pending', 'rejected', 'paused', 'disabled', 'unknown'] as const)(
    'is stopped by a template that is %s',
    (status) => {
      const checker = checkerOf({ fallback });
      expect(checker.addTemplate('en', found(aTemplate({ status })))).toMatchObject([{ severity: 'fatal' }]);
    },
  );

  it('is stopped by a language that does not exist', () => {
    const template = { ...fallback.template, language: { kind: 'fixed', language: 'EN' } as const };
    expect(general(checkerOf({ fallback: { ...fallback, template } }))).toContainEqual(
      expect.stringMatching(/^fatal LANGUAGE_UNKNOWN at null\/null \[EN\]/),
    );
  });

  it('has used the columns of both', () => {
    const checker = checkerOf({ fallback, content: { text: '{{ words }}' }, columns: ['phone', 'words', 'name'] });
    expect(lines([...checker.findings, ...checker.addTemplate('en', found())])).not.toContainEqual(
      expect.stringContaining('COLUMN_UNUSED'),
    );
  });

  it('is told with what the others get', () => {
    const remark = (choices: Choices) => checkerOf(choices).findings.find(({ code }) => code === 'SESSION_WINDOW');
    expect(remark({})).toMatchObject({
      severity: 'warning',
      hint: 'the others are refused; name a template under fallback to reach them',
    });
    expect(remark({ fallback })).toMatchObject({ hint: 'the others get the template "order_shipped"' });
  });
});

it('warns of a category that only invited accounts may name', () => {
  const told = checkerOf({ request: { category: 'UTILITY' } }).findings;
  expect(told).toContainEqual(
    expect.objectContaining({ code: 'DIRECT_CATEGORY', severity: 'warning', value: 'UTILITY', row: null }),
  );
  expect(checkerOf().findings.map(({ code }) => code)).toEqual(['SESSION_WINDOW']);
});
