/** How Short Message Service says no to a request that is whole: HTTP 200, with a code that is not OK. */
import type { Refusal } from '../refusals.ts';
import { smsRefusalWords } from './sms-refusal-words.ts';

export type SmsRefusalCode = keyof typeof smsRefusalWords;

/** `detail` is put behind the service's words: what the emulator saw, for whoever reads its answer. */
export function refuseSms(code: SmsRefusalCode, detail?: string): Refusal {
  const words = smsRefusalWords[code];
  return { status: 200, code, message: detail === undefined ? words : `${words} (${detail})` };
}

/** A parameter that is not there: the gateway's refusal, with HTTP 400. The words are as callers have seen them. */
export function missing(name: string): Refusal {
  return { status: 400, code: `Missing${name}`, message: `${name} is mandatory for this action.` };
}
