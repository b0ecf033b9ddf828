/** Asks WhatsApp for the health of a sender: GetWhatsappHealthStatus, which the service passes on to Meta at once. */
import { z } from 'zod';
import type { HealthLookup, HealthSource } from '../../../domain/health.ts';
import { untoldBy } from '../alibaba-cloud/untold.ts';
import type { CamsLookUpOptions } from './look-ups.ts';
import { spaceFields } from './space.ts';

export function createCamsHealth({ lookUps, credentials, custSpaceId }: CamsLookUpOptions): HealthSource {
  return {
    async ofSender(number) {
      await credentials.getCredentials();
      const answer = await lookUps.ask('GetWhatsappHealthStatus', {
        ...spaceFields(custSpaceId),
        NodeType: 'phone',
        PhoneNumber: number,
      });
      if (answer.kind !== 'ok') return untoldBy('cams', answer, custSpaceId);
      const parsed = healthSchema.safeParse(answer.body['Data']);
      if (parsed.success) return healthOf(parsed.data);
      return { kind: 'untold', code: 'UNREADABLE', reason: 'its answer cannot be read', missingRight: null };
    },
  };
}

/** Source: the operation's page, and Meta's "Messaging health status" for the three words. */
const states = { AVAILABLE: 'available', LIMITED: 'limited', BLOCKED: 'blocked' } as const;

const healthSchema = z.looseObject({
  CanSendMessage: z.enum(['AVAILABLE', 'LIMITED', 'BLOCKED']),
  Entities: z
    .array(
      z.looseObject({
        EntityType: z.string().nullish(),
        Errors: z
          .array(
            z.looseObject({
              ErrorCode: z.union([z.string(), z.number().transform(String)]).nullish(),
              ErrorDescription: z.string().nullish(),
              PossibleSolution: z.string().nullish(),
            }),
          )
          .nullish(),
      }),
    )
    .nullish(),
});

function healthOf({ CanSendMessage, Entities }: z.output<typeof healthSchema>): HealthLookup {
  const problems = (Entities ?? []).flatMap(({ EntityType, Errors }) =>
    (Errors ?? []).map(({ ErrorCode, ErrorDescription, PossibleSolution }) => ({
      entity: EntityType ?? 'UNKNOWN',
      code: ErrorCode ?? 'UNKNOWN',
      description: ErrorDescription ?? 'no description',
      solution: PossibleSolution || null,
    })),
  );
  return { kind: 'told', state: states[CanSendMessage], problems };
}
