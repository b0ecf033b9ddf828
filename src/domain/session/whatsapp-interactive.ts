/**
 * Interactive WhatsApp messages, by their `type`. The service asks for `type` and `action`; what they hold is Meta's own
 * form, so the keys are in snake case. Each limit's source stands beside it: pages below
 * developers.facebook.com/documentation/business-messaging/whatsapp/.
 */
import { isJsonObject, itemsAt, memberOf, textAt } from '../json-value.ts';
import { nearest } from '../suggest.ts';
import { type Check, problemAt } from './content-problem.ts';
import { countProblems, distinct, isEmpty, list, type ObjectRule, object } from './shape-checks.ts';
import { all, anything, doubtful, fixed, invalid, number, text } from './value-checks.ts';
import { whatsappAddressAction } from './whatsapp-address.ts';
import { whatsappCarousel } from './whatsapp-carousel.ts';
import { whatsappFlowAction } from './whatsapp-flow.ts';
import { body, footer, header, label, linkAction, product, replyButton } from './whatsapp-interactive-parts.ts';

function interactive(type: string, rule: ObjectRule): Check {
  return object({ ...rule, required: { type: fixed(type), ...rule.required } });
}

/** Source: messages/interactive-reply-buttons-messages: up to three buttons, each with its own id and label. */
const buttonAction: Check = all(
  object({ required: { buttons: list({ most: 3, what: 'buttons', each: replyButton }) } }),
  (value, path) => {
    const replies = itemsAt(value, 'buttons');
    return ['id', 'title'].flatMap((key) =>
      distinct(
        replies.map((each) => textAt(each, 'reply', key)),
        (index) => `${path}.buttons[${index}].reply.${key}`,
      ),
    );
  },
);

/** Source: messages/interactive-list-messages: ROW_ID, ROW_TITLE_TEXT, ROW_DESCRIPTION_TEXT. */
const row = object({
  required: { id: text({ longest: 200 }), title: text({ longest: 24 }) },
  optional: { description: text({ longest: 72 }) },
});

/** Source: messages/interactive-list-messages, SECTION_TITLE_TEXT; the same for products. */
const sectionTitle = text({ longest: 24 });

/** Both lists have up to ten sections, and each needs its title as soon as there are two. */
function sections(each: Check): Check {
  return all(list({ most: 10, what: 'sections', each }), (value, path) => {
    const several = itemsAt(value);
    if (several.length < 2) return [];
    return several.flatMap((section, index) => {
      if (!isJsonObject(section) || !isEmpty(memberOf(section, 'title') ?? null)) return [];
      const hint = 'add "title": with two sections and more each needs one';
      return [
        problemAt(`${path}[${index}].title`, undefined, { code: 'CONTENT_KEY_MISSING', message: 'is missing', hint }),
      ];
    });
  });
}

/** Source: messages/interactive-list-messages: ten rows in all sections together, told apart by their ids. */
const listAction: Check = all(
  object({
    required: {
      button: label,
      sections: sections(
        object({
          required: { rows: list({ what: 'rows', each: row }) },
          optional: { title: sectionTitle },
        }),
      ),
    },
  }),
  (value, path) => {
    const rows = itemsAt(value, 'sections').flatMap((section, index) =>
      itemsAt(section, 'rows').map((each, at) => ({ id: textAt(each, 'id'), at: `sections[${index}].rows[${at}].id` })),
    );
    return [
      ...countProblems(rows.length, `${path}.sections`, { least: 0, most: 10, what: 'rows in all' }),
      ...distinct(
        rows.map(({ id }) => id),
        (index) => `${path}.${rows[index]?.at}`,
      ),
    ];
  },
);

/** Source: guides/commerce-guides/share-products-with-customers: up to 30 products in all sections together. */
const productListAction: Check = all(
  object({
    required: {
      catalog_id: text(),
      sections: sections(
        object({
          required: { product_items: list({ what: 'products', each: product }) },
          optional: { title: sectionTitle },
        }),
      ),
    },
  }),
  (value, path) => {
    const count = itemsAt(value, 'sections').flatMap((section) => itemsAt(section, 'product_items')).length;
    return countProblems(count, `${path}.sections`, { least: 0, most: 30, what: 'products in all' });
  },
);

/** Source: a copy of Meta's calling pages (docs.kapso.ai, voice-call): minutes up to 30 days, 512 characters that come back. */
const voiceCallAction = object({
  required: { name: fixed('voice_call') },
  optional: {
    parameters: object({
      optional: {
        display_text: label,
        ttl_minutes: number({ least: 1, most: 43_200, whole: true, unit: 'minutes' }),
        payload: text({ longest: 512 }),
      },
    }),
  },
});

const kinds: ReadonlyMap<string, Check> = new Map<string, Check>([
  [
    'button',
    interactive('button', {
      required: { body: body(1024), action: buttonAction },
      optional: { header: header(), footer },
    }),
  ],
  [
    'list',
    // Source: messages/interactive-list-messages: MESSAGE_BODY_TEXT 4,096, and a header of text only.
    interactive('list', {
      required: { body: body(4096), action: listAction },
      optional: { header: header(['text']), footer },
    }),
  ],
  [
    'product',
    // Source: Meta's reference of the interactive object (copy: developer.cequens.com, sending-product-message): a single
    // product has no header, and may do without a body.
    interactive('product', {
      required: { action: object({ required: { catalog_id: text(), product_retailer_id: text() } }) },
      optional: { body: body(1024), footer },
      refused: { header: 'is not taken with a single product, which shows its own picture' },
    }),
  ],
  [
    'product_list',
    // Source: the same: a list of products needs a header, of text.
    interactive('product_list', {
      required: { header: header(['text']), body: body(1024), action: productListAction },
      optional: { footer },
    }),
  ],
  [
    'catalog_message',
    // Source: guides/commerce-guides/share-products-with-customers, catalog messages.
    interactive('catalog_message', {
      required: {
        body: body(1024),
        action: object({
          required: { name: fixed('catalog_message') },
          optional: { parameters: object({ required: { thumbnail_product_retailer_id: text() } }) },
        }),
      },
      optional: { footer },
    }),
  ],
  [
    'cta_url',
    interactive('cta_url', {
      required: { body: body(1024), action: linkAction },
      optional: { header: header(), footer },
    }),
  ],
  [
    'flow',
    interactive('flow', {
      required: { body: body(1024), action: whatsappFlowAction },
      optional: { header: header(), footer },
    }),
  ],
  [
    'location_request_message',
    // Source: messages/location-request-messages.
    interactive('location_request_message', {
      required: { body: body(1024), action: object({ required: { name: fixed('send_location') } }) },
    }),
  ],
  [
    'address_message',
    interactive('address_message', {
      required: { body: body(1024), action: whatsappAddressAction },
      optional: { header: header(), footer },
    }),
  ],
  [
    'call_permission_request',
    // Source: a copy of Meta's calling pages (partner-docs.gupshup.io): only the body is the business's own.
    interactive('call_permission_request', {
      required: { action: object({ required: { name: fixed('call_permission_request') } }) },
      optional: { body: body(1024) },
    }),
  ],
  [
    'voice_call',
    interactive('voice_call', {
      required: { body: body(1024), action: voiceCallAction },
      optional: { header: header(), footer },
    }),
  ],
  ['carousel', whatsappCarousel({ typed: true })],
]);

/** A type that Meta does not document here goes through with a warning: it adds new ones faster than this table grows. */
export const whatsappInteractive: Check = (value, path) =>
  (kinds.get(textAt(value, 'type') ?? '') ?? unknownKind)(value, path);

const unknownType: Check = (value, path) => {
  if (typeof value !== 'string') return text()(value, path);
  const near = nearest(value, kinds.keys());
  const known = `known are: ${[...kinds.keys()].join(', ')}`;
  const complaint = doubtful(`"${value}" is not a type that sendoff can check`, known);
  if (near === null) return [problemAt(path, value, complaint)];
  return [problemAt(path, value, { ...complaint, severity: 'error', hint: `did you mean "${near}"?` })];
};

const someAction: Check = (value, path) =>
  isJsonObject(value) && !isEmpty(value) ? [] : [problemAt(path, value, invalid('is no action', 'give its keys'))];

const unknownKind = object({
  required: { type: unknownType, action: someAction },
  optional: { header: anything, body: anything, footer },
});
