/** The message as its reader will see it, drawn as a bubble. WhatsApp's own marks (*bold*, _italic_) stay as they are. */
import type { RenderedButton, RenderedHeader, RenderedMessage } from '../../domain/rendered-message.ts';
import { type Palette, palette } from './palette.ts';
import { formatTime } from './time.ts';
import { inert, inertLine, padEnd, widthOf, wrap } from './wide-text.ts';

export interface PreviewOptions {
  /** Columns to draw in; the bubble is narrower, as on a telephone. */
  readonly width: number;
  readonly colour?: boolean;
}

/** About what a telephone shows in a line. */
const widestBubble = 60;

const narrowestBubble = 16;

/** Lines of one part of a bubble; parts are divided by a rule. */
type Part = readonly string[];

export function renderPreview(message: RenderedMessage, { width, colour = false }: PreviewOptions): string {
  const style = palette(colour);
  const bubble = Math.max(narrowestBubble, Math.min(width, widestBubble));
  const inner = bubble - 4;
  const parts = messageParts(message, inner, style);
  // Some messages are cards alone.
  const bare = message.cards.length > 0 && parts.every((part) => part.length === 0);
  const lines = bare ? [] : box('', parts, inner);
  for (const [index, card] of message.cards.entries()) {
    const parts = [textPart(card.header, card.body, null, inner, style), buttonPart(card.buttons, inner)];
    lines.push(...box(`card ${index + 1} of ${message.cards.length}`, parts, inner));
  }
  return lines.join('\n');
}

function messageParts(message: RenderedMessage, inner: number, style: Palette): Part[] {
  return [
    textPart(message.header, message.body, message.footer, inner, style),
    message.offer === null ? [] : offerPart(message.offer, inner),
    buttonPart(message.buttons, inner),
  ];
}

function textPart(
  header: RenderedHeader | null,
  body: string | null,
  footer: string | null,
  inner: number,
  { bold, dim }: Palette,
): Part {
  const blocks: Part[] = [];
  if (header?.kind === 'text') blocks.push(wrap(inertLine(header.text), inner).map(bold));
  if (header?.kind === 'media') blocks.push(wrap(mediaText(header), inner));
  if (body !== null) blocks.push(wrap(inert(body), inner));
  if (footer !== null) blocks.push(wrap(inertLine(footer), inner).map(dim));
  return blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block]));
}

function mediaText({ format, url, fileName }: Extract<RenderedHeader, { kind: 'media' }>): string {
  return inertLine(`[${format}] ${fileName === null ? url : `${fileName} ${url}`}`);
}

function offerPart({ text, expirationTimeMs }: NonNullable<RenderedMessage['offer']>, inner: number): Part {
  const end = expirationTimeMs === null ? '' : `, ends ${endText(expirationTimeMs)}`;
  return wrap(inertLine(`[offer] ${text}${end}`), inner);
}

/** The time, or the text as it is given where it is none. */
function endText(expirationTimeMs: string): string {
  const ms = /^\d{1,15}$/.test(expirationTimeMs) ? Number(expirationTimeMs) : Number.NaN;
  return ms <= latestDateMs ? formatTime(ms) : `"${expirationTimeMs}"`;
}

/** The end of the year 9999, after which times take more digits than people expect. */
const latestDateMs = Date.UTC(9999, 11, 31);

function buttonPart(buttons: readonly RenderedButton[], inner: number): Part {
  return buttons.flatMap((button) => wrap(inertLine(buttonText(button)), inner));
}

function buttonText(button: RenderedButton): string {
  switch (button.kind) {
    case 'quickReply':
      return `[reply] ${button.label}`;
    case 'call':
      return `[call] ${button.label}: ${button.phoneNumber}`;
    case 'url':
      return `[link] ${button.label}: ${button.url}`;
    case 'copyCode':
      return `[copy] ${button.label}: ${button.coupon}`;
    case 'other':
      return `[${button.type.toLowerCase()}] ${button.label}`;
  }
}

function box(title: string, parts: readonly Part[], inner: number): string[] {
  const shown = parts.filter((part) => part.length > 0);
  const caption = title === '' ? '' : `─ ${title} `;
  const bodies = shown.map((part) => part.map((line) => `│ ${padEnd(line, inner)} │`));
  const rule = `├${'─'.repeat(inner + 2)}┤`;
  return [
    `╭${caption}${'─'.repeat(Math.max(0, inner + 2 - widthOf(caption)))}╮`,
    ...bodies.flatMap((body, index) => (index === 0 ? body : [rule, ...body])),
    `╰${'─'.repeat(inner + 2)}╯`,
  ];
}
