/** A message the service would take: what SendChatappMessage was asked, once every check has passed. */
export interface MessageDraft {
  /** `template`, or `message` for a free-form one. */
  readonly type: 'template' | 'message';
  readonly from: string;
  readonly to: string;
  readonly templateCode: string | null;
  readonly language: string | null;
  /** By variable; empty for a free-form message. */
  readonly params: Readonly<Record<string, string>>;
  /** The free-form content as it came, or null for a template. */
  readonly content: string | null;
  /** The caller's own id, which the service echoes in receipts, or null. */
  readonly taskId: string | null;
}

/** A message that was taken: a line of the log. */
export interface AcceptedMessage extends MessageDraft {
  /** Counted from 1 in the order of acceptance. */
  readonly number: number;
  readonly messageId: string;
  /** Milliseconds since 1970. */
  readonly acceptedAt: number;
  /** When the request's headers arrived, in milliseconds since the emulator started, with fractions. */
  readonly arrivedMs: number;
}
