/** What two fields of a campaign say against each other, each of them being right by itself. */
import type { Fallback, SendMode } from '../domain/campaign.ts';
import type { ChatChannel } from '../domain/message.ts';
import { parsePhoneDigits } from '../domain/parse-phone-digits.ts';
import { type RequestField, requestFieldChannels, requestFields } from '../domain/request-fields.ts';
import { messageTypes } from '../domain/session/check-content.ts';
import { didYouMean } from '../domain/suggest.ts';
import type { CampaignMistake } from './campaign-mistake.ts';
import { massMistakes } from './mass-mistakes.ts';

/** The fields that depend on each other; null or absent where nothing was written. */
export interface TogetherFields {
  readonly channel: ChatChannel;
  readonly from: string;
  readonly template: object | null;
  readonly message: { readonly type: string } | null;
  readonly fallback: Pick<Fallback, 'kind'> | null;
  readonly rates: string | null;
  readonly request: Readonly<Partial<Record<RequestField, unknown>>>;
  readonly send: { readonly mode: SendMode };
}

export function togetherMistakes(written: TogetherFields): readonly CampaignMistake[] {
  const { channel, from, template: chosen, message: said, fallback: instead, rates, request: fields, send } = written;
  const mistakes: CampaignMistake[] = [];
  const add = (path: readonly string[], words: string, hint: string) => mistakes.push({ path, message: words, hint });
  const phone = parsePhoneDigits(from);
  if (channel === 'whatsapp' && phone.kind === 'mistake') add(['from'], phone.message, phone.hint);
  if (chosen !== null && said !== null) {
    add(['message'], 'a campaign has a template or a message, not both', 'keep one; a template may be the fallback');
  }
  if (said === null && instead?.kind === 'template') {
    const hint = 'write the words under message, or fall back to a text message with channel: sms';
    add(['fallback'], 'only a message in words of your own falls back to a template', hint);
  }
  if (channel !== 'whatsapp' && chosen !== null && said === null) {
    add(['template'], `templates go by whatsapp, not by ${channel}`, 'write the words under message: type and content');
  }
  if (channel !== 'whatsapp' && instead !== null) {
    add(['fallback'], `only whatsapp has a fallback, and this is ${channel}`, 'remove it');
  }
  if (rates !== null && said !== null && instead?.kind !== 'sms') {
    add(
      ['rates'],
      'prices are of WhatsApp templates and text messages, and this sends words of your own',
      'remove them',
    );
  }
  if (instead?.kind === 'sms' && fields.smsFallback !== undefined) {
    const words = 'the service would send a text message by itself, and the fallback is another one';
    add(['request', 'smsFallback'], words, 'keep one of them');
  }
  const types = messageTypes(channel);
  if (said !== null && !types.includes(said.type)) {
    const hint = didYouMean(said.type, types) ?? `it has: ${types.join(', ')}`;
    add(['message', 'type'], `${channel} has no message type "${said.type}"`, hint);
  }
  for (const field of requestFields) {
    if (fields[field] === undefined || requestFieldChannels[field].includes(channel)) continue;
    const hint = `it is for ${requestFieldChannels[field].join(', ')}: remove it`;
    add(['request', field], `${channel} takes no ${field}`, hint);
  }
  const given = requestFields.filter((field) => fields[field] !== undefined);
  if (send.mode !== 'mass') return mistakes;
  return [...mistakes, ...massMistakes({ ownWords: said !== null, texts: instead?.kind === 'sms', given })];
}
