/** A sign of the account, which stands in front of every text message, and the contract of who knows it. */
import type { ReviewStatus } from './review-status.ts';

/** The carriers of mainland China, each of which files a sign under its owner's real name. */
export const carriers = ['mobile', 'unicom', 'telecom'] as const;

export type Carrier = (typeof carriers)[number];

/**
 * Where the filing with a carrier stands. Source: GetSmsSign page. `toVerify`: filed, and not yet proved to work; `expired`:
 * not used for six months; `untold`: the service did not say.
 */
export type FilingStatus = 'notFiled' | 'filing' | 'failed' | 'toVerify' | 'expired' | 'filed' | 'untold';

export interface CarrierFiling {
  readonly carrier: Carrier;
  readonly status: FilingStatus;
  /** Why it failed, in the service's words; mostly none. */
  readonly reasons: readonly string[];
}

const filingWords = {
  notFiled: 'not filed',
  filing: 'being filed',
  failed: 'not filed, it failed',
  toVerify: 'filed, to be verified',
  expired: 'filing expired',
  filed: 'filed',
  untold: 'not told',
} as const satisfies Record<FilingStatus, string>;

/** Such as `mobile filed`, one for each carrier. */
export function describeFilings(filings: readonly CarrierFiling[]): readonly string[] {
  return filings.map(({ carrier, status }) => `${carrier} ${filingWords[status]}`);
}

export interface SmsSign {
  /** Without its brackets. */
  readonly name: string;
  readonly status: ReviewStatus;
  /** Why the review refused it, or null. */
  readonly reason: string | null;
  /** One for each carrier, in their order. */
  readonly filings: readonly CarrierFiling[];
}

export type SignLookup =
  | { readonly kind: 'found'; readonly sign: SmsSign }
  /** A definite no: the account has no such sign. */
  | { readonly kind: 'missing'; readonly code: string; readonly reason: string }
  /** The service did not tell; messages can go without. */
  | {
      readonly kind: 'untold';
      readonly code: string;
      readonly reason: string;
      /** The action that the caller lacks, where that is the reason. */
      readonly missingRight: string | null;
    };

export interface SignSource {
  /** Safe to call again. Throws an `OperatorError` of kind `access` where the service refuses the credentials themselves. */
  find(name: string): Promise<SignLookup>;
}
