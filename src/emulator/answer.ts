/** What the service answers, before any fault spoils it. Source: the response tables of the CAMS API pages. */
import { randomUUID } from 'node:crypto';
import type { Refusal } from './refusals.ts';

export interface Answer {
  readonly status: number;
  /** `OK`, or the code of the refusal: the same as `Code` in the body. */
  readonly code: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** `fields` stand beside Code, Message and RequestId at the top level. */
export function okAnswer(fields: Readonly<Record<string, unknown>>): Answer {
  return { status: 200, code: 'OK', body: { RequestId: newRequestId(), Code: 'OK', Message: 'OK', ...fields } };
}

export function refusalAnswer({ status, code, message, accessDenied }: Refusal): Answer {
  const detail = accessDenied === undefined ? {} : { AccessDeniedDetail: accessDenied };
  return { status, code, body: { RequestId: newRequestId(), Code: code, Message: message, ...detail } };
}

function newRequestId(): string {
  return randomUUID().toUpperCase();
}
