/** Contract: the durable record that lets a run resume. One process holds it at a time. */
import type { Account } from './account.ts';
import type { Balance } from './balance.ts';
import type { Channel, Message } from './message.ts';
import type { Outcome } from './outcome.ts';

/** One request about to leave, with the rows it carries. */
export interface AttemptStart {
  /** Chosen by the caller, unique within the run. */
  readonly id: string;
  readonly rows: readonly number[];
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

export interface AttemptEnd {
  readonly id: string;
  readonly endedAt: number;
  readonly results: readonly AttemptResult[];
}

/** What an attempt ended in for one of its rows. */
export interface AttemptResult {
  readonly row: number;
  readonly outcome: Outcome;
  /**
   * Where the row goes: `pending` puts it back in line, also after a refusal that was not for its sake, and `fallback` does so as
   * its fallback, for good; everything else is its place until a person says otherwise.
   */
  readonly next: 'accepted' | 'rejected' | 'unknown' | 'pending' | 'fallback';
}

export interface RefusedRow {
  readonly row: number;
  /** By which it was refused last. */
  readonly channel: Channel;
  readonly code: string;
  /** The service's words. */
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly endedAt: number;
}

/** A row that may have gone out, as its newest attempt left it. */
export interface UnknownRow {
  readonly message: Message;
  /** The attempt was recorded; its request left later than this. Milliseconds since 1970. */
  readonly startedAt: number;
  /** Its request had left, or was given up for good, before this. Milliseconds since 1970. */
  readonly endedAt: number;
}

/** A message that was accepted, by the address it went to. */
export interface AcceptedTo {
  readonly message: Message;
  readonly messageId: string;
  /** When its attempt was recorded, and when it had its answer. Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
}

/** What was found out about an unknown row. */
export type Resolution =
  /** It went out: the service took it at `at` and calls it `messageId`. */
  | { readonly kind: 'accepted'; readonly row: number; readonly messageId: string; readonly at: number | null }
  /** It did not go out, and a person wants it to. */
  | { readonly kind: 'pending'; readonly row: number };

/** A message the service took and named, itself or the group it went with. */
export interface AcceptedRow {
  readonly message: Message;
  /** Null: not known yet. */
  readonly messageId: string | null;
  /** Null: it went by itself. */
  readonly groupMessageId: string | null;
  /** Milliseconds since 1970. */
  readonly acceptedAt: number;
}

/** Messages that the service took in one request and named together. */
export interface AcceptedGroup {
  readonly groupMessageId: string;
  readonly rows: number;
  /** Of those, how many whose own ids are not known. */
  readonly nameless: number;
  readonly firstRow: number;
  readonly lastRow: number;
  /** When its attempt was recorded, and when it had its answer. Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
}

/** A message of a group, as far as it is known. */
export interface GroupedRow {
  readonly message: Message;
  /** Its own id, or null while nobody has asked for it. */
  readonly messageId: string | null;
  /** What was told of it after it was accepted, or null. */
  readonly delivery: string | null;
}

/** What was found out about a message of a group. */
export interface GroupedFinding {
  readonly row: number;
  readonly messageId: string;
  readonly delivery: string | null;
}

/** An accepted message that the service has not yet told the end of. */
export interface UndeliveredRow {
  readonly message: Message;
  readonly messageId: string;
  /** When its attempt was recorded, and when it had its answer. Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
}

/** What the service tells of an accepted message. */
export interface DeliveryFinding {
  readonly row: number;
  /** `waitingDelivery` while it has not ended. */
  readonly delivery: string;
  /** Milliseconds since 1970; null where it did not arrive, or nobody says when. */
  readonly deliveredAt: number | null;
}

/** The one word of `delivery` after which another may follow. */
export const waitingDelivery = 'waiting';

/** Messages whose attempts began in the same second. */
export interface HandedOver {
  /** Seconds since 1970. */
  readonly second: number;
  readonly messages: number;
}

/** The last message to an address that was handed over, or may have been. */
export interface LastHandOver {
  readonly to: string;
  /** When its answer came, or it was given up. Milliseconds since 1970. */
  readonly at: number;
}

/** Where a `channel` is named, only what goes or went by it is asked about; where none is, everything. */
export interface Checkpoint {
  /**
   * Up to `limit` pending messages whose row is above `afterRow`, in list order; fewer only at the end.
   * `only` keeps those to one address (digits only). A row that fell back comes as its fallback, here and everywhere.
   */
  pending(afterRow: number, limit: number, only: string | null, channel?: Channel): Promise<readonly Message[]>;
  /** How many messages are pending. */
  inLine(channel?: Channel): Promise<number>;
  /**
   * Resolves when the attempts are on disk: a request may leave only then. Calls made together share one commit. Rejects,
   * with nothing of it recorded, where a row is not in line: what was accepted, refused or is unknown never goes again.
   */
  begin(attempts: readonly AttemptStart[]): Promise<void>;
  /** Resolves when the outcomes are on disk: they may be reported only then. An attempt ends once. */
  settle(ends: readonly AttemptEnd[]): Promise<void>;
  /**
   * Takes back attempts whose requests never left, as if they had not been begun, and puts their rows back in line.
   * Rejects for attempts that are not open.
   */
  withdraw(attempts: readonly AttemptStart[]): Promise<void>;
  /** Turns attempts that a dead process left open into unknown rows, and says how many rows. For the start of a run. */
  closeOpenAttempts(now: number): Promise<number>;
  /** Puts rejected rows back in line that `choose` picks by their refusal and the time it ended; says how many. */
  requeue(choose: (refused: RefusedRow) => boolean): Promise<number>;
  /** Up to `limit` unknown rows above `afterRow`, in list order; fewer only at the end. Open attempts are not among them. */
  unknownRows(afterRow: number, limit: number, channel?: Channel): Promise<readonly UnknownRow[]>;
  /**
   * Resolves when the rows stand, on disk, where the resolutions put them. What their attempts ended in stays on record. To be
   * called for unknown rows only, and never with a message id that another row of the run has.
   */
  resolveUnknown(resolutions: readonly Resolution[]): Promise<void>;
  /** Those of the message ids that some row of the run has. */
  knownMessageIds(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** The accepted rows to the addresses whose ids are known, in list order. */
  acceptedTo(addresses: readonly string[]): Promise<readonly AcceptedTo[]>;
  /** By row: the attempts in which it was accepted or may have been. Rows without such an attempt are absent. */
  handOversOf(rows: readonly number[], channel?: Channel): Promise<ReadonlyMap<number, ReadonlySet<string>>>;
  /** The message that was accepted last, or null before any. */
  lastAccepted(channel?: Channel): Promise<AcceptedRow | null>;
  /** The groups that have accepted messages, in the order of their attempts. */
  acceptedGroups(): Promise<readonly AcceptedGroup[]>;
  /** The accepted messages of a group, in list order. */
  rowsOfGroup(group: AcceptedGroup): Promise<readonly GroupedRow[]>;
  /**
   * Resolves when the findings are on disk. Where a row stands does not change. To be called for accepted messages of groups only,
   * and never with a message id that another row of the run has.
   */
  recordGrouped(findings: readonly GroupedFinding[]): Promise<void>;
  /** Up to `limit` accepted rows above `afterRow` that have an id and no delivery but `waitingDelivery`, in list order. */
  undeliveredRows(afterRow: number, limit: number, channel?: Channel): Promise<readonly UndeliveredRow[]>;
  /** Resolves when the findings are on disk. Where a row stands does not change. To be called for accepted rows only. */
  recordDeliveries(findings: readonly DeliveryFinding[]): Promise<void>;
  /** Those of the addresses to which a message was accepted whose own id is not known. */
  namelessAmong(addresses: readonly string[], channel?: Channel): Promise<ReadonlySet<string>>;
  /** What went out or may have, by the second, oldest first: every attempt of it that began at `since` (milliseconds since 1970) or later. */
  handedOverSince(since: number, channel?: Channel): Promise<readonly HandedOver[]>;
  /**
   * The addresses with a row that is accepted, rejected or unknown by an attempt that ended at `since` (milliseconds since
   * 1970) or later; each once, the oldest first. Rows that are back in line did not go out, and are not among them.
   */
  lastHandOversSince(since: number, channel?: Channel): Promise<readonly LastHandOver[]>;
  /** Resolves when it is on disk whose the run is, for a plan that was made without credentials. */
  bindAccount(account: Account): Promise<void>;
  balance(): Promise<Balance>;
  /** Waits for what is under way, leaves the record whole in one file, and lets go of the run. */
  close(): Promise<void>;
}
