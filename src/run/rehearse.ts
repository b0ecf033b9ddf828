/**
 * A dry run: the whole loop with everything real but the requests. Nothing is recorded, so the run file stays as it is,
 * and nothing is held back by the quota, since nothing leaves.
 */
import type { Provider } from '../domain/provider.ts';
import type { Quota } from '../domain/quota.ts';
import type { LoopCheckpoint } from './lane.ts';

export function rehearsedCheckpoint(inner: LoopCheckpoint): LoopCheckpoint {
  let accepted = 0;
  return {
    ...inner,
    begin: async () => {},
    settle: async (ends) => {
      accepted += ends.reduce((sum, { results }) => sum + results.length, 0);
    },
    withdraw: async () => {},
    // Only a daily cap asks, and only the first lane has one: what is accepted by then went by that lane.
    inLine: async (channel) => (await inner.inLine(channel)) - accepted,
  };
}

export function rehearsedProvider(inner: Provider): Provider {
  return {
    ...inner,
    send: async (batch) => batch.map(() => ({ kind: 'accepted', messageId: 'dry-run', requestId: null })),
  };
}

export function rehearsedQuota(inner: Quota): Quota {
  return { ...inner, depart: async (start) => ({ answer: start() }) };
}
