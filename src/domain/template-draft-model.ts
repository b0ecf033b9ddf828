/** A draft as the template it would become: what draws templates and finds their variables then serves drafts too. */
import type { Template, TemplateButton, TemplateHeader } from './template.ts';
import type { DraftButton, DraftHeader, TemplateDraft } from './template-draft.ts';
import { parseTemplateText } from './template-text.ts';

/** The texts that the service writes itself, such as the body of an authentication template, are absent. */
export function templateOfDraft(draft: TemplateDraft): Template {
  const { header, body, footer, offer, buttons, cards } = draft;
  return {
    code: draft.name,
    name: draft.name,
    language: draft.language,
    status: 'pending',
    statusWord: 'draft',
    reason: null,
    category: draft.category,
    quality: null,
    header: header && headerOf(header),
    body: body === null || body.text === null ? null : parseTemplateText(body.text),
    footer: footer?.text ?? null,
    offer: offer && { text: parseTemplateText(offer.text), expirationTimeMs: null },
    buttons: buttons.map(buttonOf),
    cards: cards.map((card) => ({
      header: card.header && headerOf(card.header),
      body: card.body === null ? null : parseTemplateText(card.body),
      buttons: card.buttons.map(buttonOf),
    })),
    examples: draft.examples,
    unsupported: [],
    sms: null,
  };
}

function headerOf(header: DraftHeader): TemplateHeader {
  if (header.kind === 'text') return { kind: 'text', text: parseTemplateText(header.text) };
  return { kind: 'media', format: header.format, url: parseTemplateText(header.url), fileName: header.fileName };
}

function buttonOf(button: DraftButton): TemplateButton {
  switch (button.type) {
    case 'QUICK_REPLY':
      return { kind: 'quickReply', label: button.text };
    case 'PHONE_NUMBER':
      return { kind: 'call', label: button.text, phoneNumber: button.phoneNumber };
    case 'URL':
      return { kind: 'url', label: button.text, url: parseTemplateText(button.url) };
    case 'COPY_CODE':
      return button.couponCode === null
        ? { kind: 'other', type: button.type, label: button.text ?? '' }
        : { kind: 'copyCode', label: button.text ?? '', coupon: parseTemplateText(button.couponCode) };
    case 'ONE_TAP':
    case 'ZERO_TAP':
    case 'CATALOG':
    case 'MPM':
    case 'FLOW':
      return { kind: 'other', type: button.type, label: button.text };
  }
}
