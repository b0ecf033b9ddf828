/** The look-ups and changes of the service that sendoff makes, each with its limit. */
import type { SendMode } from '../../../domain/campaign.ts';
import type { Clock } from '../../../domain/clock.ts';
import type { CredentialSource } from '../alibaba-cloud/credentials.ts';
import { createPacedCalls, type PacedCalls } from '../alibaba-cloud/paced-calls.ts';
import type { ServiceClient } from '../alibaba-cloud/service-client.ts';
import type { Space } from './space.ts';

/** Calls a second for an account, by operation. Source: the API page of each. */
const perSecond = {
  /** Its page names no limit; 50 is what the service's other lists of this kind have. */
  ListChatappMessage: 50,
  GetChatappTemplateDetail: 5,
  GetWhatsappHealthStatus: 5,
  ListChatappTemplate: 5,
  QueryChatappPhoneNumbers: 10,
} as const;

/** The same for operations that change something. Source: the API page of each. */
const changesPerSecond = {
  CreateChatappTemplate: 50,
  ModifyChatappTemplate: 50,
  DeleteChatappTemplate: 5,
} as const;

export type LookUp = keyof typeof perSecond;
export type Change = keyof typeof changesPerSecond;
export type LookUps = PacedCalls<LookUp, Change>;

/** What every source of look-ups is made from. */
export interface CamsLookUpOptions {
  readonly lookUps: LookUps;
  /** Those of the client: asked first, so that trouble with them is told in their own words. */
  readonly credentials: CredentialSource;
  readonly custSpaceId: Space;
  /** How the campaign sends that it is asked for, so that a missing right is told with the policy for all of it. */
  readonly mode?: SendMode;
}

export function createLookUps(client: ServiceClient, clock: Clock): LookUps {
  return createPacedCalls({ service: 'cams', client, clock, perSecond: { ...perSecond, ...changesPerSecond } });
}
