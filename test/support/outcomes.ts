/** One outcome of every kind, for tests that only need some. */
import type { Outcome, Scope } from '../../src/domain/outcome.ts';

export const accepted: Outcome = { kind: 'accepted', messageId: 'message-1', requestId: 'request-1' };

/** Accepted together with others. */
export const acceptedIn = (groupMessageId: string): Outcome => ({
  kind: 'accepted',
  messageId: null,
  groupMessageId,
  requestId: 'request-1',
});

export const unknown: Outcome = { kind: 'unknown', code: 'TIMEOUT', reason: 'no answer in time', requestId: null };

export const unreachable: Outcome = { kind: 'unreachable', code: 'ECONNREFUSED', reason: 'connection refused' };

export function rejected(scope: Scope = 'row', code = 'PhoneNumber.Illegal'): Outcome {
  return { kind: 'rejected', code, reason: 'the service said no', scope, requestId: 'request-2' };
}

export function throttled(retryAfterMs: number | null = null): Outcome {
  return {
    kind: 'throttled',
    code: 'Throttling.User',
    reason: 'slow down',
    scope: 'transient',
    requestId: 'request-3',
    retryAfterMs,
  };
}
