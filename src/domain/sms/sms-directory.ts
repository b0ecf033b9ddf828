/** Contract: the signs and templates that an account has for text messages. They are listed here, and written in the console. */
import type { ReviewStatus } from './review-status.ts';
import type { SmsSign } from './sms-sign.ts';
import type { SmsTemplateKind } from './sms-template.ts';

interface Listing {
  readonly status: ReviewStatus;
  /** The service's own word for the state. */
  readonly statusWord: string;
  /** Why the review refused it, or null. */
  readonly reason: string | null;
  /** As the service writes it, `yyyy-MM-dd HH:mm:ss` of China's clock, or null. */
  readonly createdAt: string | null;
}

export interface SignListing extends Listing {
  /** Without its brackets. */
  readonly name: string;
  /** The service's own word for what it is for, or null. */
  readonly type: string | null;
}

export interface SmsTemplateListing extends Listing {
  readonly code: string;
  readonly name: string;
  /** Null for a number that this version does not know. */
  readonly kind: SmsTemplateKind | null;
  /** With `${name}` for variables. */
  readonly text: string;
}

/**
 * Every member is safe to call again, and throws an `OperatorError` of kind `access`, `blocked` or `unreachable` when the
 * service refuses the caller or the request, or does not answer.
 */
export interface SmsDirectory {
  /** All of them, over all pages, in the service's order. */
  signs(): AsyncIterable<SignListing>;
  templates(): AsyncIterable<SmsTemplateListing>;
  /** One sign with its filings, by its exact name; null where the account has none of that name. */
  sign(name: string): Promise<SmsSign | null>;
}
