/** The text messages that were accepted, in order and by number. */
import type { AcceptedSms } from './sms-message.ts';

export class SmsArchive {
  readonly #messages: AcceptedSms[] = [];
  /** Of the first `#indexed` messages: kept up by whoever asks, so that sending does not pay for it. */
  readonly #byNumber = new Map<string, AcceptedSms[]>();
  #indexed = 0;

  get messages(): readonly AcceptedSms[] {
    return this.#messages;
  }

  /** `to` with its country code, as the messages have it. */
  sentTo(to: string): readonly AcceptedSms[] {
    for (const message of this.#messages.slice(this.#indexed)) {
      const earlier = this.#byNumber.get(message.to);
      if (earlier === undefined) this.#byNumber.set(message.to, [message]);
      else earlier.push(message);
    }
    this.#indexed = this.#messages.length;
    return this.#byNumber.get(to) ?? [];
  }

  add(message: AcceptedSms): void {
    this.#messages.push(message);
  }
}
