/**
 * What the service would refuse of a message in the session window, before it is sent: one table per channel, by
 * MessageType. Knows nothing of the window itself, which only the service does.
 */
import type { JsonObject } from '../json-value.ts';
import type { Channel } from '../message.ts';
import { didYouMean } from '../suggest.ts';
import type { Check, ContentProblem } from './content-problem.ts';
import { messengerContents } from './messenger-content.ts';
import { viberContents } from './viber-content.ts';
import { whatsappContents } from './whatsapp-content.ts';

const contents: Readonly<Record<Channel, ReadonlyMap<string, Check>>> = {
  whatsapp: whatsappContents,
  viber: viberContents,
  messenger: messengerContents('messenger'),
  instagram: messengerContents('instagram'),
  // A text message is always of a template.
  sms: new Map(),
};

/** The MessageTypes of a channel, as the SendChatappMessage page and the newest SDK list them. */
export function messageTypes(channel: Channel): readonly string[] {
  return [...contents[channel].keys()];
}

/** Every problem of a content whose texts are filled; none where the service would take it, as far as is documented. */
export function checkContent(channel: Channel, type: string, content: JsonObject): readonly ContentProblem[] {
  const check = contents[channel].get(type);
  if (check !== undefined) return check(content, '');
  const types = messageTypes(channel);
  const hint =
    didYouMean(type, types) ?? (types.length === 0 ? 'name a template instead' : `it has: ${types.join(', ')}`);
  const message = `${channel} has no message type "${type}"`;
  return [{ code: 'CONTENT_TYPE_UNKNOWN', path: '', severity: 'error', value: type, message, hint }];
}
