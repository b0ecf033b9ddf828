/**
 * The parts that interactive WhatsApp messages are made of. Source, where nothing else is said: Meta's pages below
 * developers.facebook.com/documentation/business-messaging/whatsapp/messages/.
 */
import { textAt } from '../json-value.ts';
import type { Check } from './content-problem.ts';
import { mediaLink, webLink } from './link-checks.ts';
import { mediaFormats } from './media-formats.ts';
import { object } from './shape-checks.ts';
import { fixed, invalid, oneOf, text } from './value-checks.ts';

export type HeaderKind = 'text' | 'image' | 'video' | 'document';

const everyHeader: readonly HeaderKind[] = ['text', 'image', 'video', 'document'];

/** A header of one of the kinds: what it holds stands under the name of its kind. */
export function header(kinds: readonly HeaderKind[] = everyHeader): Check {
  const { image, video, document } = mediaFormats.whatsapp;
  const shapes: Readonly<Record<HeaderKind, Check>> = {
    // Source: interactive-reply-buttons-messages and others, HEADER_TEXT.
    text: headerOf('text', text({ longest: 60 })),
    image: headerOf('image', object({ required: { link: mediaLink(image) } })),
    video: headerOf('video', object({ required: { link: mediaLink(video) } })),
    document: headerOf('document', object({ required: { link: mediaLink(document) }, optional: { filename: text() } })),
  };
  return (value, path) => {
    const kind = kinds.find((each) => each === textAt(value, 'type'));
    if (kind !== undefined) return shapes[kind](value, path);
    return object({ required: { type: oneOf(kinds) }, optional: anyOfThem })(value, path);
  };
}

/** So that a header of the wrong kind is told of its kind, and not of each of its keys. */
const anyOfThem = Object.fromEntries(everyHeader.map((key) => [key, () => []]));

function headerOf(kind: HeaderKind, check: Check): Check {
  return object({ required: { type: fixed(kind), [kind]: check } });
}

/** The text of the message; `longest` in characters. */
export function body(longest: number): Check {
  return object({ required: { text: text({ longest }) } });
}

/** Source: every page of interactive messages, FOOTER_TEXT. */
export const footer: Check = object({ required: { text: text({ longest: 60 }) } });

/** Label of a button. Source: every page of interactive messages, BUTTON_LABEL_TEXT. */
export const label: Check = text({ longest: 20 });

/** Source: interactive-cta-url-messages. */
export const linkAction: Check = object({
  required: { name: fixed('cta_url'), parameters: object({ required: { display_text: label, url: webLink } }) },
});

/** Source: interactive-reply-buttons-messages, BUTTON_ID; the blanks: Meta's reference of the action object. */
const buttonId = text({
  longest: 256,
  form: (id) => (id === id.trim() ? null : invalid(`"${id}" has a blank at an end`, 'remove the blank')),
});

const reply = object({ required: { id: buttonId, title: label } });

export const replyButton: Check = object({ required: { type: fixed('reply'), reply } });

/** Source: interactive-media-carousel-messages, QUICK_REPLY_BUTTON_ID and _LABEL. */
export const cardButton: Check = object({ required: { type: fixed('quick_reply'), quick_reply: reply } });

/** The id of a product, as the catalogue names it. */
export const product: Check = object({ required: { product_retailer_id: text() } });
