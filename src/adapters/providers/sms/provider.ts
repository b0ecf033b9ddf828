/** Hands text messages to the service: many in one request, by SendSms or SendBatchSms. */
import type { Message } from '../../../domain/message.ts';
import type { Provider } from '../../../domain/provider.ts';
import { fits, mostInOneText, operationOf } from '../../../domain/sms/pack.ts';
import { outcomeOfSend } from '../alibaba-cloud/answer.ts';
import type { ServiceClient } from '../alibaba-cloud/service-client.ts';
import { smsWords, wireBatch } from './wire-batch.ts';

export interface SmsProviderOptions {
  readonly client: ServiceClient;
  /** An id of our own for a request whose messages have none: it comes back in receipts and details. Below 64 characters. */
  readonly outId: (first: Message) => string;
  /** False: one message a request. */
  readonly batch: boolean;
}

/**
 * The service answers for a request as a whole: every message of it gets the same outcome, and where it was accepted the same
 * id, so that a message is known by its id and its number. A refusal says nothing of which message it was for.
 */
export function createSmsProvider({ client, outId, batch: mayBatch }: SmsProviderOptions): Provider {
  return {
    name: 'sms',
    maxMessagesPerRequest: mayBatch ? mostInOneText : 1,
    // What does not share a link joins a batch of 100, so there is little to be had by looking further.
    inOrder: true,
    fits: (batch, next) => mayBatch && fits(batch, next),
    refusesTogether: true,
    async send(batch) {
      const [first] = batch;
      if (first === undefined) throw new RangeError('sms takes at least one message a request');
      const operation = operationOf(batch);
      const answer = await client.call(operation, wireBatch(batch, operation, outId(first)), smsWords(batch));
      const outcome = outcomeOfSend(answer, 'BizId');
      return batch.map(() => outcome);
    },
  };
}
