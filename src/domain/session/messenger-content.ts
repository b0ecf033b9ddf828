/**
 * The contents of Messenger and Instagram messages, by MessageType. The service documents `text` and `link` only
 * (SendChatappMessage page, parameter Content); the templates are checked in Meta's own form. Sources, below
 * developers.facebook.com/documentation/business-messaging/: messenger-platform/send-messages/ quick-replies,
 * template/button, template/generic, template/coupon, buttons; instagram-messaging/ the same names.
 */
import { isJsonObject, memberOf } from '../json-value.ts';
import { type Check, keyPath, problemAt } from './content-problem.ts';
import { mediaLink, webLink } from './link-checks.ts';
import { mediaFormats } from './media-formats.ts';
import { pageButtons } from './messenger-buttons.ts';
import { isEmpty, list, object } from './shape-checks.ts';
import { all, anything, doubtful, fixed, flag, invalid, oneOf, text } from './value-checks.ts';

export type PageChannel = 'messenger' | 'instagram';

/**
 * Messenger counts characters (messenger-platform/reference/send-api, `text`), Instagram the bytes of UTF-8
 * (instagram-messaging/features/send-message: 1,000 bytes or less).
 */
const messageText: Readonly<Record<PageChannel, Check>> = {
  messenger: text({ longest: 2000 }),
  instagram: text({ longest: 1000, unit: 'bytes' }),
};

/** A text, or a number, up to 1,000 characters. */
const payload: Check = (value, path) => (typeof value === 'number' ? [] : text({ longest: 1000 })(value, path));

/** Up to 13; a label of up to 20 characters. Only those of texts have a label and data of their own. */
function quickReply(picture: Check): Check {
  const labelled = object({
    required: { content_type: fixed('text'), title: text({ longest: 20 }), payload },
    optional: { image_url: picture },
  });
  const asked = object({
    required: { content_type: oneOf(['text', 'user_phone_number', 'user_email']) },
    optional: { title: text({ longest: 20 }), payload, image_url: picture },
  });
  return (value, path) => (memberOf(value, 'content_type') === 'text' ? labelled : asked)(value, path);
}

/** Up to ten elements, each with a title and something more: 80 characters, three buttons. */
function genericTemplate(channel: PageChannel, picture: Check): Check {
  const parts = {
    subtitle: text({ longest: 80 }),
    image_url: picture,
    default_action: object({
      required: { type: fixed('web_url'), url: webLink },
      optional: { webview_height_ratio: anything, messenger_extensions: flag, fallback_url: webLink },
    }),
    buttons: pageButtons(channel),
  };
  const somethingMore: Check = (value, path) => {
    if (!isJsonObject(value) || Object.keys(parts).some((key) => !isEmpty(memberOf(value, key) ?? null))) return [];
    const complaint = invalid('has a title only', `add one of: ${Object.keys(parts).join(', ')}`);
    return [problemAt(path, undefined, complaint)];
  };
  const element = all(object({ required: { title: text({ longest: 80 }) }, optional: parts }), somethingMore);
  return object({
    required: { elements: list({ most: 10, what: 'elements', each: element }) },
    optional: { template_type: fixed('generic'), sharable: flag, image_aspect_ratio: oneOf(['horizontal', 'square']) },
  });
}

/** A text of up to 640 characters above one to three buttons. */
function buttonTemplate(channel: PageChannel): Check {
  return object({
    required: { text: text({ longest: 640 }), buttons: pageButtons(channel) },
    optional: { template_type: fixed('button'), sharable: flag },
  });
}

/** Title and subtitle of up to 80 characters, and a code without blanks, a link, or both. */
function couponTemplate(picture: Check): Check {
  const code = text({
    form: (written) => (/\s/.test(written) ? invalid(`"${written}" has a blank in it`, 'remove the blank') : null),
  });
  const shape = object({
    required: { title: text({ longest: 80 }) },
    optional: {
      template_type: fixed('coupon'),
      subtitle: text({ longest: 80 }),
      coupon_code: code,
      coupon_url: webLink,
      coupon_url_button_title: text(),
      coupon_pre_message: text(),
      image_url: picture,
      payload: text(),
    },
  });
  const codeOrLink: Check = (value, path) => {
    if (!isJsonObject(value)) return [];
    if (['coupon_code', 'coupon_url'].some((key) => !isEmpty(memberOf(value, key) ?? null))) return [];
    const complaint = { code: 'CONTENT_KEY_MISSING', message: 'is missing', hint: 'add it, or "coupon_url"' } as const;
    return [problemAt(keyPath(path, 'coupon_code'), undefined, complaint)];
  };
  return all(shape, codeOrLink);
}

/**
 * No page tells what `interactive` holds on these channels. A content in the form of Meta's own messages is checked as
 * far as that goes; any other only warned of.
 */
function interactive(channel: PageChannel, templates: Readonly<Record<string, Check>>): Check {
  const templateType = oneOf([...Object.keys(templates), 'media', 'product', 'receipt', 'customer_feedback']);
  const templatePayload: Check = (value, path) => {
    const type = memberOf(value, 'template_type');
    const check = typeof type === 'string' && Object.hasOwn(templates, type) ? templates[type] : undefined;
    if (check !== undefined) return check(value, path);
    const parts = isJsonObject(value) ? Object.fromEntries(Object.keys(value).map((key) => [key, anything])) : {};
    return object({ required: { template_type: templateType }, optional: parts })(value, path);
  };
  const attached = object({
    required: { attachment: object({ required: { type: fixed('template'), payload: templatePayload } }) },
    optional: { quick_replies: anything },
  });
  return (value, path) => {
    if (isJsonObject(value) && Object.hasOwn(value, 'attachment')) return attached(value, path);
    if (isEmpty(value)) return [problemAt(path, value, invalid('is empty', 'give the keys of the message'))];
    const complaint = doubtful(
      `is not one of Meta's attachments, so it goes to ${channel} unchecked`,
      'send one message first; buttons, coupons and quick replies have message types of their own',
    );
    return [problemAt(path, undefined, complaint)];
  };
}

export function messengerContents(channel: PageChannel): ReadonlyMap<string, Check> {
  const { image, video, audio, document } = mediaFormats[channel];
  const picture = mediaLink(image);
  const coupon = couponTemplate(picture);
  const generic = genericTemplate(channel, picture);
  const button = buttonTemplate(channel);
  return new Map<string, Check>([
    ['text', object({ required: { text: messageText[channel] } })],
    ['image', object({ required: { link: picture } })],
    ['video', object({ required: { link: mediaLink(video) } })],
    ['audio', object({ required: { link: mediaLink(audio) } })],
    ['document', object({ required: { link: mediaLink(document) } })],
    ['interactive', interactive(channel, { generic, button, coupon })],
    ['couponTemplate', coupon],
    ['regularTemplate', generic],
    [
      'quickReply',
      object({
        required: {
          text: messageText[channel],
          quick_replies: list({ most: 13, what: 'quick replies', each: quickReply(picture) }),
        },
      }),
    ],
    ['buttonTemplate', button],
  ]);
}
