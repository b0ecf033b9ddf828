/** Hands messages to the service, one a request: SendChatappMessage takes a single recipient. */
import type { Message } from '../../../domain/message.ts';
import type { Provider } from '../../../domain/provider.ts';
import { outcomeOfSend } from '../alibaba-cloud/answer.ts';
import type { ServiceClient } from '../alibaba-cloud/service-client.ts';
import { type Space, spaceFields } from './space.ts';
import { wireMessage, wordsOf } from './wire-message.ts';

export interface CamsProviderOptions {
  readonly client: ServiceClient;
  /** An id of our own for the message, which comes back in its receipts. The service does not dedupe by it. */
  readonly taskId: (message: Message) => string;
  readonly custSpaceId: Space;
}

export function createCamsProvider({ client, taskId, custSpaceId }: CamsProviderOptions): Provider {
  return {
    name: 'cams',
    maxMessagesPerRequest: 1,
    fits: () => false,
    refusesTogether: false,
    async send(batch) {
      const [message] = batch;
      if (message === undefined || batch.length > 1) throw new RangeError('cams takes one message a request');
      const { query, body } = wireMessage(message, taskId(message));
      const fields = { query, body: { ...body, ...spaceFields(custSpaceId) } };
      const answer = await client.call('SendChatappMessage', fields, wordsOf(message));
      return [outcomeOfSend(answer, 'MessageId')];
    },
  };
}
