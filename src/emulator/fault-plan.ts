/**
 * Decides which fault strikes which request. The draw depends on the seed, the rule, the recipient and how often that
 * recipient was written to, never on the order in which concurrent requests arrive: so the same list meets the same
 * faults again.
 */
import { chance } from './chance.ts';
import type { Fault, LatencyFault, StrikingFault } from './fault-rule.ts';
import { isSendOperationName } from './operation-name.ts';

/** A request as the rules see it. */
export interface FaultSubject {
  readonly action: string;
  /** The recipient, of a call for several the first, or for a look-up what is looked up. */
  readonly key: string;
  /** Whom it is about; none for a look-up that is about nobody. */
  readonly addresses: readonly string[];
}

export class FaultPlan {
  readonly #faults: readonly Fault[];
  readonly #seed: number;
  /** By action and key: how many requests have been judged. */
  readonly #seen = new Map<string, number>();
  /** By rule and key: how often the rule has struck, for rules that strike a number of times. */
  readonly #strikes = new Map<string, number>();

  constructor(faults: readonly Fault[], seed: number) {
    this.#faults = faults;
    this.#seed = seed;
  }

  /** How long the answer takes: the first latency rule that fits decides. */
  latencyMs(subject: FaultSubject): number {
    const occurrence = this.#occurrence(subject);
    for (const [index, fault] of this.#faults.entries()) {
      if (fault.fault === 'latency' && this.#fits(index, fault, subject, occurrence)) {
        return this.#draw(fault, subject, occurrence);
      }
    }
    return 0;
  }

  /** The first rule that strikes this request, or null. Ask once a request: the next one draws anew. */
  strike(subject: FaultSubject): StrikingFault | null {
    const occurrence = this.#occurrence(subject);
    if (this.#faults.length > 0) this.#seen.set(`${subject.action} ${subject.key}`, occurrence + 1);
    for (const [index, fault] of this.#faults.entries()) {
      if (fault.fault !== 'latency' && this.#fits(index, fault, subject, occurrence)) return fault;
    }
    return null;
  }

  #occurrence({ action, key }: FaultSubject): number {
    return this.#seen.get(`${action} ${key}`) ?? 0;
  }

  #fits(index: number, fault: Fault, { action, key, addresses }: FaultSubject, occurrence: number): boolean {
    if (!isMeant(fault, action)) return false;
    if (fault.numbers?.some((number) => addresses.includes(number)) === false) return false;
    if (fault.share < 1 && chance(this.#seed, `${index} ${action} ${key} ${occurrence}`) >= fault.share) return false;
    return fault.times === undefined || this.#countStrike(`${index} ${key}`, fault.times);
  }

  #countStrike(counter: string, times: number): boolean {
    const strikes = this.#strikes.get(counter) ?? 0;
    if (strikes >= times) return false;
    this.#strikes.set(counter, strikes + 1);
    return true;
  }

  #draw({ minMs, maxMs }: LatencyFault, { action, key }: FaultSubject, occurrence: number): number {
    return minMs + (maxMs - minMs) * chance(this.#seed, `latency ${action} ${key} ${occurrence}`);
  }
}

function isMeant({ action }: Fault, called: string): boolean {
  if (action === 'send') return isSendOperationName(called);
  return action === 'any' || action === called;
}
