/**
 * Hands template messages to the service many a request: SendChatappMassMessage. Its answer is for all of them together, so
 * they share one outcome, and the messages that it accepts have an id of their own only in the message log.
 */
import type { Message } from '../../../domain/message.ts';
import type { Provider } from '../../../domain/provider.ts';
import { mostPerRequest } from '../../../domain/request-pace.ts';
import { outcomeOfMassSend } from '../alibaba-cloud/answer.ts';
import type { ServiceClient } from '../alibaba-cloud/service-client.ts';
import { type Space, spaceFields } from './space.ts';
import { sayTheSame, wireMassMessage } from './wire-mass-message.ts';
import { wordsOf } from './wire-message.ts';

export interface CamsMassProviderOptions {
  readonly client: ServiceClient;
  /** An id of our own for the request, given its first message; it comes back in the receipts of all of them. */
  readonly taskId: (first: Message) => string;
  readonly custSpaceId: Space;
}

export function createCamsMassProvider({ client, taskId, custSpaceId }: CamsMassProviderOptions): Provider {
  return {
    name: 'cams-mass',
    maxMessagesPerRequest: mostPerRequest.mass,
    // Two messages to one number could not be told apart in the log, which knows of a group and a number.
    fits: (batch, next) =>
      batch[0] !== undefined && sayTheSame(batch[0], next) && batch.every(({ to }) => to !== next.to),
    // Whether one bad recipient refuses the whole call is not documented; that the answer is for the whole call is.
    refusesTogether: true,
    async send([first, ...others]) {
      if (first === undefined) throw new RangeError('a request needs a message');
      const batch = [first, ...others] as const;
      const body = { ...wireMassMessage(batch, taskId(first)), ...spaceFields(custSpaceId) };
      const outcome = outcomeOfMassSend(await client.call('SendChatappMassMessage', { body }, batch.flatMap(wordsOf)));
      return batch.map(() => outcome);
    },
  };
}
