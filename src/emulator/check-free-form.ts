/** The checks of a free-form WhatsApp message. Source: the Content table of the SendChatappMessage page. */
import type { Parameters } from './parameters.ts';
import { type Refusal, refuse } from './refusals.ts';

const linkTypes: ReadonlySet<string> = new Set(['image', 'video', 'audio', 'sticker', 'document']);
const otherTypes: ReadonlySet<string> = new Set(['interactive', 'contacts', 'location', 'reaction']);

/** Null when the service would take it. Contents of the rarer types are checked to be JSON objects and no further. */
export function checkFreeForm(parameters: Parameters): Refusal | null {
  const messageType = parameters.text('MessageType');
  if (messageType === '') return refuse('InvalidParameter.MessageTypeNotEmpty');
  if (parameters.text('Content') === '') return refuse('InvalidParameter.ContentNotEmpty');
  const content = parameters.json('Content');
  if (typeof content !== 'object' || content === null) return refuse('InvalidParameter.ContentError');
  if (messageType === 'text') return hasText(content, 'text') ? null : refuse('InvalidParameter.TextNotEmpty');
  if (linkTypes.has(messageType)) return hasText(content, 'link') ? null : refuse('InvalidParameter.LinkNotEmpty');
  return otherTypes.has(messageType) ? null : refuse('InvalidParameter.MessageTypeNotSupport');
}

function hasText(content: object, key: string): boolean {
  const value: unknown = Reflect.get(content, key);
  return typeof value === 'string' && value !== '';
}
