/**
 * Buttons below templates of Messenger and Instagram. Sources, below developers.facebook.com/documentation/
 * business-messaging/: messenger-platform/send-messages/buttons and its pages url and postback;
 * instagram-messaging/button-template, which has these two only.
 */
import { textAt } from '../json-value.ts';
import type { Check } from './content-problem.ts';
import { webLink } from './link-checks.ts';
import { list, object } from './shape-checks.ts';
import { anything, fixed, flag, invalid, oneOf, text } from './value-checks.ts';

/** 20 characters, for every button that has one. */
const title = text({ longest: 20 });

const payload = text({ longest: 1000 });

const telephone = text({
  form: (written) =>
    /^\+\d{5,15}$/.test(written)
      ? null
      : invalid(`"${written}" is not a number with its country code`, 'write it as +16505551234'),
});

const webUrl: Check = object({
  required: { type: fixed('web_url'), url: webLink, title },
  optional: {
    webview_height_ratio: oneOf(['compact', 'tall', 'full']),
    messenger_extensions: flag,
    fallback_url: webLink,
    webview_share_button: oneOf(['hide']),
  },
});

const postback: Check = object({ required: { type: fixed('postback'), title, payload } });

const instagramButtons: ReadonlyMap<string, Check> = new Map([
  ['web_url', webUrl],
  ['postback', postback],
]);

const messengerButtons: ReadonlyMap<string, Check> = new Map<string, Check>([
  ...instagramButtons,
  ['phone_number', object({ required: { type: fixed('phone_number'), title, payload: telephone } })],
  ['account_link', object({ required: { type: fixed('account_link'), url: webLink } })],
  ['account_unlink', object({ required: { type: fixed('account_unlink') } })],
  [
    'game_play',
    object({ required: { type: fixed('game_play'), title }, optional: { payload, game_metadata: anything } }),
  ],
]);

/** One to three of them. */
export function pageButtons(channel: 'messenger' | 'instagram'): Check {
  const types = channel === 'instagram' ? instagramButtons : messengerButtons;
  const parts = { title: anything, url: anything, payload: anything };
  const unknown = object({ required: { type: oneOf([...types.keys()]) }, optional: parts });
  return list({
    most: 3,
    what: 'buttons',
    each: (value, path) => (types.get(textAt(value, 'type') ?? '') ?? unknown)(value, path),
  });
}
