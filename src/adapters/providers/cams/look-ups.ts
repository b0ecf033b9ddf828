/** Look-ups at the service: each operation within its own limit, and tried again with backoff, since asking changes nothing. */
import Bottleneck from 'bottleneck';
import type { Clock } from '../../../domain/clock.ts';
import type { CamsClient } from './client.ts';
import type { Answer } from './outcome.ts';

/** Calls a second for an account, by operation. Source: the API page of each. */
const perSecond = {
  GetChatappTemplateDetail: 5,
} as const;

export type LookUp = keyof typeof perSecond;

export interface LookUps {
  /** `fields` travel in the query, as the official client sends them. Never throws for what the service does. */
  ask(operation: LookUp, fields: Readonly<Record<string, string>>): Promise<Answer>;
}

/** Requests are spaced a little wider than the limit asks, for the jitter on their way. */
const margin = 1.1;

/** Waits before the second, third and fourth try. */
const backoffMs = [500, 1500, 4000] as const;

export function createLookUps(client: CamsClient, clock: Clock): LookUps {
  const limiters = new Map<LookUp, Bottleneck>();

  function limiterOf(operation: LookUp): Bottleneck {
    const known = limiters.get(operation);
    if (known !== undefined) return known;
    const limiter = new Bottleneck({ minTime: (1_000 / perSecond[operation]) * margin, maxConcurrent: 5 });
    limiters.set(operation, limiter);
    return limiter;
  }

  return {
    async ask(operation, fields) {
      const once = () => limiterOf(operation).schedule(() => client.call(operation, { query: fields }));
      let answer = await once();
      for (const waitMs of backoffMs) {
        if (!mayPass(answer)) break;
        await new Promise<void>((resolve) => clock.schedule(waitMs, resolve));
        answer = await once();
      }
      return answer;
    },
  };
}

function mayPass(answer: Answer): boolean {
  return answer.kind === 'throttled' || answer.kind === 'unreachable' || answer.kind === 'unknown';
}
