/** Contract: the templates of an account as a whole. They are listed, written, changed and deleted here. */
import type { TemplateDraft } from './template-draft.ts';

/** Where the review stands. `other` is a word beyond the review, such as `paused`. */
export type ReviewState = 'approved' | 'refused' | 'reviewing' | 'unreviewed' | 'other';

/** One language variant, as the list tells it. */
export interface TemplateListing {
  readonly code: string;
  readonly name: string;
  readonly language: string;
  readonly review: ReviewState;
  /** The service's own word for the state. */
  readonly statusWord: string;
  readonly category: string | null;
  /** WHATSAPP or VIBER. */
  readonly type: string | null;
  /** Why the review refused it, or null. */
  readonly reason: string | null;
}

/** What is absent does not matter. */
export interface TemplateFilter {
  readonly code?: string | undefined;
  /** A part of the name. */
  readonly name?: string | undefined;
  readonly language?: string | undefined;
  readonly category?: string | undefined;
  readonly type?: 'WHATSAPP' | 'VIBER' | undefined;
  readonly review?: Exclude<ReviewState, 'other'> | undefined;
}

export interface WrittenTemplate {
  readonly code: string;
  readonly name: string;
}

/**
 * Every member throws an `OperatorError` of kind `access`, `blocked` or `unreachable` when the service refuses the caller
 * or the request, or does not answer.
 */
export interface TemplateDirectory {
  /** Every variant that fits the filter, over all pages, in the service's order. Safe to call again. */
  list(filter: TemplateFilter): AsyncIterable<TemplateListing>;
  /**
   * Hands a draft to the review. Tried again only where it was definitely not taken: without an answer nobody knows
   * whether the template exists, and the error says so.
   */
  create(draft: TemplateDraft): Promise<WrittenTemplate>;
  /** Replaces the parts of a variant that is not reviewed or was refused, and hands it to the review again. */
  modify(code: string, draft: TemplateDraft): Promise<WrittenTemplate>;
  /** Deletes one variant, or with null the template in all of its languages. There is no way back. */
  delete(code: string, language: string | null): Promise<void>;
}
