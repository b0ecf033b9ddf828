/** Contract: one way of handing messages to a service. */
import type { Message } from './message.ts';
import type { Outcome } from './outcome.ts';

export interface Provider {
  /** For logs and errors, such as `cams`. */
  readonly name: string;
  /** How many messages one request may carry at most: 1 for CAMS, 1,000 for its mass sending; bulk SMS takes 100 or 1,000. */
  readonly maxMessagesPerRequest: number;
  /**
   * True: a request ends at the first message that does not ride in it, so that the list keeps its order. Absent: such
   * messages are passed over for later ones that do.
   */
  readonly inOrder?: boolean;
  /**
   * Whether `next` may ride in one request with `batch`, which is not empty and below the maximum. Whatever rides together may
   * also ride in parts: some of the messages of a batch, in its order, are a batch.
   */
  fits(batch: readonly Message[], next: Message): boolean;
  /**
   * Whether a request has one answer, which is then the outcome of each of its messages: a refusal may be owed to any one
   * of them, and the service has taken none. False where every message has an answer of its own.
   */
  readonly refusesTogether: boolean;
  /**
   * Hands the batch over in exactly one request and answers with one outcome a message, in the same order. It never
   * tries again by itself and never throws for anything the service or the network does: what cannot be told for
   * certain is `unknown`. The request leaves in the turn of the event loop in which this is called, as far as the SDK
   * allows, since the quota counts from that moment.
   */
  send(batch: readonly Message[]): Promise<readonly Outcome[]>;
}
