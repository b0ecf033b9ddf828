/** What a message says, as its reader will see it. */
import type { Message } from './message.ts';
import { renderMessage } from './render-message.ts';
import type { RenderedMessage } from './rendered-message.ts';
import { sessionPreview } from './session/session-text.ts';
import type { Template } from './template.ts';

/** `template` is the variant of its language. Null where the message is of a template and there is none. */
export function renderContent(
  { channel, content }: Pick<Message, 'channel' | 'content'>,
  template: Template | null,
): RenderedMessage | null {
  if (content.kind === 'session') return sessionPreview(channel, content.type, content.content);
  return template === null ? null : renderMessage(template, content.params);
}
