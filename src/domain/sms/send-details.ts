/** Contract: what the service knows of the text messages to one number, by which they can be found and followed. */

export interface SendDetail {
  /** What the carrier said of it; `waiting` while it has not. */
  readonly status: 'waiting' | 'failed' | 'delivered' | 'unknown';
  /** The carrier's code, such as `MOBILE_NOT_ON_SERVICE` or `DELIVERED`; null while there is none. */
  readonly carrierCode: string | null;
  /** The message as it was read, with its sign; codes in it may be masked. Null where the service does not say. */
  readonly text: string | null;
  readonly templateCode: string | null;
  /** Our own id, of the message or of its request. The service does not tell its own. */
  readonly outId: string | null;
  /** Milliseconds since 1970 by the service's clock; null where they cannot be read. */
  readonly sentAt: number | null;
  readonly receivedAt: number | null;
}

export interface DetailsQuery {
  /** Digits only, with country code. */
  readonly to: string;
  /** Milliseconds since 1970, both included. The service keeps 30 days, and is asked for whole days. */
  readonly from: number;
  readonly until: number;
  /** The id that the service gave the request; null: all messages to the number. */
  readonly bizId: string | null;
}

export type DetailsReading =
  /** Everything that the service has now of the days, which may be more than was asked for. */
  | { readonly kind: 'whole'; readonly details: readonly SendDetail[] }
  /** No answer to some part of the question, after the source's own retries. */
  | { readonly kind: 'broken'; readonly code: string; readonly reason: string };

export interface SendDetails {
  /** How far back a message may lie that it is asked about, in milliseconds. It refuses, or says nothing of, what is older. */
  readonly keepsMs: number;
  /**
   * Safe to call again. Throws an `OperatorError` of kind `access` or `blocked` when the service refuses the caller. Right
   * after a send it may not know the message yet; how soon it does is not documented.
   */
  read(query: DetailsQuery): Promise<DetailsReading>;
}

/**
 * What messages to a number are called that were found by their details, which do not tell the id of their request: ids of our
 * own, the same at every reading. Operators may give all their requests one OutId, so that the time is part of the id, and where
 * even that is the same, the words decide which is the second.
 */
export function foundMessageIds(details: readonly SendDetail[], to: string): readonly string[] {
  const nameOf = ({ outId, sentAt }: SendDetail) => `${outId ?? ''}@${to}@${sentAt ?? ''}`;
  return details.map((detail, index) => {
    const before = details.filter((other, at) => {
      if (nameOf(other) !== nameOf(detail)) return false;
      const [one, two] = [other.text ?? '', detail.text ?? ''];
      return one < two || (one === two && at < index);
    }).length;
    return before === 0 ? nameOf(detail) : `${nameOf(detail)}.${before}`;
  });
}

/** The service's id of the request under which a message was accepted; null where it was found, and has an id of ours. */
export function bizIdOf(messageId: string): string | null {
  return isFoundMessageId(messageId) ? null : messageId;
}

/** The details of one accepted message, of those that the service has of its number and of its request where that has an id. */
export function detailsUnder(messageId: string, to: string, details: readonly SendDetail[]): readonly SendDetail[] {
  if (!isFoundMessageId(messageId)) return details;
  const ids = foundMessageIds(details, to);
  return details.filter((_, index) => ids[index] === messageId);
}

/** The service's own ids have no such sign. */
function isFoundMessageId(id: string): boolean {
  return id.includes('@');
}
