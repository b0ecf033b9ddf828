/** What a run file says of itself: the frozen plan. */
import type { Account } from './account.ts';
import type { Campaign } from './campaign.ts';
import type { Severity } from './finding.ts';
import type { FindingCode } from './finding-codes.ts';
import type { Channel } from './message.ts';
import type { Sender } from './sender.ts';
import type { SmsSign } from './sms/sms-sign.ts';

/** Which service the messages go to. `emulator` is every local http endpoint: nothing leaves this machine. */
export type Service =
  | { readonly kind: 'alibaba-cloud'; readonly endpoint: string }
  | { readonly kind: 'emulator'; readonly endpoint: string };

/** A template as it was when the plan was made: one language variant, or one of text messages. */
export interface FrozenTemplate {
  /** What it goes by. */
  readonly channel: Channel;
  readonly code: string;
  /** Empty for text messages, whose templates have none. */
  readonly language: string;
  /** Canonical JSON of the service's answer: see `TemplateLookup`. */
  readonly detail: string;
}

export interface Count {
  readonly name: string;
  readonly rows: number;
}

export interface FindingCount {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly findings: number;
}

/** An estimate: the service bills by its own prices. */
export interface PlanCost {
  /** In millionths of the list's currency. */
  readonly micros: number;
  /** Messages to send that the list has no price for; they are not in the sum. */
  readonly unpriced: number;
  /** Whether templates of WhatsApp are in it; false: text messages alone. */
  readonly templates: boolean;
}

export interface PlanSummary {
  readonly rows: number;
  readonly toSend: number;
  readonly duplicates: number;
  readonly suppressed: number;
  readonly invalid: number;
  /** Segments of all text messages to send, or that may go out instead of others, as they are billed; null where there are none. */
  readonly segments: number | null;
  /** What all of it may cost at most by the operator's own list of prices; null where there is none. */
  readonly cost: PlanCost | null;
  /** Requests that they ride in; null for the chat channels. */
  readonly requests: number | null;
  /** Messages to the address that gets the most of them, at least 1. */
  readonly mostToOne: number;
  /** Messages to send by template language and by country of the address; largest first. */
  readonly languages: readonly Count[];
  readonly countries: readonly Count[];
  /** Largest first. */
  readonly findings: readonly FindingCount[];
}

export type FrozenSign = Pick<SmsSign, 'name' | 'filings'>;

export interface PlanRecord {
  readonly runId: string;
  /** The sendoff version that planned it. */
  readonly version: string;
  readonly campaign: Campaign;
  readonly service: Service;
  /** What carries the messages that stand in for refused ones; null where the same service does, or there are none. */
  readonly fallbackService: Service | null;
  /** Whose it is; null where no credentials were needed to plan it, until the first message leaves. */
  readonly account: Account | null;
  /** Milliseconds since 1970. */
  readonly plannedAt: number;
  /** After this moment a first send is refused; null: never. */
  readonly validUntil: number | null;
  /** Header names of the list, in its order. */
  readonly columns: readonly string[];
  readonly templates: readonly FrozenTemplate[];
  /** The signs of its text messages that were approved, as the service told them. */
  readonly signs: readonly FrozenSign[];
  /** The sender as the service told it, or null where it was not asked or did not tell. */
  readonly sender: Sender | null;
  /** SHA-256, hex, of the campaign as a value (without where its list lies), of the list's bytes, of the templates. */
  readonly digests: { readonly campaign: string; readonly list: string; readonly template: string };
  readonly summary: PlanSummary;
}
