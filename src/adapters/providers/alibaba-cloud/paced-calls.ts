/**
 * Look-ups at a service, and the few operations that change something there and send nothing: each within its own limit.
 * Look-ups are tried again with backoff, since asking changes nothing.
 */
import Bottleneck from 'bottleneck';
import type { Clock } from '../../../domain/clock.ts';
import { actionOf, isMissingRight } from '../../../domain/ram-policy.ts';
import type { Answer, ServiceName } from './answer.ts';
import type { CallFields, ServiceClient } from './service-client.ts';

export interface PacedCalls<LookUp extends string, Change extends string> {
  /** `fields` travel in the query, as the official client sends them. Never throws for what the service does. */
  ask(operation: LookUp, fields: Readonly<Record<string, string>>, hidden?: Iterable<string>): Promise<Answer>;
  /**
   * Tried again only where it was definitely not taken. Never throws for what the service does; `hidden` are texts that
   * no reason may repeat.
   */
  change(operation: Change, fields: CallFields, hidden?: Iterable<string>): Promise<Answer>;
}

export interface PacedCallsOptions<Operation extends string> {
  readonly service: ServiceName;
  readonly client: ServiceClient;
  readonly clock: Clock;
  /** Calls a second for an account, by operation. */
  readonly perSecond: Readonly<Record<Operation, number>>;
}

/** Requests are spaced a little wider than the limit asks, for the jitter on their way. */
const margin = 1.1;

/** Waits before the second, third and fourth try. */
const backoffMs = [500, 1500, 4000] as const;

export function createPacedCalls<LookUp extends string, Change extends string>({
  service,
  client,
  clock,
  perSecond,
}: PacedCallsOptions<LookUp | Change>): PacedCalls<LookUp, Change> {
  const limiters = new Map<LookUp | Change, Bottleneck>();

  function limiterOf(operation: LookUp | Change): Bottleneck {
    const known = limiters.get(operation);
    if (known !== undefined) return known;
    const limit = perSecond[operation];
    // As many under way as leave in a second, so that answers up to a second late do not slow the look-ups down.
    const limiter = new Bottleneck({ minTime: (1_000 / limit) * margin, maxConcurrent: limit });
    limiters.set(operation, limiter);
    return limiter;
  }

  async function patiently(once: () => Promise<Answer>, mayPass: (answer: Answer) => boolean): Promise<Answer> {
    let answer = await once();
    for (const waitMs of backoffMs) {
      if (!mayPass(answer)) break;
      await new Promise<void>((resolve) => clock.schedule(waitMs, resolve));
      answer = await once();
    }
    return answer;
  }

  /** A right that is missing is that of the operation, where the service does not name one. */
  function namingRight(operation: string): (answer: Answer) => Answer {
    return (answer) =>
      answer.kind === 'rejected' && isMissingRight(answer.code)
        ? { missingRight: actionOf(operation, service), ...answer }
        : answer;
  }

  return {
    ask(operation, fields, hidden) {
      const once = () => limiterOf(operation).schedule(() => client.call(operation, { query: fields }, hidden));
      return patiently(once, (answer) => wasNotTaken(answer) || answer.kind === 'unknown').then(namingRight(operation));
    },
    change(operation, fields, hidden) {
      const once = () => limiterOf(operation).schedule(() => client.call(operation, fields, hidden));
      return patiently(once, wasNotTaken).then(namingRight(operation));
    },
  };
}

function wasNotTaken(answer: Answer): boolean {
  return answer.kind === 'throttled' || answer.kind === 'unreachable';
}
