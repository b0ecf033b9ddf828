/** Contract: the service's own log of messages, by which an unknown row can be settled. */
import type { Channel, Message } from './message.ts';

/** One message as the service logged it. */
export interface LogEntry {
  readonly messageId: string;
  /** A second id that the log gives it, or null. Either may be the one that was told when it was sent. */
  readonly otherId: string | null;
  /** Our own id of the request that it went with, or null where the log does not tell it. */
  readonly ownRequestId: string | null;
  /** The recipient, digits only; null where the log hides or lacks it. */
  readonly to: string | null;
  /** The service's word for it, or null where it does not say. */
  readonly templateCode: string | null;
  readonly language: string | null;
  /** Milliseconds since 1970 by the service's clock; null where it cannot be read. */
  readonly sentAt: number | null;
  /** Whatever the log says of the words: the text as it was read, the params, something else, or null. */
  readonly text: string | null;
  /** What became of it after it was accepted, in the log's words; null where nothing went wrong so far. */
  readonly delivery: string | null;
}

export interface LogQuery {
  /** Whose sender, recipient and template the entries have. */
  readonly like: Message;
  /** Milliseconds since 1970, both included. */
  readonly from: number;
  readonly until: number;
  /** Only the one that was told under this id when it was accepted, where the log can be asked by it; else any, as where it is absent. */
  readonly messageId?: string | null;
}

/** For the messages of one request, whoever got them. */
export interface GroupLogQuery extends LogQuery {
  readonly groupMessageId: string;
}

export type LogReading =
  /** Everything that the log has now; each entry once. */
  | { readonly kind: 'whole'; readonly entries: readonly LogEntry[] }
  /** No answer to some part of the question, after the log's own retries. */
  | { readonly kind: 'broken'; readonly code: string; readonly reason: string };

export interface MessageLog {
  /** Messages of other channels are not in it. */
  readonly channels: readonly Channel[];
  /** Nothing from before this moment is in it, milliseconds since 1970; null: it was there before every run. */
  readonly beginsAt: number | null;
  /** What is older is not in it any more, in milliseconds; null: it keeps everything, or does not say. */
  readonly keepsMs: number | null;
  /** Whether its entries have the ids that were told when they were accepted. Where not, it can be asked by such an id. */
  readonly tellsIds: boolean;
  /**
   * Messages that the business sent, none that it received. Safe to call again. Throws an `OperatorError` of kind `access` or
   * `blocked` when the service refuses the caller.
   */
  read(query: LogQuery): Promise<LogReading>;
  /** The same for the messages that the service took in one request and named together; `like` is any of them. */
  readGroup(query: GroupLogQuery): Promise<LogReading>;
}
