/** Interactive WhatsApp messages as their reader sees them. What a list hides behind its button is shown in the body. */
import { itemsAt, type JsonObject, type JsonValue, textAt, valueAt } from '../json-value.ts';
import type { RenderedButton, RenderedCard, RenderedHeader, RenderedMessage } from '../rendered-message.ts';

export function previewInteractive(messageType: string, content: JsonObject): Partial<RenderedMessage> {
  const type = textAt(content, 'type') ?? messageType;
  const body = [textAt(content, 'body', 'text'), ...listLines(content)].filter((line) => line !== null);
  return {
    header: headerOf(content),
    body: body.length === 0 ? null : body.join('\n'),
    footer: textAt(content, 'footer', 'text'),
    buttons: buttonsOf(type, content),
    cards: itemsAt(content, 'action', 'cards').map(cardOf),
  };
}

function headerOf(part: JsonValue): RenderedHeader | null {
  const type = textAt(part, 'header', 'type');
  if (type === 'text') return { kind: 'text', text: textAt(part, 'header', 'text') ?? '' };
  if (type !== 'image' && type !== 'video' && type !== 'document') return null;
  const url = textAt(part, 'header', type, 'link') ?? '';
  return { kind: 'media', format: type, url, fileName: textAt(part, 'header', type, 'filename') };
}

/** Rows of a list, and products, under the titles of their sections. */
function listLines(content: JsonObject): readonly string[] {
  const single = textAt(content, 'action', 'product_retailer_id');
  const sections = itemsAt(content, 'action', 'sections').flatMap((section) => {
    const title = textAt(section, 'title');
    const rows = itemsAt(section, 'rows').map((row) => {
      const description = textAt(row, 'description');
      return `• ${textAt(row, 'title') ?? ''}${description === null || description === '' ? '' : `: ${description}`}`;
    });
    const products = itemsAt(section, 'product_items').map((item) => productLine(textAt(item, 'product_retailer_id')));
    return ['', ...(title === null || title === '' ? [] : [title]), ...rows, ...products];
  });
  return [...sections, ...(single === null ? [] : [productLine(single)])];
}

function productLine(id: string | null): string {
  return `• [product] ${id ?? ''}`;
}

function buttonsOf(type: string, part: JsonValue): readonly RenderedButton[] {
  const parameter = (key: string) => textAt(part, 'action', 'parameters', key);
  switch (type) {
    case 'button':
      return itemsAt(part, 'action', 'buttons').map((button) => ({
        kind: 'quickReply',
        label: textAt(button, 'reply', 'title') ?? textAt(button, 'quick_reply', 'title') ?? '',
      }));
    case 'cta_url':
      return [{ kind: 'url', label: parameter('display_text') ?? '', url: parameter('url') ?? '' }];
    case 'list':
      return [{ kind: 'other', type: 'list', label: textAt(part, 'action', 'button') ?? '' }];
    case 'flow':
      return [{ kind: 'other', type: 'flow', label: parameter('flow_cta') ?? '' }];
    case 'voice_call':
      return [{ kind: 'other', type: 'call', label: parameter('display_text') ?? 'Call Now' }];
    // WhatsApp words these itself, in the reader's language.
    case 'product':
    case 'product_list':
    case 'catalog_message':
      return [{ kind: 'other', type: 'products', label: 'View' }];
    case 'location_request_message':
      return [{ kind: 'other', type: 'location', label: 'Send location' }];
    case 'address_message':
      return [{ kind: 'other', type: 'address', label: 'Provide address' }];
    case 'call_permission_request':
      return [{ kind: 'other', type: 'call permission', label: 'Choose preference' }];
    default:
      return [];
  }
}

function cardOf(card: JsonValue): RenderedCard {
  const product = textAt(card, 'action', 'product_retailer_id');
  // Media cards are of one type, whatever buttons they have.
  const kind = product !== null ? 'product' : valueAt(card, 'action', 'buttons') === undefined ? 'cta_url' : 'button';
  return {
    header: headerOf(card),
    body: textAt(card, 'body', 'text') ?? (product === null ? null : productLine(product)),
    buttons: buttonsOf(kind, card),
  };
}
