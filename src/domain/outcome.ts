/** How one attempt ended. Adapters return it for every answer and throw only for bugs. */

/** Whom a refusal concerns, from the catalogue: one row, the whole campaign, the account, or nobody for long. */
export type Scope = 'row' | 'campaign' | 'account' | 'transient';

/** The service's own answer to a request it took. */
export interface Refusal {
  /** The service's code, such as `InvalidParameter.PhoneNumberError` or `131026`. */
  readonly code: string;
  /** The service's words, redacted: no address, no link, no message text. */
  readonly reason: string;
  readonly scope: Scope;
  /** The id by which the service's support finds the request, or null. */
  readonly requestId: string | null;
  /** The action that the caller lacks, where that is the reason, such as `cams:SendChatappMessage`. */
  readonly missingRight?: string;
}

export type Outcome =
  /** The service took it and named it, or the request it came in: then its id and its number name it. Accepted is not delivered. */
  | { readonly kind: 'accepted'; readonly messageId: string; readonly requestId: string | null }
  /** The service took it together with others and named only the group; its own id comes to light later. */
  | {
      readonly kind: 'accepted';
      readonly messageId: null;
      readonly groupMessageId: string;
      readonly requestId: string | null;
    }
  /** A definite no: it did not and will not go out. */
  | ({ readonly kind: 'rejected' } & Refusal)
  /** A definite not-now: it did not go out, and the same request may be accepted later. */
  | ({ readonly kind: 'throttled'; readonly retryAfterMs: number | null } & Refusal)
  /** The connection was never made, so nothing was handed over. */
  | { readonly kind: 'unreachable'; readonly code: string; readonly reason: string }
  /** It may have gone out. Nothing resends it silently. */
  | { readonly kind: 'unknown'; readonly code: string; readonly reason: string; readonly requestId: string | null };
