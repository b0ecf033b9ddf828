/** Hands WhatsApp template messages to the service, one a request: SendChatappMessage takes a single recipient. */
import type { Message } from '../../../domain/message.ts';
import type { Provider } from '../../../domain/provider.ts';
import type { CallFields, CamsClient } from './client.ts';
import { outcomeOfSend } from './outcome.ts';
import { type Space, spaceFields } from './space.ts';

export interface CamsProviderOptions {
  readonly client: CamsClient;
  /** An id of our own for the message, which comes back in its receipts. The service does not dedupe by it. */
  readonly taskId: (message: Message) => string;
  readonly custSpaceId: Space;
}

export function createCamsProvider({ client, taskId, custSpaceId }: CamsProviderOptions): Provider {
  return {
    name: 'cams',
    maxMessagesPerRequest: 1,
    fits: () => false,
    async send(batch) {
      const [message] = batch;
      if (message === undefined || batch.length > 1) throw new RangeError('cams takes one message a request');
      const hidden = [message.to, ...Object.values(message.content.params)];
      const answer = await client.call('SendChatappMessage', fieldsOf(message, taskId(message), custSpaceId), hidden);
      return [outcomeOfSend(answer)];
    },
  };
}

/** A template has neither Content nor Payload, which the official client puts in the query; all else is in the form. */
function fieldsOf({ channel, from, to, content }: Message, taskId: string, custSpaceId: Space): CallFields {
  return {
    body: {
      ChannelType: channel,
      Type: content.kind,
      From: from,
      To: to,
      TemplateCode: content.code,
      Language: content.language,
      ...(Object.keys(content.params).length > 0 && { TemplateParams: JSON.stringify(content.params) }),
      TaskId: taskId,
      ...spaceFields(custSpaceId),
    },
  };
}
