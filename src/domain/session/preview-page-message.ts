/** Templates and quick replies of Messenger and Instagram as their reader sees them. */
import { itemsAt, type JsonValue, textAt, valueAt } from '../json-value.ts';
import { ownValue } from '../own-value.ts';
import type { RenderedButton, RenderedHeader, RenderedMessage } from '../rendered-message.ts';

/** Null for a type that shows its text and link only. */
export function previewPageMessage(type: string, content: JsonValue): Partial<RenderedMessage> | null {
  switch (type) {
    case 'quickReply':
      return { body: textAt(content, 'text'), buttons: itemsAt(content, 'quick_replies').map(quickReply) };
    case 'buttonTemplate':
      return { body: textAt(content, 'text'), buttons: itemsAt(content, 'buttons').map(pageButton) };
    case 'couponTemplate':
      return coupon(content);
    case 'regularTemplate':
      return { cards: itemsAt(content, 'elements').map(element) };
    case 'interactive':
      return attachment(content);
    default:
      return null;
  }
}

/** By Meta's `template_type`; what sendoff does not know is shown as it is sent. */
const templates: Readonly<Record<string, string>> = {
  button: 'buttonTemplate',
  coupon: 'couponTemplate',
  generic: 'regularTemplate',
};

function attachment(content: JsonValue): Partial<RenderedMessage> {
  const payload = valueAt(content, 'attachment', 'payload');
  const known = ownValue(templates, textAt(payload, 'template_type') ?? '');
  const shown = known === undefined || payload === undefined ? null : previewPageMessage(known, payload);
  return shown ?? { body: JSON.stringify(content) };
}

function quickReply(reply: JsonValue): RenderedButton {
  const type = textAt(reply, 'content_type') ?? 'text';
  const label = textAt(reply, 'title');
  return type === 'text' || label !== null ? { kind: 'quickReply', label: label ?? '' } : other(type, '');
}

function pageButton(button: JsonValue): RenderedButton {
  const type = textAt(button, 'type') ?? '';
  const label = textAt(button, 'title') ?? '';
  switch (type) {
    case 'web_url':
      return { kind: 'url', label, url: textAt(button, 'url') ?? '' };
    case 'phone_number':
      return { kind: 'call', label, phoneNumber: textAt(button, 'payload') ?? '' };
    case 'postback':
      return { kind: 'quickReply', label };
    default:
      return other(type, label);
  }
}

function other(type: string, label: string): RenderedButton {
  return { kind: 'other', type: type.replaceAll('_', ' '), label };
}

function coupon(content: JsonValue): Partial<RenderedMessage> {
  const url = textAt(content, 'coupon_url');
  const code = textAt(content, 'coupon_code');
  const texts = ['coupon_pre_message', 'title', 'subtitle'].map((key) => textAt(content, key));
  const buttons: RenderedButton[] = [];
  // Messenger words the first itself, and the second where nothing else is given.
  if (code !== null) buttons.push({ kind: 'copyCode', label: 'Reveal code', coupon: code });
  if (url !== null) {
    buttons.push({ kind: 'url', label: textAt(content, 'coupon_url_button_title') ?? 'Shop now', url });
  }
  return { header: picture(content), body: texts.filter((text) => text !== null).join('\n'), buttons };
}

function element(content: JsonValue): RenderedMessage['cards'][number] {
  const texts = ['title', 'subtitle'].map((key) => textAt(content, key));
  return {
    header: picture(content),
    body: texts.filter((text) => text !== null).join('\n'),
    buttons: itemsAt(content, 'buttons').map(pageButton),
  };
}

function picture(content: JsonValue): RenderedHeader | null {
  const url = textAt(content, 'image_url');
  return url === null ? null : { kind: 'media', format: 'image', url, fileName: null };
}
