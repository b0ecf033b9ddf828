/**
 * Look-ups at the service, and the few operations that change something there and send nothing: each within its own
 * limit. Look-ups are tried again with backoff, since asking changes nothing.
 */
import Bottleneck from 'bottleneck';
import type { SendMode } from '../../../domain/campaign.ts';
import type { Clock } from '../../../domain/clock.ts';
import { actionOf, isMissingRight } from '../../../domain/ram-policy.ts';
import type { CallFields, CamsClient } from './client.ts';
import type { CredentialSource } from './credentials.ts';
import type { Answer } from './outcome.ts';
import type { Space } from './space.ts';

/** Calls a second for an account, by operation. Source: the API page of each. */
const perSecond = {
  /** Its page names no limit; 50 is what the service's other lists of this kind have. */
  ListChatappMessage: 50,
  GetChatappTemplateDetail: 5,
  GetWhatsappHealthStatus: 5,
  ListChatappTemplate: 5,
  QueryChatappPhoneNumbers: 10,
} as const;

/** The same for operations that change something. Source: the API page of each. */
const changesPerSecond = {
  CreateChatappTemplate: 50,
  ModifyChatappTemplate: 50,
  DeleteChatappTemplate: 5,
} as const;

export type LookUp = keyof typeof perSecond;
export type Change = keyof typeof changesPerSecond;

export interface LookUps {
  /** `fields` travel in the query, as the official client sends them. Never throws for what the service does. */
  ask(operation: LookUp, fields: Readonly<Record<string, string>>): Promise<Answer>;
  /**
   * Tried again only where it was definitely not taken. Never throws for what the service does; `hidden` are texts that
   * no reason may repeat.
   */
  change(operation: Change, fields: CallFields, hidden?: readonly string[]): Promise<Answer>;
}

/** What every source of look-ups is made from. */
export interface CamsLookUpOptions {
  readonly lookUps: LookUps;
  /** Those of the client: asked first, so that trouble with them is told in their own words. */
  readonly credentials: CredentialSource;
  readonly custSpaceId: Space;
  /** How the campaign sends that it is asked for, so that a missing right is told with the policy for all of it. */
  readonly mode?: SendMode;
}

/** Requests are spaced a little wider than the limit asks, for the jitter on their way. */
const margin = 1.1;

/** Waits before the second, third and fourth try. */
const backoffMs = [500, 1500, 4000] as const;

export function createLookUps(client: CamsClient, clock: Clock): LookUps {
  const limiters = new Map<LookUp | Change, Bottleneck>();

  function limiterOf(operation: LookUp | Change): Bottleneck {
    const known = limiters.get(operation);
    if (known !== undefined) return known;
    const limit = { ...perSecond, ...changesPerSecond }[operation];
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

  return {
    ask(operation, fields) {
      const once = () => limiterOf(operation).schedule(() => client.call(operation, { query: fields }));
      return patiently(once, (answer) => wasNotTaken(answer) || answer.kind === 'unknown').then(namingRight(operation));
    },
    change(operation, fields, hidden) {
      const once = () => limiterOf(operation).schedule(() => client.call(operation, fields, hidden));
      return patiently(once, wasNotTaken).then(namingRight(operation));
    },
  };
}

/** A right that is missing is that of the operation, where the service does not name one. */
function namingRight(operation: string): (answer: Answer) => Answer {
  return (answer) =>
    answer.kind === 'rejected' && isMissingRight(answer.code)
      ? { missingRight: actionOf(operation), ...answer }
      : answer;
}

function wasNotTaken(answer: Answer): boolean {
  return answer.kind === 'throttled' || answer.kind === 'unreachable';
}
