/** Contract: the qualifications of an account, which prove who owns its signs. They hold personal data. */
import type { ReviewStatus } from './review-status.ts';

/** Before it is handed in a qualification is `unfinished`. */
export type QualificationStatus = ReviewStatus | 'unfinished';

export interface QualificationListing {
  readonly id: string;
  readonly name: string;
  readonly company: string | null;
  readonly legalPerson: string | null;
  readonly status: QualificationStatus;
  /** The service's own word for the state. */
  readonly statusWord: string;
  /** What the review says, or null. */
  readonly remark: string | null;
  /** As the service writes it, `yyyy-MM-dd HH:mm:ss` of China's clock, or null. */
  readonly createdAt: string | null;
}

/** A person as the qualification has them; what the service leaves out is null. */
export interface QualifiedPerson {
  readonly name: string | null;
  readonly idCard: string | null;
  /** The service's word for the kind of card. */
  readonly idCardType: string | null;
  /** As the service writes it. */
  readonly idCardValid: string | null;
  readonly phone: string | null;
}

export interface Qualification {
  readonly id: string;
  readonly name: string;
  readonly company: string | null;
  readonly companyType: string | null;
  /** Of the business licence. */
  readonly organizationCode: string | null;
  /** As the service writes it. */
  readonly valid: string | null;
  readonly status: QualificationStatus;
  readonly statusWord: string;
  readonly legalPerson: QualifiedPerson;
  readonly admin: QualifiedPerson;
  /** Links to pictures of cards, licences and other papers. */
  readonly papers: readonly string[];
  readonly remark: string | null;
}

/**
 * Every member is safe to call again, and throws an `OperatorError` of kind `access`, `blocked` or `unreachable` when the
 * service refuses the caller or the request, or does not answer.
 */
export interface Qualifications {
  /** All of them, over all pages, in the service's order. */
  list(): AsyncIterable<QualificationListing>;
  /** `id` is that of the list. */
  read(id: string): Promise<Qualification>;
}
