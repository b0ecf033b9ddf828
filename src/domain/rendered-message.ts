/** A message with every variable filled, part by part, as its reader will see it. */
import type { MediaFormat } from './template.ts';

export type RenderedHeader =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'media';
      /** Messages of the session window have more than templates can. */
      readonly format: MediaFormat | 'audio' | 'sticker';
      readonly url: string;
      readonly fileName: string | null;
    };

export type RenderedButton =
  | { readonly kind: 'quickReply'; readonly label: string }
  | { readonly kind: 'call'; readonly label: string; readonly phoneNumber: string }
  | { readonly kind: 'url'; readonly label: string; readonly url: string }
  | { readonly kind: 'copyCode'; readonly label: string; readonly coupon: string }
  | { readonly kind: 'other'; readonly type: string; readonly label: string };

export interface RenderedCard {
  readonly header: RenderedHeader | null;
  readonly body: string | null;
  readonly buttons: readonly RenderedButton[];
}

export interface RenderedMessage {
  readonly header: RenderedHeader | null;
  readonly body: string | null;
  readonly footer: string | null;
  /** `expirationTimeMs` as the template and the row give it, not yet checked to be a number. */
  readonly offer: { readonly text: string; readonly expirationTimeMs: string | null } | null;
  readonly buttons: readonly RenderedButton[];
  readonly cards: readonly RenderedCard[];
}
