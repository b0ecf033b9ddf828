/** Asks the service for the senders of an account, or of a space: QueryChatappPhoneNumbers tells all of them at once. */
import { z } from 'zod';
import { parseTier, type Sender, type SenderSource } from '../../../domain/sender.ts';
import { untoldBy } from '../alibaba-cloud/untold.ts';
import type { CamsLookUpOptions } from './look-ups.ts';
import { spaceFields } from './space.ts';

export function createCamsSenders({ lookUps, credentials, custSpaceId }: CamsLookUpOptions): SenderSource {
  return {
    async list() {
      await credentials.getCredentials();
      const answer = await lookUps.ask('QueryChatappPhoneNumbers', spaceFields(custSpaceId));
      if (answer.kind !== 'ok') return untoldBy('cams', answer, custSpaceId);
      const parsed = numbersSchema.safeParse(answer.body['PhoneNumbers']);
      if (!parsed.success) {
        return { kind: 'untold', code: 'UNREADABLE', reason: 'its answer cannot be read', missingRight: null };
      }
      return { kind: 'told', senders: parsed.data.map(senderOf) };
    },
  };
}

/** The service leaves out what it does not know, or sends null or an empty text. */
const optionalWord = z
  .string()
  .nullish()
  .transform((word) => word || null);

const numbersSchema = z
  .array(
    z.looseObject({
      PhoneNumber: z.union([z.string(), z.number().transform(String)]),
      Status: optionalWord,
      QualityRating: optionalWord,
      MessagingLimitTier: optionalWord,
    }),
  )
  .nullish()
  .transform((numbers) => numbers ?? []);

function senderOf(wire: z.output<typeof numbersSchema>[number]): Sender {
  const { PhoneNumber, Status, QualityRating, MessagingLimitTier } = wire;
  return {
    number: PhoneNumber.replaceAll(/\D/g, ''),
    status: Status,
    quality: QualityRating,
    tierWord: MessagingLimitTier,
    tier: MessagingLimitTier === null ? null : parseTier(MessagingLimitTier),
  };
}
