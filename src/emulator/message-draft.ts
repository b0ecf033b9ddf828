import type { ChannelType } from './channels.ts';

/** A message the service would take: what a call asked for one address, once every check has passed. */
export interface MessageDraft {
  readonly channel: ChannelType;
  /** `template`, or `message` for a free-form one. */
  readonly type: 'template' | 'message';
  readonly from: string;
  readonly to: string;
  readonly templateCode: string | null;
  readonly language: string | null;
  /** By variable; empty for a free-form message. */
  readonly params: Readonly<Record<string, string>>;
  /** `text`, `image` and so on; null for a template. */
  readonly messageType: string | null;
  /** The free-form content as it came, or null for a template. */
  readonly content: string | null;
  /** The caller's own id, which the service echoes in receipts, or null. */
  readonly taskId: string | null;
  /** Every other parameter of the request, as it came: Payload, FallBackId, Ttl and so on. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A message that was taken: a line of the log. */
export interface AcceptedMessage extends MessageDraft {
  /** Counted from 1 in the order of acceptance. */
  readonly number: number;
  readonly messageId: string;
  /** The call of SendChatappMassMessage it came with, or null. */
  readonly groupMessageId: string | null;
  /** The code with which it fails after it was accepted, as the message log tells, or null. */
  readonly failure: string | null;
  /** Milliseconds since 1970. */
  readonly acceptedAt: number;
  /** When the request's headers arrived, in milliseconds since the emulator started, with fractions. */
  readonly arrivedMs: number;
}
