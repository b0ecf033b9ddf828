/** The content of a session message in the form in which the service takes it. */
import type { JsonValue } from '../json-value.ts';
import type { Channel, SessionContent } from '../message.ts';

/**
 * The value of the parameter Content, before it is written as JSON. Contacts go as a list, here of one. Source: "Message
 * template parameters" page, Contacts: the parameter must be passed as an array.
 */
export function wireContent(channel: Channel, { type, content }: SessionContent): JsonValue {
  return channel === 'whatsapp' && type === 'contacts' ? [content] : content;
}
