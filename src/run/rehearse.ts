/**
 * A dry run: the whole loop with everything real but the requests. Nothing is recorded, so the run file stays as it is,
 * and nothing is held back by the quota, since nothing leaves.
 */
import type { Checkpoint } from '../domain/checkpoint.ts';
import type { Provider } from '../domain/provider.ts';
import type { Quota } from '../domain/quota.ts';

export function rehearsedCheckpoint(inner: Checkpoint): Checkpoint {
  return { ...inner, begin: async () => {}, settle: async () => {}, withdraw: async () => {} };
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
