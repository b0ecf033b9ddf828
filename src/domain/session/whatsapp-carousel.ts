/**
 * Carousels of cards within the session window. The service documents no content for them, so it is Meta's own form.
 * Sources: developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-media-carousel-messages
 * and catalogs/interactive-product-carousel-messages.
 */
import { itemsAt, type JsonValue, memberOf, textAt } from '../json-value.ts';
import { type Check, type ContentProblem, itemPath, problemAt } from './content-problem.ts';
import { distinct, list, type ObjectRule, object } from './shape-checks.ts';
import { all, anything, fixed, invalid, number, oneOf, readNumber, text } from './value-checks.ts';
import { body, cardButton, header, linkAction } from './whatsapp-interactive-parts.ts';

const cardIndex = number({ least: 0, most: 9, whole: true, unit: '' });

/** Up to 160 characters and two line breaks. */
const cardBody = object({
  required: {
    text: text({
      longest: 160,
      form: (written) =>
        written.split('\n').length > 3 ? invalid('has more than two line breaks', 'remove line breaks') : null,
    }),
  },
});

/** Media cards say `cta_url` whatever their buttons are, or leave their type out. */
const mediaType = 'cta_url';

/** One button with a link, or replies. */
const mediaAction: Check = (value, path) => {
  const replies = memberOf(value, 'buttons') !== undefined;
  return (replies ? replyAction : linkAction)(value, path);
};

const replyAction = object({ required: { buttons: list({ most: 3, what: 'buttons', each: cardButton }) } });

const mediaCard = object({
  required: { card_index: cardIndex, header: header(['image', 'video']), action: mediaAction },
  optional: { type: fixed(mediaType), body: cardBody },
});

const productCard = object({
  required: {
    card_index: cardIndex,
    type: fixed('product'),
    action: object({ required: { product_retailer_id: text(), catalog_id: text() } }),
  },
});

const cardOfNoType = object({
  required: { card_index: cardIndex, type: oneOf([mediaType, 'product']) },
  optional: { header: anything, body: anything, action: anything },
});

const card: Check = (value, path) => {
  const type = memberOf(value, 'type');
  if (type === 'product') return productCard(value, path);
  return (type === undefined || type === mediaType ? mediaCard : cardOfNoType)(value, path);
};

/** All cards are of one type, have as many buttons each, and show products of one catalogue. */
function alike(value: JsonValue, path: string): readonly ContentProblem[] {
  const [first, ...others] = itemsAt(value);
  if (first === undefined) return [];
  return others.flatMap((other, index) => {
    const difference = differenceOf(first, other);
    if (difference === null) return [];
    const hint = 'give all cards the same type and the same number of buttons';
    return [
      problemAt(itemPath(path, index + 1), undefined, invalid(`differs from the first card in ${difference}`, hint)),
    ];
  });
}

function differenceOf(first: JsonValue, other: JsonValue): string | null {
  const [type, another] = [first, other].map((each) => textAt(each, 'type') ?? mediaType);
  if (type !== another) return 'its type';
  const [buttons, others] = [first, other].map((each) => itemsAt(each, 'action', 'buttons').length);
  if (buttons !== others) return 'its number of buttons';
  const [catalogue, otherCatalogue] = [first, other].map((each) => textAt(each, 'action', 'catalog_id'));
  return catalogue === otherCatalogue ? null : 'its catalogue';
}

function indexedOnce(value: JsonValue, path: string): readonly ContentProblem[] {
  const indexes = itemsAt(value).map((each) => readNumber(memberOf(each, 'card_index')));
  return distinct(
    indexes.map((index) => (index === null ? null : String(index))),
    (index) => `${path}[${index}].card_index`,
  );
}

const action = object({
  required: { cards: all(list({ least: 2, most: 10, what: 'cards', each: card }), alike, indexedOnce) },
});

const none = 'is not taken with a carousel';

/** `typed` is the interactive message of that type; as a message type of the service its own `type` may be left out. */
export function whatsappCarousel({ typed }: { readonly typed: boolean }): Check {
  const type = { type: fixed('carousel') };
  const rule: ObjectRule = {
    required: { ...(typed && type), body: body(1024), action },
    optional: typed ? {} : type,
    refused: { header: none, footer: none },
  };
  return object(rule);
}
