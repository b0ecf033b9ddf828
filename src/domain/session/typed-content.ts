/**
 * The fields of a content as the service types them. A campaign file holds texts alone, so that a number of its owner
 * stays as written; a few fields are numbers or switches to the service.
 */
import { isJsonList, type JsonObject, type JsonValue } from '../json-value.ts';

/**
 * Sources: the Content table of the SendChatappMessage page (location, Viber's videos and files); Meta's pages on carousels,
 * call buttons and pins.
 */
const numbers: ReadonlySet<string> = new Set([
  ...['latitude', 'longitude', 'duration', 'fileSize'],
  ...['card_index', 'ttl_minutes', 'expirationDays', 'expiration_days'],
]);
/** Source: Meta's pages on text messages (a link preview) and on templates and buttons of Messenger. */
const switches: ReadonlySet<string> = new Set(['preview_url', 'previewUrl', 'sharable', 'messenger_extensions']);

/** What is no number where one belongs stays a text, for the check to tell. */
export function typedContent(content: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(content).map(([key, value]) => [key, typedValue(key, value)]));
}

function typedValue(key: string, value: JsonValue): JsonValue {
  if (typeof value === 'string') return typedText(key, value);
  if (typeof value !== 'object' || value === null) return value;
  return isJsonList(value) ? value.map((item) => typedValue('', item)) : typedContent(value);
}

function typedText(key: string, text: string): JsonValue {
  const bare = text.trim();
  if (numbers.has(key) && /^-?\d+(\.\d+)?$/.test(bare)) return Number(bare);
  if (switches.has(key) && (bare === 'true' || bare === 'false')) return bare === 'true';
  return text;
}
