/** SendChatappMessage and SendChatappMassMessage: what passes its checks is in the log and counted before it is answered. */
import type { AcceptedLog } from './accepted-log.ts';
import { type Answer, okAnswer, refusalAnswer } from './answer.ts';
import { chance } from './chance.ts';
import { checkMassMessage } from './check-mass-message.ts';
import { type Account, checkMessage } from './check-message.ts';
import type { EmulatorClock } from './emulator-clock.ts';
import type { AcceptedMessage, MessageDraft } from './message-draft.ts';
import type { Parameters } from './parameters.ts';
import type { Statistics } from './statistics.ts';

/** Messages that are accepted and do not arrive. */
export interface LaterFailures {
  /** From 0 to 1, of the people who are written to. */
  readonly share: number;
  readonly code: string;
  readonly seed: number;
}

export interface SendingParts {
  readonly clock: EmulatorClock;
  readonly log: AcceptedLog;
  readonly statistics: Statistics;
  readonly failures: LaterFailures;
}

export class Sending {
  readonly #clock: EmulatorClock;
  readonly #log: AcceptedLog;
  readonly #statistics: Statistics;
  readonly #failures: LaterFailures;
  /** Part of every id, so that the ids of two emulators differ. */
  readonly #name: string;
  #groups = 0;

  constructor({ clock, log, statistics, failures }: SendingParts) {
    this.#clock = clock;
    this.#log = log;
    this.#statistics = statistics;
    this.#failures = failures;
    this.#name = clock.now().toString(36);
  }

  /** `arrivedMs` is when the request's headers arrived, in milliseconds since the emulator started. */
  send(parameters: Parameters, arrivedMs: number, account: Account): Answer {
    const check = checkMessage(parameters, account);
    if (check.kind === 'refused') return refusalAnswer(check.refusal);
    const [message] = this.#accept([check.message], arrivedMs, null);
    return okAnswer({ MessageId: message?.messageId });
  }

  /** All of the list is taken, or none of it. */
  sendMass(parameters: Parameters, arrivedMs: number, account: Account): Answer {
    const check = checkMassMessage(parameters, account);
    if (check.kind === 'refused') return refusalAnswer(check.refusal);
    this.#groups += 1;
    const groupMessageId = `emulated-group-${this.#name}-${this.#groups}`;
    this.#accept(check.messages, arrivedMs, groupMessageId);
    return okAnswer({ GroupMessageId: groupMessageId });
  }

  #accept(drafts: readonly MessageDraft[], arrivedMs: number, groupMessageId: string | null) {
    const acceptedAt = this.#clock.now();
    const earlier = this.#log.entries.length;
    const messages: readonly AcceptedMessage[] = drafts.map((draft, index) => {
      const number = earlier + index + 1;
      const messageId = `emulated-${this.#name}-${number}`;
      const failure = this.#failureOf(draft.to);
      return { number, messageId, groupMessageId, failure, acceptedAt, arrivedMs, ...draft };
    });
    this.#log.add(messages);
    for (const message of messages) this.#statistics.countAccepted(message);
    return messages;
  }

  /** Whoever cannot be reached cannot be reached the next time either. */
  #failureOf(to: string): string | null {
    const { share, code, seed } = this.#failures;
    return share > 0 && chance(seed, `later ${to}`) < share ? code : null;
  }
}
