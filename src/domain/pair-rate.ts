/** How soon a sender may write to the same person again. */
import type { Channel } from './message.ts';

/**
 * Milliseconds between two messages from one WhatsApp sender to one number; what comes sooner is refused with 131056. Source:
 * WhatsApp Business Platform (Meta), "Pair rate limits": one message every 6 seconds to the same user. Meta also speaks
 * of short bursts, which have to be waited out afterwards and whose size it does not promise; none is made here.
 */
export const whatsappPairMs = 6_000;

/** Milliseconds from one message to a person to the next; null: the channel has no such limit that is known. */
export function pairIntervalMs(channel: Channel): number | null {
  return channel === 'whatsapp' ? whatsappPairMs : null;
}

/** How long a person waits for the last of so many messages, in milliseconds. */
export function spacedMs(messages: number, channel: Channel): number {
  return Math.max(0, messages - 1) * (pairIntervalMs(channel) ?? 0);
}
