/** What a message says, as its reader will see it. */
import type { Message } from './message.ts';
import { renderMessage } from './render-message.ts';
import type { RenderedMessage } from './rendered-message.ts';
import { sessionPreview } from './session/session-text.ts';
import { destinationOf } from './sms/destination.ts';
import { renderSms } from './sms/sms-text.ts';
import type { Template } from './template.ts';

/** `template` is the variant of its language. Null where the message is of a template and there is none. */
export function renderContent(
  { channel, to, content }: Pick<Message, 'channel' | 'to' | 'content'>,
  template: Template | null,
): RenderedMessage | null {
  if (content.kind === 'session') return sessionPreview(channel, content.type, content.content);
  if (template === null) return null;
  const rendered = renderMessage(template, content.params);
  if (content.kind === 'template') return rendered;
  return { ...rendered, body: template.body && renderSms(template.body, content, destinationOf(to)) };
}
