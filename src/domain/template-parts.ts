/** The parts of a template that may hold variables, in the order in which a reader meets them. */
import type { Template, TemplateButton, TemplateHeader, TemplateText } from './template.ts';

export type PartKind =
  | 'headerText'
  | 'mediaUrl'
  | 'body'
  | 'cardBody'
  | 'offerText'
  | 'expiry'
  | 'buttonUrl'
  | 'coupon';

export interface TemplatePart {
  readonly kind: PartKind;
  /** The card it stands on, counted from 1, or null for the message itself. */
  readonly card: number | null;
  /** The button it belongs to, counted from 1 on its card or message, or null. */
  readonly button: number | null;
  readonly text: TemplateText;
}

export function templateParts(template: Template): readonly TemplatePart[] {
  const { header, body, offer, buttons, cards } = template;
  return [
    ...headerParts(header, null),
    ...(body === null ? [] : [part('body', body)]),
    ...(offer === null ? [] : [part('offerText', offer.text)]),
    ...(offer === null || offer.expirationTimeMs === null ? [] : [part('expiry', offer.expirationTimeMs)]),
    ...buttonParts(buttons, null),
    ...cards.flatMap((card, index) => [
      ...headerParts(card.header, index + 1),
      ...(card.body === null ? [] : [part('cardBody', card.body, index + 1)]),
      ...buttonParts(card.buttons, index + 1),
    ]),
  ];
}

/** A part in words: `the body`, `the link of button 2`, `the media link of card 1`. */
export function partName(part: Pick<TemplatePart, 'kind' | 'card' | 'button'>): string {
  const card = part.card === null ? '' : ` of card ${part.card}`;
  switch (part.kind) {
    case 'headerText':
      return `the header${card}`;
    case 'mediaUrl':
      return `the media link${card}`;
    case 'body':
    case 'cardBody':
      return `the body${card}`;
    case 'offerText':
      return 'the offer';
    case 'expiry':
      return 'the offer expiry';
    case 'buttonUrl':
      return `the link of button ${part.button}${card}`;
    case 'coupon':
      return `the coupon code${card}`;
  }
}

/** The variables of a text, each once, in order. */
export function variableNames(text: TemplateText): readonly string[] {
  return [...new Set(text.pieces.flatMap((piece) => (piece.kind === 'variable' ? [piece.name] : [])))];
}

function part(
  kind: PartKind,
  text: TemplateText,
  card: number | null = null,
  button: number | null = null,
): TemplatePart {
  return { kind, card, button, text };
}

function headerParts(header: TemplateHeader | null, card: number | null): readonly TemplatePart[] {
  if (header === null) return [];
  return [header.kind === 'text' ? part('headerText', header.text, card) : part('mediaUrl', header.url, card)];
}

function buttonParts(buttons: readonly TemplateButton[], card: number | null): readonly TemplatePart[] {
  return buttons.flatMap((button, index) => buttonPart(button, card, index + 1) ?? []);
}

function buttonPart(button: TemplateButton, card: number | null, number: number): TemplatePart | null {
  switch (button.kind) {
    case 'url':
      return part('buttonUrl', button.url, card, number);
    case 'copyCode':
      return part('coupon', button.coupon, card, number);
    case 'quickReply':
    case 'call':
    case 'other':
      return null;
  }
}
