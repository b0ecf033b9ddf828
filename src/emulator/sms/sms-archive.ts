/** The text messages that were accepted, by number and in order. */
import type { AcceptedSms } from './sms-message.ts';

export class SmsArchive {
  readonly #messages: AcceptedSms[] = [];
  readonly #byNumber = new Map<string, AcceptedSms[]>();

  get messages(): readonly AcceptedSms[] {
    return this.#messages;
  }

  /** `to` with its country code, as the messages have it. */
  sentTo(to: string): readonly AcceptedSms[] {
    return this.#byNumber.get(to) ?? [];
  }

  add(message: AcceptedSms): void {
    this.#messages.push(message);
    const earlier = this.#byNumber.get(message.to);
    if (earlier === undefined) this.#byNumber.set(message.to, [message]);
    else earlier.push(message);
  }
}
