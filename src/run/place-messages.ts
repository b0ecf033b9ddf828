/**
 * What an answer makes of the messages of a request: how each of them ends on record, and how those go again that do. Where
 * one refusal was said of several, one of them may be to blame for all: the request goes again as its two halves, until
 * whoever is refused stands alone. Knows nothing of the line, the checkpoint or the quota.
 */
import type { AttemptResult } from '../domain/checkpoint.ts';
import { asFallback, type Message } from '../domain/message.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Batch } from './batch-packer.ts';
import { judgeOutcome } from './judge-outcome.ts';

export interface Placement {
  /** One for every message, in the order of the request. */
  readonly results: readonly AttemptResult[];
  /** Requests that go again as they are. */
  readonly parts: readonly (readonly Message[])[];
  /** Messages that go again with any others. */
  readonly back: readonly Message[];
  /** Messages whose fallbacks go by another channel. */
  readonly elsewhere: readonly Message[];
  /** Messages that do not go again. */
  readonly gone: readonly Message[];
}

export interface PlacementRules {
  /** As of the provider. */
  readonly refusesTogether: boolean;
  /** Codes of refusals for which a message that has a fallback goes out as that. */
  readonly fallbackOn: readonly string[];
}

/** No outcomes: no answer came in time, so each message may have gone out. */
export function placeMessages(
  { messages, isPart }: Batch,
  outcomes: readonly Outcome[],
  { refusesTogether, fallbackOn }: PlacementRules,
): Placement {
  const outcomeAt = (index: number): Outcome => outcomes[index] ?? unanswered;
  if (refusesTogether && messages.length > 1 && messages.every((_, index) => endsRefused(outcomeAt(index)))) {
    const results = messages.map(
      ({ row }, index): AttemptResult => ({ row, outcome: outcomeAt(index), next: 'pending' }),
    );
    return { results, parts: halvesOf(messages), back: [], elsewhere: [], gone: [] };
  }
  const results = messages.map((message, index): AttemptResult => {
    const outcome = outcomeAt(index);
    return { row: message.row, outcome, next: nextOf(message, outcome, fallbackOn) };
  });
  const goingTo = (next: AttemptResult['next']) => messages.filter((_, index) => results[index]?.next === next);
  const pending = goingTo('pending');
  const fallingBack = goingTo('fallback');
  const elsewhere = fallingBack.filter((message) => asFallback(message).channel !== message.channel);
  const fallbacks = fallingBack.map(asFallback).filter(({ channel }, index) => channel === fallingBack[index]?.channel);
  const goesAsItWas = isPart && pending.length > 0;
  return {
    results,
    // With others in it a part would have to be taken apart from the start.
    parts: goesAsItWas ? [pending] : [],
    back: goesAsItWas ? fallbacks : [...pending, ...fallbacks],
    elsewhere,
    gone: messages.filter((_, index) => !goesAgain(results[index])),
  };
}

function nextOf({ fallback }: Message, outcome: Outcome, fallbackOn: readonly string[]): AttemptResult['next'] {
  const { next } = judgeOutcome(outcome);
  const fallsBack = next === 'rejected' && outcome.kind === 'rejected' && fallbackOn.includes(outcome.code);
  return fallsBack && fallback !== null ? 'fallback' : next;
}

/** Not for the sake of the campaign or the account: then no part of the request could fare better. */
function endsRefused(outcome: Outcome): boolean {
  return judgeOutcome(outcome).next === 'rejected';
}

function goesAgain(result: AttemptResult | undefined): boolean {
  return result?.next === 'pending' || result?.next === 'fallback';
}

/** So that one to blame among n is found with 2 · log2(n) further requests. */
function halvesOf(messages: readonly Message[]): readonly (readonly Message[])[] {
  const middle = Math.ceil(messages.length / 2);
  return [messages.slice(0, middle), messages.slice(middle)];
}

/** Given to what was in flight when the grace of a stop ran out. */
const unanswered: Outcome = {
  kind: 'unknown',
  code: 'ABANDONED',
  reason: 'the run stopped before an answer came',
  requestId: null,
};
