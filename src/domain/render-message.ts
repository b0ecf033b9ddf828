/** Fills the variables of a template. What a value holds is never looked at again: `$(x)` inside of it stays text. */
import type { RenderedButton, RenderedHeader, RenderedMessage } from './rendered-message.ts';
import type { Template, TemplateButton, TemplateHeader, TemplateText } from './template.ts';

/** By variable. A variable without an entry stays as registered, `$(name)`, so that a preview shows the gap. */
export type Params = Readonly<Record<string, string>>;

export function renderMessage(template: Template, params: Params): RenderedMessage {
  const { header, body, footer, offer, buttons, cards } = template;
  return {
    header: header && renderHeader(header, params),
    body: body && renderText(body, params),
    footer,
    offer: offer && {
      text: renderText(offer.text, params),
      expirationTimeMs: offer.expirationTimeMs && renderText(offer.expirationTimeMs, params),
    },
    buttons: buttons.map((button) => renderButton(button, params)),
    cards: cards.map((card) => ({
      header: card.header && renderHeader(card.header, params),
      body: card.body && renderText(card.body, params),
      buttons: card.buttons.map((button) => renderButton(button, params)),
    })),
  };
}

/** `gap` is what stands for a variable without an entry. */
export function renderText(text: TemplateText, params: Params, gap = (name: string): string => `$(${name})`): string {
  return text.pieces
    .map((piece) => {
      if (piece.kind === 'literal') return piece.text;
      return Object.hasOwn(params, piece.name) ? (params[piece.name] ?? '') : gap(piece.name);
    })
    .join('');
}

function renderHeader(header: TemplateHeader, params: Params): RenderedHeader {
  if (header.kind === 'text') return { kind: 'text', text: renderText(header.text, params) };
  const { format, fileName } = header;
  return { kind: 'media', format, url: renderText(header.url, params), fileName };
}

function renderButton(button: TemplateButton, params: Params): RenderedButton {
  switch (button.kind) {
    case 'url':
      return { kind: 'url', label: button.label, url: renderText(button.url, params) };
    case 'copyCode':
      return { kind: 'copyCode', label: button.label, coupon: renderText(button.coupon, params) };
    case 'quickReply':
    case 'call':
    case 'other':
      return button;
  }
}
