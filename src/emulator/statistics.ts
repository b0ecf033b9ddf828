/** The emulator's own count of what happened, for tests and for whoever wants to see whether the quota held. */

import type { LogEntry } from './accepted-log.ts';
import { ArrivalMeter } from './arrival-meter.ts';
import type { SendOperationName } from './operation-name.ts';
import { isThrottling } from './refusals.ts';

export interface EmulatorStats {
  /** Requests to the service, of every operation; the control endpoints are not counted. */
  readonly requests: number;
  /** Arrivals of SendChatappMessage, whatever became of them. */
  readonly sends: number;
  /** Messages of both services: each recipient of a call for several is one. */
  readonly accepted: number;
  /** Refusals by code, throttling left out. */
  readonly refused: Readonly<Record<string, number>>;
  /** Requests turned away for flow control, by the quota or by a fault. */
  readonly throttled: number;
  /** Faults that struck, by name; latency is none. */
  readonly faults: Readonly<Record<string, number>>;
  /** The most arrivals of SendChatappMessage in any sliding second. */
  readonly worstSecond: number;
  /** The same, where what the emulator saw at once after it was held up is not taken to have come at once. */
  readonly worstSecondAtLeast: number;
  /** Arrivals of SendChatappMassMessage, whatever became of them. */
  readonly massSends: number;
  /** The most arrivals of SendChatappMassMessage in any sliding second. */
  readonly worstMassSecond: number;
  /** Arrivals of SendSms, whatever became of them. */
  readonly smsSends: number;
  /** The most arrivals of SendSms in any sliding second. */
  readonly worstSmsSecond: number;
  /** Arrivals of SendBatchSms, whatever became of them. */
  readonly smsBatchSends: number;
  /** The most arrivals of SendBatchSms in any sliding second. */
  readonly worstSmsBatchSecond: number;
  /** The first and the last arrival of SendChatappMessage, in milliseconds since the start; null before any. */
  readonly firstArrivalMs: number | null;
  readonly lastArrivalMs: number | null;
  /** Different addresses among the accepted messages. */
  readonly recipients: number;
  /** Accepted messages that had been accepted before: the same words to the same address. */
  readonly duplicates: number;
}

export class Statistics {
  #requests = 0;
  #accepted = 0;
  #throttled = 0;
  #duplicates = 0;
  readonly #arrivals: Readonly<Record<SendOperationName, ArrivalMeter>> = {
    SendChatappMessage: new ArrivalMeter(),
    SendChatappMassMessage: new ArrivalMeter(),
    SendSms: new ArrivalMeter(),
    SendBatchSms: new ArrivalMeter(),
  };
  readonly #refused = new Map<string, number>();
  readonly #faults = new Map<string, number>();
  /** By address: what was accepted for it, each content once. Most get one, for which a set would cost too much. */
  readonly #contents = new Map<string, string[]>();

  countRequest(): void {
    this.#requests++;
  }

  /** When it was seen and when it may have arrived at the earliest, in milliseconds since the start. */
  countSend(operation: SendOperationName, arrivedMs: number, earliestMs: number): void {
    this.#arrivals[operation].add(arrivedMs, earliestMs);
  }

  countRefusal(code: string): void {
    if (isThrottling(code)) this.#throttled++;
    else increment(this.#refused, code);
  }

  countFault(name: string): void {
    increment(this.#faults, name);
  }

  countAccepted(message: LogEntry): void {
    this.#accepted++;
    const content = contentKey(message);
    const earlier = this.#contents.get(message.to);
    if (earlier === undefined) this.#contents.set(message.to, [content]);
    else if (earlier.includes(content)) this.#duplicates++;
    else earlier.push(content);
  }

  snapshot(): EmulatorStats {
    const {
      SendChatappMessage: single,
      SendChatappMassMessage: mass,
      SendSms: sms,
      SendBatchSms: batch,
    } = this.#arrivals;
    return {
      requests: this.#requests,
      sends: single.count,
      accepted: this.#accepted,
      refused: Object.fromEntries(this.#refused),
      throttled: this.#throttled,
      faults: Object.fromEntries(this.#faults),
      worstSecond: single.worstSecond,
      worstSecondAtLeast: single.worstSecondAtLeast,
      massSends: mass.count,
      worstMassSecond: mass.worstSecond,
      smsSends: sms.count,
      worstSmsSecond: sms.worstSecond,
      smsBatchSends: batch.count,
      worstSmsBatchSecond: batch.worstSecond,
      firstArrivalMs: single.firstMs,
      lastArrivalMs: single.lastMs,
      recipients: this.#contents.size,
      duplicates: this.#duplicates,
    };
  }
}

/** What makes two messages to one address the same. The order in which a caller writes the variables is no difference. */
function contentKey(entry: LogEntry): string {
  // All of it: its signature is in it, and its values.
  if (entry.channel === 'sms') return entry.text;
  const { channel, templateCode, language, params, messageType, content } = entry;
  const values = Object.keys(params)
    .sort()
    .map((name) => [name, params[name]]);
  return JSON.stringify([channel, templateCode, language, values, messageType, content]);
}

function increment(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
