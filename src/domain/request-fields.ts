/**
 * What a request can say beside the message: buttons' payloads, products, a flow's data, the service's own SMS fallback,
 * Viber's options. Read per row, since any of it may come from a column. Source of the rules, unless one is named: the
 * SendChatappMessage page.
 */

import type { JsonObject } from './json-value.ts';
import type { Channel } from './message.ts';

export interface ProductAction {
  readonly thumbnailProductRetailerId: string;
  readonly sections: readonly ProductSection[];
}

export interface ProductSection {
  readonly title: string;
  readonly productItems: readonly { readonly productRetailerId: string }[];
}

export interface FlowAction {
  readonly flowToken: string | null;
  readonly flowActionData: JsonObject | null;
}

/** The service's own way out when a message cannot be delivered: a text message. Accounts of the international site only. */
export interface SmsFallback {
  /** The id of a fallback that the console made. */
  readonly id: string;
  readonly content: string | null;
  /** After this time without a receipt of delivery, in seconds; null: only after a failure. */
  readonly durationSeconds: number | null;
  readonly rule: 'undelivered' | 'sentFailed' | null;
}

/** What is absent is not in the request. */
export interface RequestFields {
  /** One for each quick-reply button; comes back when it is pressed. */
  readonly payload?: readonly string[];
  readonly productAction?: ProductAction;
  readonly flowAction?: FlowAction;
  /** The id of the message that this one answers. */
  readonly contextMessageId?: string;
  /** An id of one's own that receipts repeat, instead of the one that sendoff makes of run and row. */
  readonly taskId?: string;
  readonly smsFallback?: SmsFallback;
  /** Viber: what the message is for. */
  readonly label?: 'promotion' | 'transaction';
  /** Viber: how long delivery is tried, in seconds. */
  readonly ttl?: number;
  /** Viber. */
  readonly tag?: string;
  /** Viber. */
  readonly trackingData?: string;
  readonly recipientType?: 'individual' | 'group';
  /** WhatsApp: sends without a template of one's own. */
  readonly category?: 'UTILITY' | 'MARKETING' | 'AUTHENTICATION';
}

export type RequestField = keyof RequestFields;

/** Every field, with the channels that take it. */
export const requestFieldChannels: Readonly<Record<RequestField, readonly Channel[]>> = {
  payload: ['whatsapp', 'messenger', 'instagram'],
  productAction: ['whatsapp'],
  flowAction: ['whatsapp'],
  contextMessageId: ['whatsapp', 'messenger', 'instagram'],
  taskId: ['whatsapp', 'viber', 'messenger', 'instagram'],
  smsFallback: ['whatsapp', 'viber'],
  label: ['viber'],
  ttl: ['viber'],
  tag: ['viber'],
  trackingData: ['viber'],
  recipientType: ['whatsapp'],
  category: ['whatsapp'],
};

/** In the order of the API page. */
export const requestFields = Object.keys(requestFieldChannels) as readonly RequestField[]; // the keys of the record above

/** What a request for many recipients has a place for. Source: the SendChatappMassMessage page, and its newest SDK. */
export const massRequestFields: readonly RequestField[] = [
  'payload',
  'productAction',
  'flowAction',
  'smsFallback',
  'recipientType',
];

/** Fields of the API that sendoff does not send, and why. */
export const refusedRequestFields: Readonly<Record<string, string>> = {
  custWabaId: 'the service has replaced it by custSpaceId',
  isvCode: 'the service has replaced it by custSpaceId',
  messageCampaignId: 'it is for tests of the service itself',
  adAccountId: 'it is for tests of the service itself',
  tokenType: 'it is for tests of the service itself',
};

export const noRequestFields: RequestFields = {};
