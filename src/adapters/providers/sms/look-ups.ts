/** The look-ups of the service that sendoff makes, each with its limit. */
import type { Clock } from '../../../domain/clock.ts';
import type { CredentialSource } from '../alibaba-cloud/credentials.ts';
import { createPacedCalls, type PacedCalls } from '../alibaba-cloud/paced-calls.ts';
import type { ServiceClient } from '../alibaba-cloud/service-client.ts';

/** Calls a second for an account, by operation. Source, unless one is named: the API page of each. */
const perSecond = {
  /** Its page names no limit; 10 is what the list of templates has. */
  GetSmsTemplate: 10,
  GetSmsSign: 150,
  /** Of 5,000 that its page allows: as many connections as that would be no kindness to the machine. */
  QuerySendDetails: 500,
  QuerySmsSignList: 10,
  QuerySmsTemplateList: 10,
  QuerySendStatistics: 20,
  /** The pages of both name no limit; 10 is what the list of signs has. */
  QuerySmsQualificationRecord: 10,
  QuerySingleSmsQualification: 10,
} as const;

export type SmsLookUps = PacedCalls<keyof typeof perSecond, never>;

/** What every source of look-ups is made from. */
export interface SmsLookUpOptions {
  readonly lookUps: SmsLookUps;
  /** Those of the client: asked first, so that trouble with them is told in their own words. */
  readonly credentials: CredentialSource;
}

export function createSmsLookUps(client: ServiceClient, clock: Clock): SmsLookUps {
  return createPacedCalls({ service: 'sms', client, clock, perSecond });
}
