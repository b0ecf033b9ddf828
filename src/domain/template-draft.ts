/** A template as its author writes it, one language of it, before the service has seen it. */
import type { MediaFormat } from './template.ts';

/** Source: CreateChatappTemplate page, Category of WhatsApp templates. */
export const draftCategories = ['UTILITY', 'MARKETING', 'AUTHENTICATION'] as const;
export type DraftCategory = (typeof draftCategories)[number];

export type DraftHeader =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'media';
      readonly format: MediaFormat;
      readonly url: string;
      readonly fileName: string | null;
      readonly caption: string | null;
    };

/** The service writes the text of an authentication template itself, so that `text` is null there. */
export interface DraftBody {
  readonly text: string | null;
  /** Adds "for your security, do not share this code" to an authentication template. */
  readonly addSecretRecommendation: boolean | null;
}

export interface DraftFooter {
  readonly text: string | null;
  /** Adds "this code expires in … minutes" to an authentication template. */
  readonly codeExpirationMinutes: number | null;
}

export interface DraftOffer {
  readonly text: string;
  readonly hasExpiration: boolean;
}

export interface DraftApp {
  readonly packageName: string;
  readonly signatureHash: string;
}

/** Types as the service names them. */
export type DraftButton =
  | { readonly type: 'PHONE_NUMBER'; readonly text: string; readonly phoneNumber: string }
  | { readonly type: 'URL'; readonly text: string; readonly url: string }
  | { readonly type: 'QUICK_REPLY'; readonly text: string; readonly isOptOut: boolean | null }
  /** With a coupon code, or in an authentication template without one: there it copies the code of the body. */
  | { readonly type: 'COPY_CODE'; readonly text: string | null; readonly couponCode: string | null }
  | {
      readonly type: 'ONE_TAP' | 'ZERO_TAP';
      readonly text: string;
      readonly autofillText: string;
      /** The app that takes the code; further ones are in `supportedApps`. */
      readonly app: DraftApp;
      readonly supportedApps: readonly DraftApp[];
    }
  | { readonly type: 'CATALOG' | 'MPM'; readonly text: string }
  | {
      readonly type: 'FLOW';
      readonly text: string;
      readonly flowId: string;
      readonly flowAction: 'NAVIGATE' | 'DATA_EXCHANGE' | null;
      readonly navigateScreen: string | null;
    };

export type DraftButtonType = DraftButton['type'];

export interface DraftCard {
  readonly header: DraftHeader | null;
  readonly body: string | null;
  readonly buttons: readonly DraftButton[];
}

export interface TemplateDraft {
  readonly name: string;
  readonly category: DraftCategory;
  readonly language: string;
  readonly header: DraftHeader | null;
  readonly body: DraftBody | null;
  readonly footer: DraftFooter | null;
  readonly offer: DraftOffer | null;
  readonly buttons: readonly DraftButton[];
  readonly cards: readonly DraftCard[];
  /** By variable. */
  readonly examples: Readonly<Record<string, string>>;
  /** Whether the review may put it in another category; null leaves it to the service. */
  readonly allowCategoryChange: boolean | null;
  /** How long WhatsApp tries to deliver an authentication message; only for accounts that were admitted to it. */
  readonly messageSendTtlSeconds: number | null;
  /** The space of a customer, for those who work on behalf of others. */
  readonly custSpaceId: string | null;
}
