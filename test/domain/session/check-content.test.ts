import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';
import type { ChatChannel } from '../../../src/domain/message.ts';
import { checkContent, messageTypes } from '../../../src/domain/session/check-content.ts';
import { withAt } from '../../support/edit-json.ts';
import { exampleOf, sessionExamples } from '../../support/session-examples.ts';

const channels = ['whatsapp', 'viber', 'messenger', 'instagram'] as const;

/** `CODE path`, with a mark for what is only a warning. */
function problemsOf(channel: ChatChannel, type: string, content: JsonObject): string[] {
  return checkContent(channel, type, content).map(({ code, path, severity }) =>
    `${severity === 'warning' ? '(warning) ' : ''}${code} ${path}`.trim(),
  );
}

describe('the message types', () => {
  it.each<readonly [ChatChannel, readonly string[]]>([
    [
      'whatsapp',
      [
        ...['text', 'image', 'video', 'audio', 'document', 'sticker', 'interactive', 'contacts', 'location'],
        ...['reaction', 'typing_indicator', 'pin', 'carousel'],
      ],
    ],
    [
      'viber',
      [
        ...['text', 'image', 'video', 'document', 'text_button', 'text_image_button', 'text_video'],
        ...['text_video_button', 'text_image'],
      ],
    ],
    [
      'messenger',
      [
        ...['text', 'image', 'video', 'audio', 'document', 'interactive', 'couponTemplate', 'regularTemplate'],
        ...['quickReply', 'buttonTemplate'],
      ],
    ],
  ])('of %s are those of the service', (channel, types) => {
    expect(messageTypes(channel)).toEqual(types);
  });

  it('of Instagram are those of Messenger', () => {
    expect(messageTypes('instagram')).toEqual(messageTypes('messenger'));
  });

  it('have an example each', () => {
    for (const channel of channels) {
      const shown = sessionExamples.filter((example) => example.channel === channel).map(({ type }) => type);
      expect(shown.toSorted()).toEqual(messageTypes(channel).toSorted());
    }
  });

  it('name the nearest where one is not known', () => {
    expect(checkContent('viber', 'text_vidoe', {})).toEqual([
      {
        code: 'CONTENT_TYPE_UNKNOWN',
        path: '',
        severity: 'error',
        value: 'text_vidoe',
        message: 'viber has no message type "text_vidoe"',
        hint: 'did you mean "text_video"?',
      },
    ]);
    expect(problemsOf('instagram', 'sticker', {})).toEqual(['CONTENT_TYPE_UNKNOWN']);
    expect(problemsOf('whatsapp', 'constructor', {})).toEqual(['CONTENT_TYPE_UNKNOWN']);
  });
});

describe('a good content', () => {
  it.each(sessionExamples)('of $channel $type has no problem', ({ channel, type, content }) => {
    expect(checkContent(channel, type, content)).toEqual([]);
  });
});

/** From the table of the SendChatappMessage page; what it lists for no key is left out here. */
const required: Readonly<Record<ChatChannel, Readonly<Record<string, readonly string[]>>>> = {
  whatsapp: {
    text: ['text'],
    image: ['link'],
    video: ['link'],
    audio: ['link'],
    sticker: ['link'],
    document: ['link', 'fileName'],
    interactive: ['type', 'action'],
    contacts: ['name'],
    location: ['longitude', 'latitude'],
    reaction: ['messageId', 'emoji'],
    carousel: ['body', 'action'],
  },
  viber: {
    text: ['text'],
    image: ['link'],
    video: ['link', 'thumbnail', 'fileSize', 'duration'],
    document: ['link', 'fileName', 'fileType'],
    text_button: ['text', 'caption', 'action'],
    text_image_button: ['text', 'link', 'caption', 'action'],
    text_video: ['text', 'link', 'thumbnail', 'fileSize', 'duration'],
    text_video_button: ['text', 'link', 'thumbnail', 'fileSize', 'duration', 'caption'],
    text_image: ['text', 'link'],
  },
  messenger: {
    text: ['text'],
    image: ['link'],
    video: ['link'],
    audio: ['link'],
    document: ['link'],
    couponTemplate: ['title'],
    regularTemplate: ['elements'],
    quickReply: ['text', 'quick_replies'],
    buttonTemplate: ['text', 'buttons'],
  },
  instagram: {
    text: ['text'],
    image: ['link'],
    video: ['link'],
    audio: ['link'],
    document: ['link'],
    couponTemplate: ['title'],
    regularTemplate: ['elements'],
    quickReply: ['text', 'quick_replies'],
    buttonTemplate: ['text', 'buttons'],
  },
};

const requiredKeys = channels.flatMap((channel) =>
  Object.entries(required[channel]).flatMap(([type, keys]) => keys.map((key) => ({ channel, type, key }))),
);

describe('a required key', () => {
  it.each(requiredKeys)('of $channel $type may not be missing: $key', ({ channel, type, key }) => {
    const problems = checkContent(channel, type, withAt(exampleOf(channel, type), key, undefined));
    // An interactive message whose type is not there cannot be held to anything else.
    expect(problems).toContainEqual({
      code: 'CONTENT_KEY_MISSING',
      path: key,
      severity: 'error',
      value: null,
      message: `${key} is missing`,
      hint: `add "${key}"`,
    });
    expect(problems.filter(({ severity }) => severity === 'error')).toHaveLength(1);
  });

  it.each(requiredKeys)('of $channel $type may not be blank: $key', ({ channel, type, key }) => {
    expect(problemsOf(channel, type, withAt(exampleOf(channel, type), key, ' '))).toContain(
      `CONTENT_KEY_MISSING ${key}`,
    );
    expect(problemsOf(channel, type, withAt(exampleOf(channel, type), key, null))).toContain(
      `CONTENT_KEY_MISSING ${key}`,
    );
  });

  it.each(requiredKeys)('of $channel $type may not begin with a capital: $key', ({ channel, type, key }) => {
    const capital = key.charAt(0).toUpperCase() + key.slice(1);
    const example = exampleOf(channel, type);
    const value = example[key];
    const content = withAt(withAt(example, key, undefined), capital, value ?? null);
    expect(checkContent(channel, type, content)).toContainEqual(
      expect.objectContaining({
        code: 'CONTENT_KEY_UNKNOWN',
        path: capital,
        severity: 'error',
        message: `${capital} begins with a capital letter`,
        hint: `write "${key}"`,
      }),
    );
    expect(problemsOf(channel, type, content)).not.toContain(`CONTENT_KEY_MISSING ${key}`);
  });
});

describe('a refused key', () => {
  it.each([
    ['text', 'caption'],
    ['audio', 'caption'],
    ['document', 'caption'],
    ['sticker', 'caption'],
    ['sticker', 'fileName'],
    ['carousel', 'header'],
    ['carousel', 'footer'],
  ])('of whatsapp %s is told: %s', (type, key) => {
    const content = withAt(exampleOf('whatsapp', type), key, 'anything');
    const [problem, ...others] = checkContent('whatsapp', type, content);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'CONTENT_KEY_REFUSED', path: key, severity: 'error', value: 'anything' });
    expect(problem?.hint).toBe(`remove "${key}"`);
  });

  it('is told as such when it begins with a capital', () => {
    const content = withAt(exampleOf('whatsapp', 'audio'), 'Caption', 'Hi');
    expect(problemsOf('whatsapp', 'audio', content)).toEqual(['CONTENT_KEY_REFUSED Caption']);
  });
});

describe('a key that nobody knows', () => {
  it('is a warning with the nearest of those that are not there', () => {
    expect(checkContent('whatsapp', 'image', { link: 'https://a.example.com/b.png', captoin: 'Hi' })).toEqual([
      {
        code: 'CONTENT_KEY_UNKNOWN',
        path: 'captoin',
        severity: 'warning',
        value: 'Hi',
        message: 'captoin is not a known key',
        hint: 'did you mean "caption"?',
      },
    ]);
  });

  it('is a warning with those that are known where none is near', () => {
    expect(checkContent('viber', 'text', { text: 'Hi', priority: 1 })).toEqual([
      {
        code: 'CONTENT_KEY_UNKNOWN',
        path: 'priority',
        severity: 'warning',
        value: '1',
        message: 'priority is not a known key',
        hint: 'the keys known here: text',
      },
    ]);
  });

  it('is what a missing key is called in the hint', () => {
    const content = withAt(withAt(exampleOf('whatsapp', 'document'), 'fileName', undefined), 'filename', 'a.pdf');
    expect(checkContent('whatsapp', 'document', content)[0]).toMatchObject({
      code: 'CONTENT_KEY_MISSING',
      path: 'fileName',
      hint: 'rename "filename" to "fileName"',
    });
  });

  it('may have a name that objects inherit', () => {
    const content: JsonObject = JSON.parse('{"text":"Hi","__proto__":{"text":1},"toString":"x"}');
    expect(problemsOf('whatsapp', 'text', content)).toEqual([
      '(warning) CONTENT_KEY_UNKNOWN __proto__',
      '(warning) CONTENT_KEY_UNKNOWN toString',
    ]);
    expect(problemsOf('whatsapp', 'text', JSON.parse('{"__proto__":{"text":"Hi"}}'))).toContain(
      'CONTENT_KEY_MISSING text',
    );
  });
});

describe('a value of the wrong kind', () => {
  it.each<readonly [ChatChannel, string, string, JsonValue, string]>([
    ['whatsapp', 'text', 'text', 17, 'text is not a text'],
    ['whatsapp', 'text', 'text', ['Hi'], 'text is not a text'],
    ['whatsapp', 'image', 'link', { url: 'x' }, 'link is not a text'],
    ['whatsapp', 'image', 'caption', true, 'caption is not a text'],
    ['whatsapp', 'image', 'caption', null, 'caption has no value'],
    ['whatsapp', 'text', 'preview_url', 'yes', 'preview_url is neither true nor false'],
    ['whatsapp', 'contacts', 'name', 'Ann Lee', 'name is not an object'],
    ['whatsapp', 'contacts', 'phones', { phone: '1' }, 'phones is not a list'],
    ['whatsapp', 'location', 'latitude', 'north', 'latitude "north" is not a number'],
    ['whatsapp', 'location', 'latitude', '1e1', 'latitude "1e1" is not a number'],
    ['whatsapp', 'location', 'longitude', true, 'longitude true is not a number'],
    ['viber', 'video', 'duration', 4.5, 'duration 4.5 is not a whole number'],
    ['viber', 'video', 'fileSize', '4 MB', 'fileSize "4 MB" is not a number'],
    ['viber', 'document', 'fileType', '.pdf', 'fileType ".pdf" is not one of its words'],
    ['messenger', 'buttonTemplate', 'buttons', 'Shop', 'buttons is not a list'],
  ])('in %s %s is told: %s %j', (channel, type, key, value, message) => {
    const problems = checkContent(channel, type, withAt(exampleOf(channel, type), key, value));
    expect(problems.map((problem) => problem.message)).toEqual([message]);
    expect(problems[0]).toMatchObject({ code: 'CONTENT_VALUE_INVALID', path: key, severity: 'error' });
  });

  it('is shown as it stands there', () => {
    expect(checkContent('whatsapp', 'text', { text: 17 })[0]).toMatchObject({
      value: '17',
      hint: 'put it in quotes: "17"',
    });
    expect(checkContent('whatsapp', 'text', { text: { a: 1 } })[0]).toMatchObject({
      value: '{"a":1}',
      hint: 'write a text',
    });
  });
});

const long = (length: number) => 'ä'.repeat(length);

describe('a bound of a text', () => {
  it.each<readonly [ChatChannel, string, string, number, 'error' | 'warning']>([
    ['whatsapp', 'text', 'text', 4096, 'error'],
    ['whatsapp', 'image', 'caption', 1024, 'error'],
    ['whatsapp', 'video', 'caption', 1024, 'error'],
    ['viber', 'text', 'text', 1000, 'error'],
    ['viber', 'text_button', 'text', 1000, 'error'],
    ['viber', 'text_button', 'caption', 30, 'warning'],
    ['viber', 'text_image_button', 'text', 1000, 'error'],
    ['viber', 'text_video', 'text', 1000, 'error'],
    ['viber', 'text_video_button', 'caption', 30, 'warning'],
    ['viber', 'text_image', 'text', 1000, 'error'],
    ['messenger', 'text', 'text', 2000, 'error'],
    ['messenger', 'quickReply', 'text', 2000, 'error'],
    ['messenger', 'quickReply', 'quick_replies[0].title', 20, 'error'],
    ['messenger', 'quickReply', 'quick_replies[0].payload', 1000, 'error'],
    ['messenger', 'buttonTemplate', 'text', 640, 'error'],
    ['messenger', 'buttonTemplate', 'buttons[0].title', 20, 'error'],
    ['messenger', 'buttonTemplate', 'buttons[1].title', 20, 'error'],
    ['messenger', 'buttonTemplate', 'buttons[1].payload', 1000, 'error'],
    ['messenger', 'regularTemplate', 'elements[0].title', 80, 'error'],
    ['messenger', 'regularTemplate', 'elements[0].subtitle', 80, 'error'],
    ['messenger', 'couponTemplate', 'title', 80, 'error'],
    ['messenger', 'couponTemplate', 'subtitle', 80, 'error'],
    ['instagram', 'quickReply', 'quick_replies[0].title', 20, 'error'],
    ['instagram', 'buttonTemplate', 'text', 640, 'error'],
  ])('of %s %s holds: %s, %d characters', (channel, type, path, longest, severity) => {
    const example = exampleOf(channel, type);
    expect(checkContent(channel, type, withAt(example, path, long(longest)))).toEqual([]);
    expect(checkContent(channel, type, withAt(example, path, long(longest + 1)))).toEqual([
      {
        code: 'CONTENT_TOO_LONG',
        path,
        severity,
        value: long(longest + 1),
        message: `${path} has ${longest + 1} characters, and may have ${longest}`,
        hint: 'shorten it by 1',
      },
    ]);
  });

  it.each(['text', 'quickReply'])('of instagram %s counts the bytes of UTF-8', (type) => {
    const example = exampleOf('instagram', type);
    expect(checkContent('instagram', type, withAt(example, 'text', long(500)))).toEqual([]);
    expect(checkContent('instagram', type, withAt(example, 'text', `${long(500)}!`))[0]).toMatchObject({
      code: 'CONTENT_TOO_LONG',
      message: 'text has 1001 bytes, and may have 1000',
    });
  });

  it('of a Viber file name is 25 characters', () => {
    const example = exampleOf('viber', 'document');
    const name = (length: number) => `${'n'.repeat(length - 4)}.pdf`;
    expect(problemsOf('viber', 'document', withAt(example, 'fileName', name(25)))).toEqual([]);
    expect(problemsOf('viber', 'document', withAt(example, 'fileName', name(26)))).toEqual([
      '(warning) CONTENT_TOO_LONG fileName',
    ]);
  });

  it('counts an emoji once', () => {
    expect(checkContent('viber', 'text', { text: '🎩'.repeat(1000) })).toEqual([]);
  });
});

describe('a bound of a number', () => {
  it.each<readonly [ChatChannel, string, string, JsonValue, JsonValue, JsonValue, JsonValue]>([
    ['whatsapp', 'location', 'latitude', -90, -90.01, 90, 90.01],
    ['whatsapp', 'location', 'longitude', '-180', '-180.5', '180.0', '181'],
    ['whatsapp', 'pin', 'expirationDays', 1, 0, 30, 31],
    ['viber', 'video', 'duration', 1, 0, 600, 601],
    ['viber', 'video', 'fileSize', 1, 0, 209_715_200, 209_715_201],
    ['viber', 'text_video', 'duration', '1', '0', '600', '601'],
  ])('of %s %s holds: %s', (channel, type, key, least, below, most, above) => {
    const problems = (value: JsonValue) => problemsOf(channel, type, withAt(exampleOf(channel, type), key, value));
    expect([least, most].flatMap(problems)).toEqual([]);
    const told = `CONTENT_VALUE_INVALID ${key}`;
    expect([below, above].flatMap(problems)).toEqual([told, told]);
  });

  it('is told with its unit', () => {
    const content = withAt(exampleOf('viber', 'video'), 'duration', 900);
    expect(checkContent('viber', 'video', content)[0]).toMatchObject({
      message: 'duration 900 is not from 1 to 600 seconds',
      hint: 'give a whole number from 1 to 600 seconds',
    });
  });
});

describe('what single types ask for', () => {
  it.each<readonly [string, string, string, JsonValue, readonly string[]]>([
    ['one emoji, not two', 'reaction', 'emoji', '👍👍', ['CONTENT_VALUE_INVALID emoji']],
    ['one emoji, not a word', 'reaction', 'emoji', 'ok', ['CONTENT_VALUE_INVALID emoji']],
    ['one emoji, not a digit', 'reaction', 'emoji', '1', ['CONTENT_VALUE_INVALID emoji']],
    ['an emoji of several signs', 'reaction', 'emoji', '👩‍👩‍👧', []],
    ['an emoji with a skin', 'reaction', 'emoji', '👍🏽', []],
    ['a flag', 'reaction', 'emoji', '🇩🇪', []],
    ['a heart without its mark', 'reaction', 'emoji', '❤', []],
    ['a name beside the address', 'location', 'name', '', ['(warning) CONTENT_VALUE_INVALID']],
    ['an ending of the file name', 'document', 'fileName', 'invoice', ['(warning) CONTENT_VALUE_INVALID fileName']],
    ['a pin or an unpin', 'pin', 'type', 'hold', ['CONTENT_VALUE_INVALID type']],
    ['a day of birth that there is', 'contacts', 'birthday', '1999-02-31', ['CONTENT_VALUE_INVALID birthday']],
    ['a day of birth written as such', 'contacts', 'birthday', '23.1.1999', ['CONTENT_VALUE_INVALID birthday']],
    ['a name for show', 'contacts', 'name.formatted_name', '', ['CONTENT_KEY_MISSING name.formatted_name']],
    ['more than the name for show', 'contacts', 'name', { formatted_name: 'Ann' }, ['CONTENT_VALUE_INVALID name']],
    ['digits of a WhatsApp id', 'contacts', 'phones[0].wa_id', '+1940', ['CONTENT_VALUE_INVALID phones[0].wa_id']],
    ['a number to call', 'contacts', 'phones[0].phone', 'home', ['(warning) CONTENT_VALUE_INVALID phones[0].phone']],
    ['an e-mail address', 'contacts', 'emails[0].email', 'ann', ['(warning) CONTENT_VALUE_INVALID emails[0].email']],
    [
      'a country of two letters',
      'contacts',
      'addresses[0].country_code',
      'USA',
      ['CONTENT_VALUE_INVALID addresses[0].country_code'],
    ],
    ['a link that is one', 'contacts', 'urls[0].url', 'shop', ['URL_INVALID urls[0].url']],
  ])('%s: whatsapp %s', (_, type, path, value, problems) => {
    expect(problemsOf('whatsapp', type, withAt(exampleOf('whatsapp', type), path, value))).toEqual(problems);
  });

  it('a message that a pin is about, as a warning', () => {
    expect(problemsOf('whatsapp', 'pin', { type: 'unpin' })).toEqual(['(warning) CONTENT_VALUE_INVALID']);
    expect(problemsOf('whatsapp', 'pin', { type: 'unpin', message_id: 'wamid.1' })).toEqual([]);
  });

  it('nothing of a typing indicator', () => {
    expect(problemsOf('whatsapp', 'typing_indicator', {})).toEqual([]);
  });

  it('an action of a Viber button below a video, as a warning', () => {
    const content = withAt(exampleOf('viber', 'text_video_button'), 'action', undefined);
    expect(checkContent('viber', 'text_video_button', content)).toMatchObject([
      { severity: 'warning', path: '', message: 'the content has no action' },
    ]);
  });

  it('a Viber file name that fits its type', () => {
    const content = withAt(exampleOf('viber', 'document'), 'fileType', 'DOCX');
    expect(checkContent('viber', 'document', content)).toMatchObject([
      { severity: 'warning', path: 'fileName', message: 'fileName "invoice.pdf" is not of the type "docx"' },
    ]);
  });
});

it('knows no words of one’s own for text messages', () => {
  expect(messageTypes('sms')).toEqual([]);
  expect(checkContent('sms', 'text', { text: 'hi' })).toMatchObject([
    { code: 'CONTENT_TYPE_UNKNOWN', message: 'sms has no message type "text"', hint: 'name a template instead' },
  ]);
});
