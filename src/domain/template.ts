/** The template model: what was registered with the service, in sendoff's own words. Adapters fill it. */

import type { SmsTemplateFacts } from './sms/sms-template.ts';

/** A text with variables, cut into its pieces. `raw` is the text as registered. */
export interface TemplateText {
  readonly raw: string;
  readonly pieces: readonly TextPiece[];
}

export type TextPiece =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string };

export type MediaFormat = 'image' | 'video' | 'document';

export type TemplateHeader =
  | { readonly kind: 'text'; readonly text: TemplateText }
  | {
      readonly kind: 'media';
      readonly format: MediaFormat;
      readonly url: TemplateText;
      readonly fileName: string | null;
    };

export type TemplateButton =
  | { readonly kind: 'quickReply'; readonly label: string }
  | { readonly kind: 'call'; readonly label: string; readonly phoneNumber: string }
  | { readonly kind: 'url'; readonly label: string; readonly url: TemplateText }
  | { readonly kind: 'copyCode'; readonly label: string; readonly coupon: TemplateText }
  /** One-tap, zero-tap, catalogue, multi-product and flow buttons: shown, sent as registered, without variables. */
  | { readonly kind: 'other'; readonly type: string; readonly label: string };

export interface TemplateCard {
  readonly header: TemplateHeader | null;
  readonly body: TemplateText | null;
  readonly buttons: readonly TemplateButton[];
}

export interface TemplateOffer {
  readonly text: TemplateText;
  /** Milliseconds since 1970 as text, usually one variable. Null when the offer does not expire. */
  readonly expirationTimeMs: TemplateText | null;
}

/** Where the review stands. `unknown` carries a word this version does not know in `statusWord`. */
export type TemplateStatus = 'approved' | 'pending' | 'rejected' | 'cancelled' | 'paused' | 'disabled' | 'unknown';

/** One language variant of a template. */
export interface Template {
  readonly code: string;
  readonly name: string;
  /** Case-sensitive code of the service, such as `zh_CN`; empty for text messages, whose templates have no variants. */
  readonly language: string;
  readonly status: TemplateStatus;
  /** The service's own word for the status. */
  readonly statusWord: string;
  /** Why the review refused it, or null. */
  readonly reason: string | null;
  /** UTILITY, MARKETING, AUTHENTICATION, or null when the service did not say. */
  readonly category: string | null;
  /** GREEN, YELLOW, RED, UNKNOWN, or null. */
  readonly quality: string | null;
  readonly header: TemplateHeader | null;
  readonly body: TemplateText | null;
  readonly footer: string | null;
  readonly offer: TemplateOffer | null;
  readonly buttons: readonly TemplateButton[];
  readonly cards: readonly TemplateCard[];
  /** Sample values given with the registration, by variable. */
  readonly examples: Readonly<Record<string, string>>;
  /** Component types the service sent and this model has no place for. */
  readonly unsupported: readonly string[];
  /** What only a template of Short Message Service has; null for those of other channels. */
  readonly sms: SmsTemplateFacts | null;
}
