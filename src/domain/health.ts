/** What WhatsApp says of a sender's health: whether messages pass the number, its account and the business around them. */

/** Something in the way of messages, in WhatsApp's words. */
export interface HealthProblem {
  /** Where it lies, such as PHONE_NUMBER, WABA or BUSINESS. */
  readonly entity: string;
  readonly code: string;
  readonly description: string;
  /** What WhatsApp proposes, or null. */
  readonly solution: string | null;
}

export type HealthLookup =
  /** `limited`: messages go, with a restriction. */
  | {
      readonly kind: 'told';
      readonly state: 'available' | 'limited' | 'blocked';
      readonly problems: readonly HealthProblem[];
    }
  | {
      readonly kind: 'untold';
      readonly code: string;
      readonly reason: string;
      readonly missingRight: string | null;
    };

/** Contract: the health of a sender, asked of WhatsApp itself, which counts the questions: one a plan is enough. */
export interface HealthSource {
  /** Safe to call again. Throws as `SenderSource.list` does. */
  ofSender(number: string): Promise<HealthLookup>;
}
