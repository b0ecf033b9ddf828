/** A content without problems for every message type of every channel, and for every kind of interactive message. */
import type { JsonObject } from '../../src/domain/json-value.ts';
import type { ChatChannel } from '../../src/domain/message.ts';

export interface SessionExample {
  readonly channel: ChatChannel;
  readonly type: string;
  readonly content: JsonObject;
}

const media = 'https://shop.example.com/media';
const image = `${media}/hat.jpg`;
const video = `${media}/hat.mp4`;

const productCard = (index: number) => ({
  card_index: index,
  type: 'product',
  action: { product_retailer_id: `hat-${index}`, catalog_id: '194836987003835' },
});

const linkCard = (index: number) => ({
  card_index: index,
  type: 'cta_url',
  header: { type: 'image', image: { link: image } },
  body: { text: 'A hat for the summer' },
  action: {
    name: 'cta_url',
    parameters: { display_text: 'Shop', url: `https://shop.example.com/hats/${index}` },
  },
});

const replyCard = (index: number) => ({
  card_index: index,
  type: 'cta_url',
  header: { type: 'video', video: { link: video } },
  action: {
    buttons: [
      { type: 'quick_reply', quick_reply: { id: `more-${index}`, title: 'Learn more' } },
      { type: 'quick_reply', quick_reply: { id: `keep-${index}`, title: 'Remember' } },
    ],
  },
});

/** By the `type` within the content. */
export const interactiveExamples = {
  button: {
    type: 'button',
    header: { type: 'text', text: 'Your workshop' },
    body: { text: 'It begins at nine tomorrow.' },
    footer: { text: 'The hat shop' },
    action: {
      buttons: [
        { type: 'reply', reply: { id: 'change', title: 'Change' } },
        { type: 'reply', reply: { id: 'cancel', title: 'Cancel' } },
      ],
    },
  },
  list: {
    type: 'list',
    header: { type: 'text', text: 'Shipping' },
    body: { text: 'Which way shall it go?' },
    footer: { text: 'The hat shop' },
    action: {
      button: 'Ways of shipping',
      sections: [
        { title: 'Fast', rows: [{ id: 'express', title: 'Express', description: 'Tomorrow' }] },
        { title: 'Not so fast', rows: [{ id: 'ground', title: 'Ground' }] },
      ],
    },
  },
  product: {
    type: 'product',
    body: { text: 'The hat you asked for' },
    action: { catalog_id: '194836987003835', product_retailer_id: 'hat-1' },
  },
  product_list: {
    type: 'product_list',
    header: { type: 'text', text: 'Hats' },
    body: { text: 'All that is new' },
    action: {
      catalog_id: '194836987003835',
      sections: [
        { title: 'Summer', product_items: [{ product_retailer_id: 'hat-1' }, { product_retailer_id: 'hat-2' }] },
        { title: 'Winter', product_items: [{ product_retailer_id: 'hat-3' }] },
      ],
    },
  },
  catalog_message: {
    type: 'catalog_message',
    body: { text: 'See all our hats' },
    action: { name: 'catalog_message', parameters: { thumbnail_product_retailer_id: 'hat-1' } },
  },
  cta_url: {
    type: 'cta_url',
    header: { type: 'image', image: { link: image } },
    body: { text: 'New dates' },
    footer: { text: 'Subject to change' },
    action: { name: 'cta_url', parameters: { display_text: 'See dates', url: 'https://shop.example.com/dates?c=1' } },
  },
  flow: {
    type: 'flow',
    header: { type: 'text', text: 'Sign up' },
    body: { text: 'It takes a minute.' },
    action: {
      name: 'flow',
      parameters: {
        flow_message_version: '3',
        flow_id: '1197715005513101',
        flow_token: 'row-17',
        flow_cta: 'Sign up',
        flow_action: 'navigate',
        flow_action_payload: { screen: 'WELCOME', data: { name: 'Ann' } },
      },
    },
  },
  location_request_message: {
    type: 'location_request_message',
    body: { text: 'Where shall we deliver?' },
    action: { name: 'send_location' },
  },
  address_message: {
    type: 'address_message',
    body: { text: 'Where shall we deliver?' },
    action: {
      name: 'address_message',
      parameters: { country: 'IN', values: { name: 'Ann', in_pin_code: '400063' } },
    },
  },
  call_permission_request: {
    type: 'call_permission_request',
    body: { text: 'May we call you about your order?' },
    action: { name: 'call_permission_request' },
  },
  voice_call: {
    type: 'voice_call',
    body: { text: 'Call us about your order' },
    action: { name: 'voice_call', parameters: { display_text: 'Call us', ttl_minutes: 1440, payload: 'order-4471' } },
  },
  carousel: {
    type: 'carousel',
    body: { text: 'Hats for you' },
    action: { cards: [linkCard(0), linkCard(1)] },
  },
} as const satisfies Record<string, JsonObject>;

/** The carousels of other cards than links. */
export const carouselExamples = {
  replies: { ...interactiveExamples.carousel, action: { cards: [replyCard(0), replyCard(1)] } },
  products: { ...interactiveExamples.carousel, action: { cards: [productCard(0), productCard(1)] } },
} as const satisfies Record<string, JsonObject>;

const whatsapp: Readonly<Record<string, JsonObject>> = {
  text: { text: 'Your order is packed.' },
  image: { link: image, caption: 'Your hat' },
  video: { link: video, caption: 'How to wear it' },
  audio: { link: `${media}/hat.mp3` },
  document: { link: `${media}/invoice.pdf`, fileName: 'invoice.pdf' },
  sticker: { link: `${media}/hat.webp` },
  interactive: interactiveExamples.button,
  contacts: {
    name: { formatted_name: 'Ann Lee', first_name: 'Ann', last_name: 'Lee' },
    phones: [{ phone: '+1 (940) 555-1234', type: 'WORK', wa_id: '19405551234' }],
    emails: [{ email: 'ann@shop.example.com', type: 'WORK' }],
    addresses: [{ street: '1 Hat Road', city: 'Menlo Park', country: 'United States', country_code: 'US' }],
    org: { company: 'The hat shop', department: 'Sales', title: 'Manager' },
    urls: [{ url: 'https://shop.example.com/', type: 'WORK' }],
    birthday: '1999-01-23',
  },
  location: { longitude: -122.161535820494, latitude: '37.4421625186868', name: 'The hat shop', address: '1 Hat Road' },
  reaction: { messageId: '61851ccb2f1365b16aee', emoji: '👍' },
  typing_indicator: { messageId: '61851ccb2f1365b16aee', type: 'text' },
  pin: { type: 'pin', messageId: '61851ccb2f1365b16aee', expirationDays: 7 },
  carousel: { body: interactiveExamples.carousel.body, action: interactiveExamples.carousel.action },
};

const film = { link: video, thumbnail: image, fileSize: 4_200_000, duration: 42 };
const button = { caption: 'Shop', action: 'https://shop.example.com/hats' };

const viber: Readonly<Record<string, JsonObject>> = {
  text: { text: 'Your order is packed.' },
  image: { link: image },
  video: film,
  document: { link: `${media}/invoice.pdf`, fileName: 'invoice.pdf', fileType: 'pdf' },
  text_button: { text: 'New hats', ...button },
  text_image_button: { text: 'New hats', link: image, ...button },
  text_video: { text: 'New hats', ...film },
  text_video_button: { text: 'New hats', ...film, ...button },
  text_image: { text: 'New hats', link: image },
};

const webUrl = { type: 'web_url', url: 'https://shop.example.com/hats', title: 'Shop' };
const postback = { type: 'postback', title: 'Ask us', payload: 'ASK' };

/** What Messenger and Instagram share. */
const pages: Readonly<Record<string, JsonObject>> = {
  text: { text: 'Your order is packed.' },
  image: { link: image },
  video: { link: video },
  audio: { link: `${media}/hat.m4a` },
  document: { link: `${media}/invoice.pdf` },
  interactive: {
    attachment: {
      type: 'template',
      payload: { template_type: 'button', text: 'What next?', buttons: [webUrl, postback] },
    },
  },
  couponTemplate: {
    title: '10% off all hats',
    subtitle: 'Until Sunday',
    coupon_code: '10PERCENT',
    coupon_url: 'https://shop.example.com/',
    coupon_url_button_title: 'Shop now',
    coupon_pre_message: 'For you only',
    image_url: image,
    payload: 'summer',
  },
  regularTemplate: {
    elements: [
      { title: 'Straw hat', subtitle: 'For the sun', image_url: image, buttons: [webUrl, postback] },
      { title: 'Wool hat', default_action: { type: 'web_url', url: 'https://shop.example.com/wool' } },
    ],
  },
  quickReply: {
    text: 'Which colour?',
    quick_replies: [
      { content_type: 'text', title: 'Red', payload: 'RED', image_url: image },
      { content_type: 'user_email' },
    ],
  },
  buttonTemplate: { text: 'What next?', buttons: [webUrl, postback] },
};

const byChannel: Readonly<Record<ChatChannel, Readonly<Record<string, JsonObject>>>> = {
  whatsapp,
  viber,
  messenger: pages,
  instagram: pages,
};

export const sessionExamples: readonly SessionExample[] = (
  ['whatsapp', 'viber', 'messenger', 'instagram'] as const
).flatMap((channel) => Object.entries(byChannel[channel]).map(([type, content]) => ({ channel, type, content })));

/** The content of the example, to change one thing of. */
export function exampleOf(channel: ChatChannel, type: string): JsonObject {
  const content = byChannel[channel][type];
  if (content === undefined) throw new Error(`no example of ${channel} ${type}`);
  return content;
}
