/** A campaign: what the operator wants. The campaign file and the flags both become this value. */
import type { DailyCap } from './daily-cap.ts';
import type { Channel } from './message.ts';
import type { Rate } from './quota.ts';
import type { RequestField } from './request-fields.ts';
import type { TextTree } from './text-tree.ts';

export type ListFormat = 'csv' | 'tsv' | 'json' | 'jsonl';

/** Where the value of a variable comes from. */
export type ParamSource =
  /** The name of a column, matched like every header. */
  | { readonly kind: 'column'; readonly column: string }
  /** A Liquid text over the row's columns. */
  | { readonly kind: 'text'; readonly text: string };

export type LanguageChoice =
  | { readonly kind: 'fixed'; readonly language: string }
  | { readonly kind: 'column'; readonly column: string; readonly fallback: string | null };

/** A registered template, and what fills it. */
export interface TemplateChoice {
  readonly code: string;
  readonly language: LanguageChoice;
  /** By variable. A variable without an entry takes the column of its own name. */
  readonly params: Readonly<Record<string, ParamSource>>;
}

/** Where the content of a session message comes from. */
export type ContentSource =
  /** Its fields, with Liquid texts over the row's columns in them. */
  | { readonly kind: 'fields'; readonly fields: { readonly [field: string]: TextTree } }
  /** The name of a column that holds it as JSON. */
  | { readonly kind: 'column'; readonly column: string };

/** A message in words of one's own, which goes only to people who wrote to the sender within the last 24 hours. */
export interface SessionChoice {
  /** The service's MessageType, such as `text` or `interactive`. */
  readonly type: string;
  readonly content: ContentSource;
}

/** A registered template of Short Message Service, and the sign in front of it. */
export interface SmsChoice {
  /** The approved signature, without its brackets, for all rows or by a column. */
  readonly sign: SignChoice;
  readonly code: string;
  /** By variable. A variable without an entry takes the column of its own name. */
  readonly params: Readonly<Record<string, ParamSource>>;
  /** Digits behind the sender's number, as a Liquid text; null: none. */
  readonly extendCode: string | null;
  /** An id of one's own, as a Liquid text; null: run id and row. */
  readonly outId: string | null;
}

export type SignChoice =
  | { readonly kind: 'fixed'; readonly sign: string }
  | { readonly kind: 'column'; readonly column: string };

export type CampaignContent =
  | ({ readonly kind: 'template' } & TemplateChoice)
  | ({ readonly kind: 'session' } & SessionChoice)
  | ({ readonly kind: 'sms' } & SmsChoice);

/** What a row goes out as when its message was refused for one of these reasons. */
export type Fallback = TemplateFallback | SmsFallback;

/** Only a message in words of one's own falls back to a template. */
export interface TemplateFallback {
  readonly kind: 'template';
  readonly template: TemplateChoice;
  /** Codes of refusals; never empty. */
  readonly on: readonly string[];
}

/** A text message, which goes by a service of its own. */
export interface SmsFallback {
  readonly kind: 'sms';
  readonly sms: SmsChoice;
  /** Codes of refusals; never empty. */
  readonly on: readonly string[];
  /** How its requests leave, beside those of the campaign itself and its quota. */
  readonly send: Pick<Campaign['send'], 'mode' | 'rate'>;
}

/** What WhatsApp files a template under, and charges it by. */
export type TemplateCategory = 'MARKETING' | 'UTILITY' | 'AUTHENTICATION';

/**
 * `single`: a request a message, each with an id of its own. `mass`: up to 1,000 recipients a request, named together.
 * `batch`: the same of text messages.
 */
export type SendMode = 'single' | 'mass' | 'batch';

/** Stop when, after at least `atLeast` answers, this many failed: a share from 0 to 1, or a number. */
export interface StopAfter {
  readonly failures:
    | { readonly kind: 'share'; readonly share: number }
    | { readonly kind: 'count'; readonly count: number };
  readonly atLeast: number;
}

export interface RecipientList {
  /** A path, or `-` for standard input. */
  readonly file: string;
  /** Null: told by the file's name. */
  readonly format: ListFormat | null;
  /** Null: found from the header line. */
  readonly delimiter: string | null;
  /** Null: recognised from the bytes. */
  readonly encoding: string | null;
  /** The column with the address. */
  readonly to: string;
  /** ISO 3166 code that reads national numbers, such as `CN`; null: every number needs its country code. */
  readonly country: string | null;
  /** A list of addresses never to write to, or null. */
  readonly suppress: string | null;
}

export interface Campaign {
  readonly name: string;
  readonly channel: Channel;
  /** The sender, digits only; empty for text messages, which carry a sign instead. */
  readonly from: string;
  /** The space of the customer that a partner (ISV) sends for, or the instance of a direct customer; null: the account's own. */
  readonly custSpaceId: string | null;
  readonly recipients: RecipientList;
  readonly content: CampaignContent;
  /** Null: a refused row stays refused. Only campaigns of WhatsApp have one. */
  readonly fallback: Fallback | null;
  /** A list of prices, or null. It estimates only: nobody gets other words by it. */
  readonly rates: string | null;
  /** Fields of the request beside the message itself, as Liquid texts over the row's columns; by `RequestField`. */
  readonly request: Readonly<Partial<Record<RequestField, TextTree>>>;
  /** What must be true of the template, beside what every template needs. */
  readonly expect: {
    /** Null: any. */
    readonly category: TemplateCategory | null;
  };
  readonly send: {
    readonly mode: SendMode;
    /** The account's quota, in requests: see `defaultRates`. In mode `single` a request is a message. */
    readonly rate: Rate;
    /** What the sender itself may emit, in messages, or null when the operator did not say. */
    readonly senderRate: Rate | null;
    /** Requests in flight at most. */
    readonly concurrency: number;
    /** Null: never stop for the number of failures. */
    readonly stopAfter: StopAfter | null;
    /** Stop after this time, resumable; null: no bound. */
    readonly maxDurationMs: number | null;
    /** Stop, resumable, once so many messages went out in 24 hours. */
    readonly dailyCap: DailyCap;
  };
}

/** The one template of the chat channels in a campaign, whether it is the message or stands in for it; null where there is none. */
export function templateOf({ content, fallback }: Pick<Campaign, 'content' | 'fallback'>): TemplateChoice | null {
  if (content.kind === 'template') return content;
  return fallback?.kind === 'template' ? fallback.template : null;
}

/** The text message of a campaign, whether it is the message or stands in for it; null where there is none. */
export function smsOf({ content, fallback }: Pick<Campaign, 'content' | 'fallback'>): SmsChoice | null {
  if (content.kind === 'sms') return content;
  return fallback?.kind === 'sms' ? fallback.sms : null;
}

/** The channel of what stands in for refused messages, where it is not that of the campaign; null: nothing goes by another. */
export function fallbackChannelOf({ fallback }: Pick<Campaign, 'fallback'>): Channel | null {
  return fallback?.kind === 'sms' ? 'sms' : null;
}

/** Everything that messages of a campaign may go by: its own channel first. */
export function channelsOf(campaign: Pick<Campaign, 'channel' | 'fallback'>): readonly [Channel, ...Channel[]] {
  const fallback = fallbackChannelOf(campaign);
  return fallback === null ? [campaign.channel] : [campaign.channel, fallback];
}

/** What a campaign says, in a few words: `template order_shipped`, `text message, or template come_back`. */
export function describeContent({ content, fallback }: Pick<Campaign, 'content' | 'fallback'>): string {
  const said = content.kind === 'session' ? `${content.type} message` : `template ${content.code}`;
  return fallback === null ? said : `${said}, or ${describeFallback(fallback)}`;
}

/** What stands in for refused messages: `template come_back`, `text message SMS_100001`. */
export function describeFallback(fallback: Fallback): string {
  return fallback.kind === 'template' ? `template ${fallback.template.code}` : `text message ${fallback.sms.code}`;
}
