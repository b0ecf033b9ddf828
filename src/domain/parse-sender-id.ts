/** Senders of channels that know a business by an id: Viber's service id, a Facebook page, an Instagram account. */
import { type Parsed, parsedMistake, parsedValue } from './parsed.ts';

/** Digits only (source: the From field of the SendChatappMessage page); no such id is shorter than Viber's of four. */
export function parseSenderId(text: string): Parsed<string> {
  const id = text.trim();
  if (/^\d{4,32}$/.test(id)) return parsedValue(id);
  return parsedMistake(`"${text}" is not the id of a sender`, 'write the digits that the console shows');
}
