import { describe, expect, it } from 'vitest';
import { CampaignFileError, CampaignUnreadableError } from '../../src/campaign/campaign-file-error.ts';
import type { CampaignFlags } from '../../src/campaign/campaign-flags.ts';
import { readCampaign } from '../../src/campaign/read-campaign.ts';

/** The error's text as an operator gets it: the message, then the hint. */
async function refusal(text: string, flags: CampaignFlags = {}, path = 'c.yaml'): Promise<string> {
  const error: unknown = await readCampaign({ path, flags }, async () => text).then(
    (campaign) => campaign,
    (reason) => reason,
  );
  if (!(error instanceof CampaignFileError)) throw new Error('not refused as a campaign', { cause: error });
  expect([error.kind, error.code]).toEqual(['usage', 'CAMPAIGN_FILE']);
  return error.hint === undefined ? error.message : `${error.message}\n${error.hint}`;
}

/** A campaign without mistakes, each field on the line of its comment. */
const lines = {
  name: 'name: spring', // 1
  channel: 'channel: whatsapp', // 2
  from: 'from: "8613867404376"', // 3
  recipients: 'recipients:', // 4
  file: '  file: recipients.csv', // 5
  to: '  to: phone', // 6
  country: '  country: CN', // 7
  format: '  format: csv', // 8
  delimiter: '  delimiter: ","', // 9
  encoding: '  encoding: utf-8', // 10
  template: 'template:', // 11
  code: '  code: order_shipped', // 12
  language: '  language: en', // 13
  params: '  params:', // 14
  param: '    name: first_name', // 15
  send: 'send:', // 16
  rate: '  rate: 250/s', // 17
  senderRate: '  senderRate: 80/s', // 18
  concurrency: '  concurrency: 64', // 19
  stopAfter: '  stopAfter: { failures: 5%, atLeast: 50 }', // 20
  maxDuration: '  maxDuration: 2h', // 21
  dailyCap: '  dailyCap: 10000', // 22
  custSpaceId: 'custSpaceId: cams-abc123', // 23
  expect: 'expect: { category: MARKETING }', // 24
};

function campaignWith(changes: Partial<Record<keyof typeof lines, string>>): string {
  return `${Object.values({ ...lines, ...changes }).join('\n')}\n`;
}

const rateHint = 'write a number a second, minute or hour: 250/s, 60/m or 1000/h';
const phoneHint = 'write 7 to 15 digits with the country code, such as 8613800000000';
const channelHint = 'write one of whatsapp, viber, messenger, instagram, sms';

describe('a mistake in a field', () => {
  it.each<[Partial<Record<keyof typeof lines, string>>, string]>([
    [
      { name: 'name: a/b' },
      'c.yaml:1:7: "a/b" cannot begin the name of a run file\nwrite up to 100 letters, digits and dashes',
    ],
    [{ channel: 'channel: whatsap' }, 'c.yaml:2:10: no channel "whatsap"\ndid you mean "whatsapp"?'],
    [{ channel: 'channel: pigeon' }, `c.yaml:2:10: no channel "pigeon"\n${channelHint}`],
    [{ from: 'from: 86138x' }, `c.yaml:3:7: "86138x" is not a telephone number\n${phoneHint}`],
    [{ from: 'from: 8.613867404376e12' }, `c.yaml:3:7: "8.613867404376e12" is not a telephone number\n${phoneHint}`],
    [
      { from: 'from: 86138674043760000000' },
      `c.yaml:3:7: "86138674043760000000" is not a telephone number\n${phoneHint}`,
    ],
    [{ from: 'from: true' }, `c.yaml:3:7: "true" is not a telephone number\n${phoneHint}`],
    [{ from: 'from:' }, 'c.yaml:3:1: "from" has no value\nwrite a value, or remove the line'],
    [
      { from: 'from: { number: 1 }' },
      'c.yaml:3:7: "from" is one value, not a group of fields\nwrite it on one line: from: …',
    ],
    [{ from: 'from: [1]' }, 'c.yaml:3:7: "from" is one value, not a list\nwrite it on one line: from: …'],
    [{ from: '' }, 'c.yaml:1:1: the sender is missing\nadd "from: 8613800000000", or give --from'],
    [{ file: '  file: ""' }, 'c.yaml:5:9: "" is blank\nwrite a value'],
    [{ file: '' }, 'c.yaml:4:1: the list is missing\nadd "file: recipients.csv" under recipients'],
    [{ to: '' }, 'c.yaml:4:1: the column with the address is missing\nadd "to: phone" under recipients, or give --to'],
    [{ country: '  country: CHN' }, 'c.yaml:7:12: no country "CHN"\nwrite the two letters of ISO 3166, such as CN'],
    [{ country: '  country: UK' }, 'c.yaml:7:12: no country "UK"\ndid you mean "GB"?'],
    [{ country: '  country: China' }, 'c.yaml:7:12: no country "China"\ndid you mean "CN"?'],
    [{ format: '  format: cvs' }, 'c.yaml:8:11: no format "cvs"\ndid you mean "csv"?'],
    [{ format: '  format: jsonn' }, 'c.yaml:8:11: no format "jsonn"\ndid you mean "json"?'],
    [{ format: '  format: xlsx' }, 'c.yaml:8:11: not yet: this version does not read xlsx\nsave the list as CSV UTF-8'],
    [
      { file: '  file: "-"', format: '' },
      'c.yaml:4:1: standard input has no name that tells its format\nname it: csv, tsv, json or jsonl',
    ],
    [
      { delimiter: '  delimiter: ab' },
      'c.yaml:9:14: "ab" cannot separate cells\nwrite one character, or comma, semicolon, tab or pipe',
    ],
    [{ encoding: '  encoding: utf-7' }, 'c.yaml:10:13: no encoding "utf-7"\ndid you mean "utf-8"?'],
    [
      { code: '' },
      'c.yaml:11:1: the template is missing\nadd "code: order_shipped" under template, or give --template',
    ],
    [{ language: '' }, 'c.yaml:11:1: the language is missing\nadd "language: en" under template, or give --language'],
    [
      { language: '  language: { default: en }' },
      'c.yaml:13:3: the column with the language is missing\nadd "column: lang" under template.language, or give --language-column',
    ],
    [
      { language: '  language: [en]' },
      'c.yaml:13:13: "template.language" is a group of fields, not a list\nit has: column, default',
    ],
    [{ language: '  language: " "' }, 'c.yaml:13:13: " " is blank\nwrite a value'],
    [
      { params: '  params: first_name', param: '' },
      'c.yaml:14:11: "template.params" is a group of fields, not "first_name"\nwrite one line for each variable: name: column',
    ],
    [
      { param: '    name: { txt: hello }' },
      'c.yaml:15:13: no field "txt" in template.params.name\ndid you mean "text"?',
    ],
    [
      { param: '    name: {}' },
      'c.yaml:15:11: a param has either a text or a column\nwrite { text: "…" } or { column: … }',
    ],
    [
      { param: '    name: { text: a, column: b }' },
      'c.yaml:15:11: a param has either a text or a column\nwrite { text: "…" } or { column: … }',
    ],
    [{ param: '    name: ~' }, 'c.yaml:15:5: "template.params.name" has no value\nwrite a value, or remove the line'],
    [{ rate: '  mode: bulk' }, 'c.yaml:17:9: "bulk" is not a mode\nwrite single or mass'],
    [{ rate: '  rate: fast' }, `c.yaml:17:9: "fast" is not a rate\n${rateHint}`],
    [{ senderRate: '  senderRate: 80/d' }, `c.yaml:18:15: "80/d" is not a rate\n${rateHint}`],
    [
      { concurrency: '  concurrency: 0' },
      'c.yaml:19:16: "0" is not a whole number from 1 to 10000\nwrite a number such as 1',
    ],
    [
      { concurrency: '  concurrency: 2.5' },
      'c.yaml:19:16: "2.5" is not a whole number from 1 to 10000\nwrite a number such as 1',
    ],
    [
      { stopAfter: '  stopAfter: 0%' },
      'c.yaml:20:14: "0%" is neither a share nor a number\nwrite a share above 0% and up to 100%, such as 5%, or a whole number above 0, such as 20, or never',
    ],
    [
      { stopAfter: '  stopAfter: { failures: never, atLeast: 50 }' },
      'c.yaml:20:42: stopAfter is never, so this number bounds nothing\nremove it, or name the failures',
    ],
    [{ maxDuration: '  maxDuration: 30' }, 'c.yaml:21:16: "30" has no unit\nwrite 30s, 30m, 30h or 30d'],
    [
      { dailyCap: '  dailyCap: all' },
      'c.yaml:22:13: "all" is not a whole number from 1 to 1000000000\nwrite a number such as 10000, or tier, or none',
    ],
    [
      { custSpaceId: 'custSpaceId: "a b"' },
      'c.yaml:23:14: "a b" is not the id of a space\nwrite it as the console shows it, such as cams-abc123',
    ],
    [{ expect: 'expect: { category: markting }' }, 'c.yaml:24:21: no category "markting"\ndid you mean "MARKETING"?'],
    [
      { expect: 'expect: { category: sales }' },
      'c.yaml:24:21: no category "sales"\nwrite one of MARKETING, UTILITY, AUTHENTICATION',
    ],
    [{ expect: 'expect: { quality: GREEN }' }, 'c.yaml:24:11: no field "quality" in expect\nit has: category'],
  ])('is told with its place, its text and the fix: %j', async (changes, told) => {
    expect(await refusal(campaignWith(changes))).toBe(told);
  });
});

describe('mass sending', () => {
  const inOwnWords = `from: "8613867404376"
recipients: { file: list.csv, to: phone }
message: { type: text, content: { text: Hi } }
send: { mode: mass }
`;

  it("is refused for words of one's own, in the file and as a flag", async () => {
    const words = 'mass sending takes templates only, and this campaign has a message in words of its own';
    const hint = 'write mode: single, or send a template';
    expect(await refusal(inOwnWords)).toBe(`c.yaml:4:15: ${words}\n${hint}`);
    const single = inOwnWords.replace('mode: mass', 'mode: single');
    expect(await refusal(single, { mode: 'mass' })).toBe(`--mode: ${words}\n${hint}`);
  });

  it('is refused for fields that a shared request has no place for', async () => {
    const text = campaignWith({
      rate: '  mode: mass',
      expect: 'request: { taskId: a, payload: [b], category: UTILITY }',
    });
    expect(await refusal(text)).toContain(
      'c.yaml:24:20: mass sending takes no taskId\n    remove it, or write mode: single',
    );
    expect(await refusal(text)).not.toContain('payload');
  });
});

describe('an unknown field', () => {
  it.each<[Partial<Record<keyof typeof lines, string>>, string]>([
    [
      { rate: '  rates: 250/s' },
      'c.yaml:17:3: no field "rates" in send\ndid you mean "rate"? "rates" stands at the top',
    ],
    [{ stopAfter: '  stop_after: never' }, 'c.yaml:20:3: no field "stop_after" in send\ndid you mean "stopAfter"?'],
    [
      { channel: 'rate: 10/s' },
      'c.yaml:2:1: no field "rate" in a campaign\ndid you mean "rates"? "rate" stands under send',
    ],
    [{ country: '  from: 8613800000000' }, 'c.yaml:7:3: no field "from" in recipients\n"from" stands at the top'],
    [
      { channel: 'colour: red' },
      'c.yaml:2:1: no field "colour" in a campaign\nit has: name, channel, from, custSpaceId, recipients, template, message, fallback, rates, request, expect, send',
    ],
    [
      { channel: 'accessKeySecret: hunter2' },
      'c.yaml:2:1: no field "accessKeySecret" in a campaign\nremove it: credentials come from the environment or a profile, never from a campaign',
    ],
    [{ channel: '__proto__: {}' }, 'c.yaml:2:1: "__proto__" cannot be a field\nremove the line'],
    [
      { channel: 'constructor: 1' },
      'c.yaml:2:1: no field "constructor" in a campaign\nit has: name, channel, from, custSpaceId, recipients, template, message, fallback, rates, request, expect, send',
    ],
  ])('is told with what was meant: %j', async (changes, told) => {
    expect(await refusal(campaignWith(changes))).toBe(told);
  });

  it('explains the fields that are missing for its sake', async () => {
    expect(await refusal(campaignWith({ recipients: 'recipient:' }))).toBe(
      'c.yaml:4:1: no field "recipient" in a campaign\ndid you mean "recipients"?',
    );
    expect(await refusal(campaignWith({ language: '  langauge: en' }))).toBe(
      'c.yaml:13:3: no field "langauge" in template\ndid you mean "language"?',
    );
  });
});

describe('text that is no campaign', () => {
  it.each([
    ['a tab', 'from: 1\nsend:\n\trate: 1/s\n', 'c.yaml:3:1: a tab indents this line\nindent with blanks'],
    [
      'a Liquid text without quotes',
      'template:\n  params:\n    date: {{ ship_date }}\n',
      'c.yaml:3:12: a value that begins with a brace needs quotes\nwrite it as "{{ column }}"',
    ],
    [
      'a value with a colon',
      'name: spring: sale\n',
      'c.yaml:1:7: nested mappings are not allowed in compact mappings\nput the value in quotes',
    ],
    [
      'a value that begins with a sign',
      'name: @spring\n',
      'c.yaml:1:7: plain value cannot start with reserved character @\nput the value in quotes',
    ],
    ['an open quote', 'name: "spring\n', 'c.yaml:2:1: missing closing "quote'],
    [
      'a second document',
      `${campaignWith({})}---\nfrom: 1\n`,
      'c.yaml:25:1: a second document begins here\nkeep one campaign a file, without "---"',
    ],
    ['an unknown tag', 'name: !shop spring\n', 'c.yaml:1:7: unresolved tag: !shop'],
    ['endless nesting', '['.repeat(50_000), 'c.yaml:1:'],
    ['nothing', '', 'c.yaml:1:1: the campaign file is empty\nwrite one with sendoff init'],
    ['only remarks', '# later\n', 'c.yaml:1:1: the campaign file is empty\nwrite one with sendoff init'],
    [
      'a list',
      '- 8613800000000\n',
      'c.yaml:1:1: a campaign is a group of fields, such as from: …\nwrite a campaign file with sendoff init',
    ],
    [
      'one word',
      'hello',
      'c.yaml:1:1: a campaign is a group of fields, such as from: …\nwrite a campaign file with sendoff init',
    ],
    [
      'a very long text',
      `#${'x'.repeat(100_000)}`,
      'c.yaml:1:1: the file is too long to be a campaign (100001 characters)\nwrite a campaign file with sendoff init',
    ],
  ])('is refused at the place: %s', async (_kind, text, told) => {
    expect((await refusal(text)).slice(0, Math.max(told.length, 1))).toBe(told);
  });

  it('is told to need --template when it is a list in JSON', async () => {
    expect(await refusal('[{"phone": 1}]', {}, 'list.json')).toBe(
      'list.json:1:1: a campaign is a group of fields, such as from: …\n' +
        'a list in JSON is told by --template: add it, with --from, --language and --to',
    );
  });

  it('names an anchor that does not exist, also one around itself', async () => {
    expect(await refusal(campaignWith({ name: 'name: *spring' }))).toContain(
      'c.yaml:1:7: no anchor "spring" before this line',
    );
    expect(await refusal(campaignWith({ send: 'send: &send', rate: '  rate: *send' }))).toContain(
      'c.yaml:17:9: no anchor "send" before this line',
    );
  });
});

describe('several mistakes', () => {
  it('are told together, in the order of the file, then the flags', async () => {
    const text = campaignWith({
      channel: 'channel: pigeon',
      from: 'from: 12',
      code: '  code: a\n  code: b',
      rate: '  rates: 1/s',
      concurrency: '  concurrency: many',
    });
    expect(await refusal(text, { country: 'XX', stopAfterAtLeast: '-1' })).toBe(`7 mistakes in the campaign
  c.yaml:2:10: no channel "pigeon"
    ${channelHint}
  c.yaml:3:7: "12" is not a telephone number
    write 7 to 15 digits with the country code, such as 8613800000000
  c.yaml:13:3: "code" stands twice
    keep one of the two lines
  c.yaml:18:3: no field "rates" in send
    did you mean "rate"? "rates" stands at the top
  c.yaml:20:16: "many" is not a whole number from 1 to 10000
    write a number such as 1
  --country: no country "XX"
    write the two letters of ISO 3166, such as CN
  --stop-after-at-least: "-1" is not a whole number from 1 to 1000000000
    write a number such as 1`);
  });

  it('are values too', async () => {
    const text = campaignWith({ rate: '  rate: fast' });
    const error: unknown = await readCampaign({ path: 'c.yaml', flags: { concurrency: '0' } }, async () => text).catch(
      (reason) => reason,
    );
    expect(error).toMatchObject({
      mistakes: [
        {
          place: { kind: 'file', file: 'c.yaml', line: 17, column: 9 },
          message: '"fast" is not a rate',
          hint: rateHint,
        },
        {
          place: { kind: 'flag', flag: '--concurrency' },
          message: '"0" is not a whole number from 1 to 10000',
          hint: 'write a number such as 1',
        },
      ],
    });
  });
});

describe('flags beside a list', () => {
  it('are asked for by name', async () => {
    expect(await refusal('', {}, 'list.csv')).toBe(`4 mistakes in the campaign
  --from: the sender is missing
    add --from 8613800000000
  --to: the column with the address is missing
    add --to phone
  --template: the template is missing
    add --template order_shipped
  --language: the language is missing
    add --language en`);
  });

  const flags: CampaignFlags = { from: '8613867404376', template: 't', language: 'en', to: 'phone' };

  it.each<[CampaignFlags, string]>([
    [{ ...flags, from: 'me' }, `--from: "me" is not a telephone number\n${phoneHint}`],
    [{ ...flags, language: '', languageColumn: 'lang' }, '--language: "" is blank\nwrite a value'],
    [{ ...flags, param: { name: ' ' } }, '--param: " " is blank\nwrite a value'],
    [
      { ...flags, stopAfter: 'soon' },
      '--stop-after: "soon" is neither a share nor a number\nwrite a share above 0% and up to 100%, such as 5%, or a whole number above 0, such as 20, or never',
    ],
    [
      { ...flags, stopAfter: 'never', stopAfterAtLeast: '5' },
      '--stop-after-at-least: stopAfter is never, so this number bounds nothing\nremove it, or name the failures',
    ],
    [
      { ...flags, maxDuration: '1w' },
      '--max-duration: "1w" is not a duration\nwrite seconds, minutes, hours or days: 90s, 30m, 24h or 2d',
    ],
  ])('are held to the rules of their fields: %j', async (given, told) => {
    expect(await refusal('', given, 'list.csv')).toBe(told);
  });

  it('must name the format of standard input', async () => {
    expect(await refusal('', flags, '-')).toBe(
      '--format: standard input has no name that tells its format\nname it: csv, tsv, json or jsonl',
    );
  });
});

describe('a file that cannot be read as a campaign', () => {
  async function unreadable(path: string, code: string): Promise<{ message: string; hint: string | undefined }> {
    const cause = Object.assign(new Error('no'), { code });
    const error: unknown = await readCampaign({ path, flags: {} }, () => Promise.reject(cause)).catch(
      (reason) => reason,
    );
    if (!(error instanceof CampaignUnreadableError)) throw new Error('not refused', { cause: error });
    expect([error.kind, error.code]).toEqual(['usage', 'CAMPAIGN_UNREADABLE']);
    return { message: error.message, hint: error.hint };
  }

  it('is told by what is wrong with it', async () => {
    expect(await unreadable('c.yaml', 'ENOENT')).toEqual({
      message: 'no campaign file "c.yaml"',
      hint: 'check the path, or write a campaign with sendoff init',
    });
    expect(await unreadable('c.yaml', 'EACCES')).toEqual({
      message: 'cannot read the campaign file "c.yaml" (EACCES)',
      hint: undefined,
    });
    expect(await unreadable('list.xlsx', '')).toEqual({
      message: 'not yet: this version does not read "list.xlsx"',
      hint: 'save the list as CSV UTF-8',
    });
    expect(await unreadable('list.txt', '')).toEqual({
      message: '"list.txt" is neither a campaign (.yaml, .json) nor a list by its name',
      hint: 'name the format of a list: --format csv, tsv, json or jsonl',
    });
  });
});
