/** A text message to one number: what a call asked for, once every check has passed. */
export interface SmsDraft {
  readonly channel: 'sms';
  /** Digits with the country code, however the call wrote it. */
  readonly to: string;
  readonly sign: string;
  readonly templateCode: string;
  readonly templateType: SmsTemplateType;
  /** By variable, as they came. */
  readonly params: Readonly<Record<string, string>>;
  /** As the phone shows it: the signature in its brackets, and the filled text. */
  readonly text: string;
  /** How many messages the carrier bills. */
  readonly segments: number;
  /** The caller's own id, one for all of a call, or null. */
  readonly outId: string | null;
  readonly extendCode: string | null;
}

/** A text message that was taken: a line of the log. */
export interface AcceptedSms extends SmsDraft {
  /** Counted from 1 in the order of acceptance, together with the messages of the other channels. */
  readonly number: number;
  /** One for all of a call. */
  readonly bizId: string;
  /** The carrier's code with which it ends, `DELIVERED` or why it does not arrive. */
  readonly ending: string;
  /** Milliseconds since 1970. */
  readonly acceptedAt: number;
  /** When the request's headers arrived, in milliseconds since the emulator started, with fractions. */
  readonly arrivedMs: number;
}

export const smsTemplateTypes = ['verification', 'notice', 'promotion', 'international'] as const;

/** In the order of the service's numbers, from 0. Source: the TemplateType row of GetSmsTemplate. */
export type SmsTemplateType = (typeof smsTemplateTypes)[number];

export function typeNumber(type: SmsTemplateType): number {
  return smsTemplateTypes.indexOf(type);
}
