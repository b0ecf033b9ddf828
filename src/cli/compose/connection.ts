/** What a service is connected with, and what it gives, whichever it is. */
import type { CredentialSource } from '../../adapters/providers/alibaba-cloud/credentials.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Service } from '../../domain/run-record.ts';
import type { ConnectedService } from '../compose.ts';

export interface Connection {
  readonly service: Service;
  /** The service knows nothing from before this moment, milliseconds since 1970; null: it knows everything. */
  readonly beginsAt: number | null;
  readonly clock: Clock;
  readonly credentials: CredentialSource;
}

/** A service without its address, which whoever connects it knows. */
export type ServiceParts = Omit<ConnectedService, 'service'>;

/** Whose credentials they are, and what time the service has: the same of every service. */
export function whoAndWhen({
  service,
  clock,
  credentials,
}: Connection): Pick<ConnectedService, 'describeCredentials' | 'account' | 'clockSkewMs'> {
  return {
    describeCredentials: () => credentials.describe(),
    account: () => credentials.account(),
    async clockSkewMs() {
      const { readClockSkew } = await import('../../adapters/providers/cams/service-clock.ts');
      return readClockSkew({ service, clock });
    },
  };
}
