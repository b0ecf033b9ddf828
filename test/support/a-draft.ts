/** A small draft without problems, for tests that change one thing of it. */
import type { DraftButton, DraftCard, TemplateDraft } from '../../src/domain/template-draft.ts';

export function aDraft(changes: Partial<TemplateDraft> = {}): TemplateDraft {
  return {
    name: 'order_update',
    category: 'UTILITY',
    language: 'en',
    header: null,
    body: { text: 'Hi $(name), your order is packed.', addSecretRecommendation: null },
    footer: null,
    offer: null,
    buttons: [],
    cards: [],
    examples: { name: 'Ann' },
    allowCategoryChange: null,
    messageSendTtlSeconds: null,
    custSpaceId: null,
    ...changes,
  };
}

export function anAuthenticationDraft(changes: Partial<TemplateDraft> = {}): TemplateDraft {
  return aDraft({
    name: 'sign_in_code',
    category: 'AUTHENTICATION',
    body: { text: null, addSecretRecommendation: true },
    footer: { text: null, codeExpirationMinutes: 10 },
    buttons: [{ type: 'COPY_CODE', text: 'Copy code', couponCode: null }],
    examples: {},
    messageSendTtlSeconds: 120,
    ...changes,
  });
}

export const quickReply = { type: 'QUICK_REPLY', text: 'Stop', isOptOut: null } as const satisfies DraftButton;
export const shopLink = { type: 'URL', text: 'Shop', url: 'https://shop.example.com/' } as const satisfies DraftButton;
export const callUs = {
  type: 'PHONE_NUMBER',
  text: 'Call us',
  phoneNumber: '+12025550123',
} as const satisfies DraftButton;
export const coupon = { type: 'COPY_CODE', text: 'Copy', couponCode: 'WELCOME20' } as const satisfies DraftButton;
export const oneTap = {
  type: 'ONE_TAP',
  text: 'Copy code',
  autofillText: 'Autofill',
  app: { packageName: 'com.example.shop', signatureHash: 'K8a/AINcGX7' },
  supportedApps: [],
} as const satisfies DraftButton;

export function aCard(changes: Partial<DraftCard> = {}): DraftCard {
  return {
    header: {
      kind: 'media',
      format: 'image',
      url: 'https://shop.example.com/media/hat.jpg',
      fileName: null,
      caption: null,
    },
    body: 'A hat for $(name) here',
    buttons: [shopLink, quickReply],
    ...changes,
  };
}
