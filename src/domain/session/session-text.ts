/**
 * A message of the session window as its reader sees it. Total: where the content is not what its type asks for, that part
 * is left out, and the check tells why.
 */
import { itemsAt, type JsonObject, textAt, valueAt } from '../json-value.ts';
import type { Channel } from '../message.ts';
import type { RenderedButton, RenderedHeader, RenderedMessage } from '../rendered-message.ts';
import { previewInteractive } from './preview-interactive.ts';
import { previewPageMessage } from './preview-page-message.ts';

const nothingShown: RenderedMessage = {
  header: null,
  body: null,
  footer: null,
  offer: null,
  buttons: [],
  cards: [],
};

export function sessionPreview(channel: Channel, type: string, content: JsonObject): RenderedMessage {
  const special = channel === 'whatsapp' ? previewWhatsapp(type, content) : previewPageMessage(type, content);
  return { ...nothingShown, ...(special ?? previewPlain(type, content)) };
}

/** Texts, media, and Viber's blends of both: each part stands under a key of its own. */
function previewPlain(type: string, content: JsonObject): Partial<RenderedMessage> {
  const text = textAt(content, 'text');
  const caption = textAt(content, 'caption');
  const action = textAt(content, 'action');
  const withButton = type.endsWith('_button');
  const button: RenderedButton | null = !withButton
    ? null
    : action === null
      ? { kind: 'quickReply', label: caption ?? '' }
      : { kind: 'url', label: caption ?? '', url: action };
  return {
    header: mediaHeader(type, content),
    body: text ?? (withButton ? null : caption),
    buttons: button === null ? [] : [button],
  };
}

/** What stands in a type's name, first match wins: `text_image_button` shows an image. */
const formats = ['image', 'video', 'audio', 'sticker', 'document'] as const;

function mediaHeader(type: string, content: JsonObject): RenderedHeader | null {
  const format = formats.find((each) => type.split('_').includes(each));
  const url = textAt(content, 'link');
  if (format === undefined || url === null) return null;
  return { kind: 'media', format, url, fileName: textAt(content, 'fileName') };
}

function previewWhatsapp(type: string, content: JsonObject): Partial<RenderedMessage> | null {
  switch (type) {
    case 'interactive':
    case 'carousel':
      return previewInteractive(type, content);
    case 'location':
      return { body: lines('[location]', at(content, 'name'), at(content, 'address'), coordinates(content)) };
    case 'contacts':
      return { body: contact(content) };
    case 'reaction':
      return { body: lines(at(content, 'emoji'), `[reaction to ${at(content, 'messageId') ?? 'a message'}]`) };
    case 'typing_indicator':
      return { body: '[typing…]' };
    case 'pin':
      return {
        body: `[${at(content, 'type') ?? 'pin'}] ${at(content, 'messageId') ?? at(content, 'message_id') ?? ''}`,
      };
    default:
      return null;
  }
}

function coordinates(content: JsonObject): string {
  return ['latitude', 'longitude']
    .map((key) => valueAt(content, key))
    .map((degrees) => (typeof degrees === 'number' || typeof degrees === 'string' ? `${degrees}` : '?'))
    .join(', ');
}

function contact(content: JsonObject): string {
  const entries = (key: string, of: string) => itemsAt(content, key).map((entry) => textAt(entry, of));
  return lines(
    `[contact] ${textAt(content, 'name', 'formatted_name') ?? ''}`,
    ...entries('phones', 'phone'),
    ...entries('emails', 'email'),
    ...entries('urls', 'url'),
  );
}

function at(content: JsonObject, key: string): string | null {
  return textAt(content, key);
}

function lines(...each: readonly (string | null)[]): string {
  return each.filter((line) => line !== null && line !== '').join('\n');
}
