import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';
import { checkContent } from '../../../src/domain/session/check-content.ts';
import { withAt } from '../../support/edit-json.ts';
import { exampleOf } from '../../support/session-examples.ts';

type PageChannel = 'messenger' | 'instagram';
const channels = ['messenger', 'instagram'] as const;

/** `CODE path`, with a mark for what is only a warning. */
function problemsOf(channel: PageChannel, type: string, content: JsonObject): string[] {
  return checkContent(channel, type, content).map(({ code, path, severity }) =>
    `${severity === 'warning' ? '(warning) ' : ''}${code} ${path}`.trim(),
  );
}

const replies = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    content_type: 'text',
    title: `Colour ${index}`,
    payload: `C${index}`,
  }));
const postback = { type: 'postback', title: 'Ask us', payload: 'ASK' };
const buttons = (count: number) => Array.from({ length: count }, () => postback);
const elements = (count: number) => Array.from({ length: count }, () => ({ title: 'Hat', subtitle: 'Straw' }));

describe.each(channels)('a message of %s', (channel) => {
  it.each<readonly [string, string, JsonValue, JsonValue, string]>([
    ['quickReply', 'quick_replies', replies(13), replies(14), 'has 14 quick replies, and may have 13'],
    ['buttonTemplate', 'buttons', buttons(3), buttons(4), 'has 4 buttons, and may have 3'],
    ['regularTemplate', 'elements', elements(10), elements(11), 'has 11 elements, and may have 10'],
    ['regularTemplate', 'elements[0].buttons', buttons(3), buttons(4), 'has 4 buttons, and may have 3'],
  ])('of type %s has a bound of %s', (type, path, most, more, message) => {
    expect(problemsOf(channel, type, withAt(exampleOf(channel, type), path, most))).toEqual([]);
    expect(checkContent(channel, type, withAt(exampleOf(channel, type), path, more))).toMatchObject([
      { code: 'CONTENT_TOO_MANY', path, severity: 'error', message: `${path} ${message}`, hint: 'remove 1' },
    ]);
  });

  it.each<readonly [string, string, JsonValue | undefined, readonly string[]]>([
    ['quickReply', 'quick_replies[0].title', undefined, ['CONTENT_KEY_MISSING quick_replies[0].title']],
    ['quickReply', 'quick_replies[0].payload', undefined, ['CONTENT_KEY_MISSING quick_replies[0].payload']],
    ['quickReply', 'quick_replies[0].payload', 17, []],
    ['quickReply', 'quick_replies[1].content_type', undefined, ['CONTENT_KEY_MISSING quick_replies[1].content_type']],
    ['quickReply', 'quick_replies[1].content_type', 'user_phone_number', []],
    [
      'quickReply',
      'quick_replies[1].content_type',
      'location',
      ['CONTENT_VALUE_INVALID quick_replies[1].content_type'],
    ],
    ['buttonTemplate', 'buttons[0].type', undefined, ['CONTENT_KEY_MISSING buttons[0].type']],
    ['buttonTemplate', 'buttons[0].type', 'url', ['CONTENT_VALUE_INVALID buttons[0].type']],
    ['buttonTemplate', 'buttons[0].title', undefined, ['CONTENT_KEY_MISSING buttons[0].title']],
    ['buttonTemplate', 'buttons[0].url', undefined, ['CONTENT_KEY_MISSING buttons[0].url']],
    ['buttonTemplate', 'buttons[1].payload', undefined, ['CONTENT_KEY_MISSING buttons[1].payload']],
    ['buttonTemplate', 'template_type', 'button', []],
    ['buttonTemplate', 'template_type', 'generic', ['CONTENT_VALUE_INVALID template_type']],
    ['regularTemplate', 'elements[0].title', undefined, ['CONTENT_KEY_MISSING elements[0].title']],
    ['regularTemplate', 'elements[1]', { title: 'Wool hat' }, ['CONTENT_VALUE_INVALID elements[1]']],
    [
      'regularTemplate',
      'elements[1].default_action.type',
      'url',
      ['CONTENT_VALUE_INVALID elements[1].default_action.type'],
    ],
    ['couponTemplate', 'coupon_code', undefined, []],
    ['couponTemplate', 'coupon_url', undefined, []],
    ['couponTemplate', 'coupon_code', 'TEN PERCENT', ['CONTENT_VALUE_INVALID coupon_code']],
    ['interactive', 'attachment.type', 'image', ['CONTENT_VALUE_INVALID attachment.type']],
    [
      'interactive',
      'attachment.payload.template_type',
      undefined,
      ['CONTENT_KEY_MISSING attachment.payload.template_type'],
    ],
    [
      'interactive',
      'attachment.payload.template_type',
      'list',
      ['CONTENT_VALUE_INVALID attachment.payload.template_type'],
    ],
    ['interactive', 'attachment.payload.template_type', 'media', []],
    ['interactive', 'attachment.payload.text', 'ä'.repeat(641), ['CONTENT_TOO_LONG attachment.payload.text']],
    ['interactive', 'attachment.payload.buttons', buttons(4), ['CONTENT_TOO_MANY attachment.payload.buttons']],
  ])('of type %s: %s %j', (type, path, value, problems) => {
    expect(problemsOf(channel, type, withAt(exampleOf(channel, type), path, value))).toEqual(problems);
  });

  it('has a code or a link in a coupon', () => {
    expect(checkContent(channel, 'couponTemplate', { title: '10% off' })).toMatchObject([
      { code: 'CONTENT_KEY_MISSING', path: 'coupon_code', hint: 'add it, or "coupon_url"' },
    ]);
  });

  it('that is interactive in a form of its own goes unchecked, with a warning', () => {
    expect(problemsOf(channel, 'interactive', { type: 'button', action: {} })).toEqual([
      '(warning) CONTENT_VALUE_INVALID',
    ]);
    expect(problemsOf(channel, 'interactive', {})).toEqual(['CONTENT_VALUE_INVALID']);
  });
});

describe('a button', () => {
  it.each<readonly [string, JsonObject]>([
    ['phone_number', { type: 'phone_number', title: 'Call us', payload: '+16505551234' }],
    ['account_link', { type: 'account_link', url: 'https://shop.example.com/in' }],
    ['account_unlink', { type: 'account_unlink' }],
    ['game_play', { type: 'game_play', title: 'Play' }],
  ])('%s belongs to Messenger, not to Instagram', (_, button) => {
    const content = (channel: PageChannel) => withAt(exampleOf(channel, 'buttonTemplate'), 'buttons[0]', button);
    expect(problemsOf('messenger', 'buttonTemplate', content('messenger'))).toEqual([]);
    expect(problemsOf('instagram', 'buttonTemplate', content('instagram'))).toEqual([
      'CONTENT_VALUE_INVALID buttons[0].type',
    ]);
  });

  it('that calls has a number with its country code', () => {
    const button = { type: 'phone_number', title: 'Call us', payload: '0650 555' };
    const content = withAt(exampleOf('messenger', 'buttonTemplate'), 'buttons[0]', button);
    expect(checkContent('messenger', 'buttonTemplate', content)).toMatchObject([
      { code: 'CONTENT_VALUE_INVALID', path: 'buttons[0].payload', hint: 'write it as +16505551234' },
    ]);
  });
});
