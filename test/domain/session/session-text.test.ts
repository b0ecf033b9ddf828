import { describe, expect, it } from 'vitest';
import { renderPreview } from '../../../src/cli/render/preview.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import type { ChatChannel } from '../../../src/domain/message.ts';
import type { RenderedMessage } from '../../../src/domain/rendered-message.ts';
import { messageTypes } from '../../../src/domain/session/check-content.ts';
import { sessionPreview } from '../../../src/domain/session/session-text.ts';
import { carouselExamples, exampleOf, interactiveExamples, sessionExamples } from '../../support/session-examples.ts';

const nothing: RenderedMessage = { header: null, body: null, footer: null, offer: null, buttons: [], cards: [] };
const image = 'https://shop.example.com/media/hat.jpg';
const shop = { kind: 'url', label: 'Shop', url: 'https://shop.example.com/hats' } as const;

function media(
  format: 'image' | 'video' | 'document' | 'audio' | 'sticker',
  file: string,
  fileName: string | null = null,
) {
  return { kind: 'media', format, url: `https://shop.example.com/media/${file}`, fileName } as const;
}

describe('the preview', () => {
  it('shows no place for coordinates that are none', () => {
    const content = { longitude: { toString: 0 }, latitude: '37.44' };
    expect(sessionPreview('whatsapp', 'location', content).body).toBe('[location]\n37.44, ?');
  });

  it.each<readonly [ChatChannel, string, Partial<RenderedMessage>]>([
    ['whatsapp', 'text', { body: 'Your order is packed.' }],
    ['whatsapp', 'image', { header: media('image', 'hat.jpg'), body: 'Your hat' }],
    ['whatsapp', 'audio', { header: media('audio', 'hat.mp3') }],
    ['whatsapp', 'sticker', { header: media('sticker', 'hat.webp') }],
    ['whatsapp', 'document', { header: media('document', 'invoice.pdf', 'invoice.pdf') }],
    ['whatsapp', 'location', { body: '[location]\nThe hat shop\n1 Hat Road\n37.4421625186868, -122.161535820494' }],
    [
      'whatsapp',
      'contacts',
      { body: '[contact] Ann Lee\n+1 (940) 555-1234\nann@shop.example.com\nhttps://shop.example.com/' },
    ],
    ['whatsapp', 'reaction', { body: '👍\n[reaction to 61851ccb2f1365b16aee]' }],
    ['whatsapp', 'typing_indicator', { body: '[typing…]' }],
    ['whatsapp', 'pin', { body: '[pin] 61851ccb2f1365b16aee' }],
    ['viber', 'text_button', { body: 'New hats', buttons: [shop] }],
    ['viber', 'text_image_button', { header: media('image', 'hat.jpg'), body: 'New hats', buttons: [shop] }],
    ['viber', 'text_video', { header: media('video', 'hat.mp4'), body: 'New hats' }],
    ['viber', 'document', { header: media('document', 'invoice.pdf', 'invoice.pdf') }],
    [
      'messenger',
      'quickReply',
      {
        body: 'Which colour?',
        buttons: [
          { kind: 'quickReply', label: 'Red' },
          { kind: 'other', type: 'user email', label: '' },
        ],
      },
    ],
    ['messenger', 'buttonTemplate', { body: 'What next?', buttons: [shop, { kind: 'quickReply', label: 'Ask us' }] }],
    ['instagram', 'interactive', { body: 'What next?', buttons: [shop, { kind: 'quickReply', label: 'Ask us' }] }],
    [
      'instagram',
      'couponTemplate',
      {
        header: media('image', 'hat.jpg'),
        body: 'For you only\n10% off all hats\nUntil Sunday',
        buttons: [
          { kind: 'copyCode', label: 'Reveal code', coupon: '10PERCENT' },
          { kind: 'url', label: 'Shop now', url: 'https://shop.example.com/' },
        ],
      },
    ],
    [
      'messenger',
      'regularTemplate',
      {
        cards: [
          {
            header: media('image', 'hat.jpg'),
            body: 'Straw hat\nFor the sun',
            buttons: [shop, { kind: 'quickReply', label: 'Ask us' }],
          },
          { header: null, body: 'Wool hat', buttons: [] },
        ],
      },
    ],
  ])('shows a %s %s', (channel, type, shown) => {
    expect(sessionPreview(channel, type, exampleOf(channel, type))).toEqual({ ...nothing, ...shown });
  });

  it.each<readonly [keyof typeof interactiveExamples, Partial<RenderedMessage>]>([
    [
      'button',
      {
        header: { kind: 'text', text: 'Your workshop' },
        body: 'It begins at nine tomorrow.',
        footer: 'The hat shop',
        buttons: [
          { kind: 'quickReply', label: 'Change' },
          { kind: 'quickReply', label: 'Cancel' },
        ],
      },
    ],
    [
      'list',
      {
        header: { kind: 'text', text: 'Shipping' },
        body: 'Which way shall it go?\n\nFast\n• Express: Tomorrow\n\nNot so fast\n• Ground',
        footer: 'The hat shop',
        buttons: [{ kind: 'other', type: 'list', label: 'Ways of shipping' }],
      },
    ],
    [
      'product',
      {
        body: 'The hat you asked for\n• [product] hat-1',
        buttons: [{ kind: 'other', type: 'products', label: 'View' }],
      },
    ],
    [
      'product_list',
      {
        header: { kind: 'text', text: 'Hats' },
        body: 'All that is new\n\nSummer\n• [product] hat-1\n• [product] hat-2\n\nWinter\n• [product] hat-3',
        buttons: [{ kind: 'other', type: 'products', label: 'View' }],
      },
    ],
    ['catalog_message', { body: 'See all our hats', buttons: [{ kind: 'other', type: 'products', label: 'View' }] }],
    [
      'cta_url',
      {
        header: media('image', 'hat.jpg'),
        body: 'New dates',
        footer: 'Subject to change',
        buttons: [{ kind: 'url', label: 'See dates', url: 'https://shop.example.com/dates?c=1' }],
      },
    ],
    [
      'flow',
      {
        header: { kind: 'text', text: 'Sign up' },
        body: 'It takes a minute.',
        buttons: [{ kind: 'other', type: 'flow', label: 'Sign up' }],
      },
    ],
    [
      'location_request_message',
      { body: 'Where shall we deliver?', buttons: [{ kind: 'other', type: 'location', label: 'Send location' }] },
    ],
    [
      'address_message',
      { body: 'Where shall we deliver?', buttons: [{ kind: 'other', type: 'address', label: 'Provide address' }] },
    ],
    [
      'call_permission_request',
      {
        body: 'May we call you about your order?',
        buttons: [{ kind: 'other', type: 'call permission', label: 'Choose preference' }],
      },
    ],
    ['voice_call', { body: 'Call us about your order', buttons: [{ kind: 'other', type: 'call', label: 'Call us' }] }],
    [
      'carousel',
      {
        body: 'Hats for you',
        cards: [0, 1].map((index) => ({
          header: media('image', 'hat.jpg'),
          body: 'A hat for the summer',
          buttons: [{ kind: 'url', label: 'Shop', url: `https://shop.example.com/hats/${index}` }],
        })),
      },
    ],
  ])('shows an interactive %s', (kind, shown) => {
    expect(sessionPreview('whatsapp', 'interactive', interactiveExamples[kind])).toEqual({ ...nothing, ...shown });
  });

  it('shows the cards of other carousels', () => {
    const cardsOf = (content: JsonObject) => sessionPreview('whatsapp', 'interactive', content).cards;
    expect(cardsOf(carouselExamples.replies)[1]).toEqual({
      header: media('video', 'hat.mp4'),
      body: null,
      buttons: [
        { kind: 'quickReply', label: 'Learn more' },
        { kind: 'quickReply', label: 'Remember' },
      ],
    });
    expect(cardsOf(carouselExamples.products)[0]).toEqual({
      header: null,
      body: '• [product] hat-0',
      buttons: [{ kind: 'other', type: 'products', label: 'View' }],
    });
  });

  it('shows a carousel of the service as the interactive one', () => {
    expect(sessionPreview('whatsapp', 'carousel', exampleOf('whatsapp', 'carousel'))).toEqual(
      sessionPreview('whatsapp', 'interactive', interactiveExamples.carousel),
    );
  });

  it('shows a message it does not know as it is sent', () => {
    for (const name of ['media', 'constructor', '__proto__']) {
      const content = { attachment: { type: 'template', payload: { template_type: name, elements: [] } } };
      expect(sessionPreview('messenger', 'interactive', content).body).toBe(JSON.stringify(content));
    }
  });

  it('shows what there is of a content that is wrong', () => {
    for (const channel of ['whatsapp', 'viber', 'messenger', 'instagram'] as const) {
      for (const type of [...messageTypes(channel), 'nonsense']) {
        for (const broken of [null, 7, 'x', [null], { a: [1] }]) {
          const content = Object.fromEntries(keys.map((key) => [key, broken]));
          expect(() => renderPreview(sessionPreview(channel, type, content), { width: 60 })).not.toThrow();
        }
      }
    }
    expect(sessionPreview('whatsapp', 'image', { caption: 'Hi' })).toEqual({ ...nothing, body: 'Hi' });
  });

  it('can be drawn for every example', () => {
    for (const { channel, type, content } of sessionExamples) {
      expect(renderPreview(sessionPreview(channel, type, content), { width: 60 })).toMatch(/^╭─.*╮\n│ .+/);
    }
    expect(renderPreview(sessionPreview('viber', 'image', { link: image }), { width: 60 })).toContain(
      `[image] ${image}`,
    );
  });
});

const keys = [
  'text',
  'link',
  'name',
  'phones',
  'body',
  'header',
  'footer',
  'action',
  'buttons',
  'elements',
  'attachment',
];
