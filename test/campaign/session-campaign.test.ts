/** Campaigns in words of one's own as they are written: message, fallback and request. */
import { describe, expect, it } from 'vitest';
import { CampaignFileError } from '../../src/campaign/campaign-file-error.ts';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import { refusedRequestFields, requestFieldChannels, requestFields } from '../../src/domain/request-fields.ts';

const top = 'name: c\nfrom: "8613867404376"\nrecipients: { file: list.csv, to: phone }\n';
const said = 'message: { type: text, content: { text: Hi } }\n';
const template = 'template: { code: order_shipped, language: en }';

function read(text: string): Promise<Campaign> {
  return readCampaign({ path: 'c.yaml', flags: {} }, async () => text);
}

/** The mistakes as an operator gets them: the place and the message, then the hint. */
async function refusal(text: string): Promise<string> {
  const error: unknown = await read(text).catch((reason) => reason);
  if (!(error instanceof CampaignFileError)) throw new Error('not refused as a campaign', { cause: error });
  return error.hint === undefined ? error.message : `${error.message}\n${error.hint}`;
}

const noParams = { code: 'order_shipped', language: { kind: 'fixed', language: 'en' }, params: {} } as const;

describe('a message', () => {
  it('has the texts of its content as they were written, at any depth', async () => {
    const content =
      '{ type: button, body: { text: "Hi {{ name }}" }, action: { buttons: [{ reply: { id: 007 } }] }, none: }';
    const {
      content: chosen,
      fallback,
      request,
    } = await read(`${top}message: { type: interactive, content: ${content} }\n`);
    expect({ chosen, fallback, request }).toEqual({
      chosen: {
        kind: 'session',
        type: 'interactive',
        content: {
          kind: 'fields',
          fields: {
            type: 'button',
            body: { text: 'Hi {{ name }}' },
            action: { buttons: [{ reply: { id: '007' } }] },
            none: null,
          },
        },
      },
      fallback: null,
      request: {},
    });
  });

  it.each(['content: said', 'content: { column: said }'])('may have its content from a column: %s', async (written) => {
    const { content } = await read(`${top}message: { type: text, ${written} }\n`);
    expect(content).toEqual({ kind: 'session', type: 'text', content: { kind: 'column', column: 'said' } });
  });

  it.each([
    ['content: " "', '4:33: " " is blank\nwrite a value'],
    ['content: { column: "" }', '4:43: "" is blank\nname the column with the content'],
  ])('needs a name where the content is a column: %s', async (written, expected) => {
    expect(await refusal(`${top}message: { type: text, ${written} }\n`)).toBe(`c.yaml:${expected}`);
  });

  it('may have a field that is called column among others', async () => {
    const { content } = await read(`${top}message: { type: text, content: { column: said, text: Hi } }\n`);
    expect(content).toMatchObject({ content: { kind: 'fields', fields: { column: 'said', text: 'Hi' } } });
  });

  it('may have no content, for types that have none', async () => {
    const { content } = await read(`${top}message: { type: typing_indicator }\n`);
    expect(content).toMatchObject({ type: 'typing_indicator', content: { kind: 'fields', fields: {} } });
  });

  it.each([
    ['viber', '12345'],
    ['messenger', '105000123456789'],
    ['instagram', '17841400000000000'],
  ])('goes by %s from the id of a sender', async (channel, from) => {
    const written = `name: c\nchannel: ${channel}\nfrom: "${from}"\nrecipients: { file: list.csv, to: id }\n${said}`;
    expect(await read(written)).toMatchObject({ channel, from });
  });
});

describe('a fallback', () => {
  it('names its template like a campaign does, and falls back when the 24 hours are over', async () => {
    const { fallback } = await read(
      `${top}${said}fallback: { template: { code: a, language: { column: lang, default: en }, params: { name: first, day: "{{ d }}" } } }\n`,
    );
    expect(fallback).toEqual({
      kind: 'template',
      template: {
        code: 'a',
        language: { kind: 'column', column: 'lang', fallback: 'en' },
        params: { name: { kind: 'column', column: 'first' }, day: { kind: 'text', text: '{{ d }}' } },
      },
      on: ['SessionWindowExpired', '131047'],
    });
  });

  it.each([
    ['131047', ['131047']],
    ['SessionWindowExpired', ['SessionWindowExpired']],
    ['[131026, "131047", " SessionWindowExpired "]', ['131026', '131047', 'SessionWindowExpired']],
    ['[131999, Some.NewCode]', ['131999', 'Some.NewCode']],
  ])('takes the codes of refusals: on: %s', async (on, codes) => {
    const { fallback } = await read(`${top}${said}fallback: { ${template}, on: ${on} }\n`);
    expect(fallback).toEqual({ kind: 'template', template: noParams, on: codes });
  });

  const explain = (code: string) =>
    `"${code}" does not refuse a message for good, so nothing falls back for it\nremove it; sendoff explain ${code} says what it means`;

  it.each([
    ['SessionWindowExpird', '1', 'no code "SessionWindowExpird" is known\ndid you mean "SessionWindowExpired"?'],
    ['" "', '1', '" " is blank\nwrite a value'],
    ['Product.Unsubscript', '1', explain('Product.Unsubscript')],
    ['Throttling.User', '1', explain('Throttling.User')],
    ['ServiceUnavailable', '1', explain('ServiceUnavailable')],
    ['[131047, ServiceUnavailable]', '10', explain('ServiceUnavailable')],
    ['[]', '1', 'no code is named\nremove the line, or name one'],
    [
      '{ a: b }',
      '1',
      '"fallback.on" is a list, not a group of fields\nwrite its items in brackets: on: [one, another]',
    ],
    ['[{ a: b }]', '2', '"fallback.on.0" is one value, not a group of fields\nwrite one text'],
    ['', '', '"fallback.on" has no value\nwrite a value, or remove the line'],
  ])('refuses on: %s', async (on, column, expected) => {
    const at = column === '' ? '7:3' : `7:${6 + Number(column)}`;
    expect(await refusal(`${top}${said}fallback:\n  ${template}\n  on: ${on}\n`)).toBe(`c.yaml:${at}: ${expected}`);
  });

  it.each([
    [
      'fallback: { on: 131047 }',
      'the template to fall back to is missing\nadd "template: { code: order_shipped, language: en }" under fallback',
    ],
    [
      'fallback: { template: { language: en } }',
      'the template to fall back to is missing\nadd "code: order_shipped" under fallback.template',
    ],
    [
      'fallback: { template: { code: a } }',
      'the language of the fallback is missing\nadd "language: en" under fallback.template',
    ],
    [
      'fallback: { template: { code: a, language: en, prams: {} } }',
      'no field "prams" in fallback.template\ndid you mean "params"?',
    ],
    ['fallback: { template: { code: a, language: en }, onn: 1 }', 'no field "onn" in fallback\ndid you mean "on"?'],
  ])('says what is missing or misspelt: %s', async (written, expected) => {
    expect((await refusal(`${top}${said}${written}\n`)).replace(/^c\.yaml:5:\d+: /, '')).toBe(expected);
  });
});

describe('fields that do not go together', () => {
  const channelOf = (channel: string) => top.replace('name: c', `name: c\nchannel: ${channel}`);

  it.each([
    [
      `${top}${said}${template}\n`,
      'c.yaml:4:10: a campaign has a template or a message, not both\nkeep one; a template may be the fallback',
    ],
    [
      `${top}${template}\nfallback: { ${template} }\n`,
      'c.yaml:5:11: only a message in words of your own falls back to a template\nwrite the words under message, or fall back to a text message with channel: sms',
    ],
    [
      `${channelOf('viber')}${template}\n`,
      'c.yaml:5:11: templates go by whatsapp, not by viber\nwrite the words under message: type and content',
    ],
    [
      `${channelOf('viber')}${said}fallback: { ${template} }\n`,
      'c.yaml:6:11: only whatsapp has a fallback, and this is viber\nremove it',
    ],
    [
      `${top}message: { type: txt, content: { text: Hi } }\n`,
      'c.yaml:4:18: whatsapp has no message type "txt"\ndid you mean "text"?',
    ],
    [
      `${channelOf('instagram')}message: { type: location }\n`,
      expect.stringMatching(/^c\.yaml:5:18: instagram has no message type "location"\nit has: text, /),
    ],
    [
      `${top.replace('8613867404376', '1234')}${said}`,
      'c.yaml:2:7: "1234" is not a telephone number\nwrite 7 to 15 digits with the country code, such as 8613800000000',
    ],
  ])('are told with their place, and what to do: %s', async (text, expected) => {
    expect(await refusal(text)).toEqual(expected);
  });

  const foreign = requestFields.flatMap((field) =>
    (['whatsapp', 'viber', 'messenger', 'instagram'] as const)
      .filter((channel) => !requestFieldChannels[field].includes(channel))
      .map((channel) => [channel, field] as const),
  );

  it.each(foreign)('%s takes no %s', async (channel, field) => {
    expect(await refusal(`${channelOf(channel)}${said}request: { ${field}: x }\n`)).toBe(
      `c.yaml:6:${14 + field.length}: ${channel} takes no ${field}\nit is for ${requestFieldChannels[field].join(', ')}: remove it`,
    );
  });
});

describe('the request', () => {
  it.each(requestFields)('has a place for %s', async (field) => {
    const [channel = 'whatsapp'] = requestFieldChannels[field];
    const text = `${top.replace('name: c', `name: c\nchannel: ${channel}`)}${said}request: { ${field}: "{{ x }}" }\n`;
    expect((await read(text)).request).toEqual({ [field]: '{{ x }}' });
  });

  it('keeps groups and lists as they were written', async () => {
    const written = 'request: { payload: [yes, 1], flowAction: { flowToken: t, flowActionData: { a: [1] } } }';
    expect((await read(`${top}${said}${written}\n`)).request).toEqual({
      payload: ['yes', '1'],
      flowAction: { flowToken: 't', flowActionData: { a: ['1'] } },
    });
  });

  it.each(Object.entries(refusedRequestFields))('refuses %s by name, with the reason', async (field, reason) => {
    expect(await refusal(`${top}${said}request: { ${field}: x }\n`)).toBe(
      `c.yaml:5:12: no field "${field}" in request\nremove it: ${reason}`,
    );
  });

  it('has no reason against a word that every object knows', async () => {
    expect(await refusal(`${top}${said}request: { constructor: x }\n`)).toMatch(
      /^c\.yaml:5:12: no field "constructor" in request\nit has: /,
    );
  });

  it('knows the nearest word', async () => {
    expect(await refusal(`${top}${said}request: { taskID: x, payloads: y }\n`)).toContain('did you mean "taskId"?');
  });
});
