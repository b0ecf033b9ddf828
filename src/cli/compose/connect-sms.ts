/** Connects Short Message Service: text messages, their templates and signs. */
import { createSmsClient, smsEndpoint } from '../../adapters/providers/sms/client.ts';
import { createSmsLookUps } from '../../adapters/providers/sms/look-ups.ts';
import { createSmsMessageLog } from '../../adapters/providers/sms/message-log.ts';
import { createSmsProvider } from '../../adapters/providers/sms/provider.ts';
import { createSmsQualifications } from '../../adapters/providers/sms/qualifications.ts';
import { createSmsSendDetails } from '../../adapters/providers/sms/send-details.ts';
import { createSmsSendStatistics } from '../../adapters/providers/sms/send-statistics.ts';
import { createSmsSignSource } from '../../adapters/providers/sms/sign-source.ts';
import { createSmsDirectory } from '../../adapters/providers/sms/sms-directory.ts';
import { createSmsTemplateSource } from '../../adapters/providers/sms/template-source.ts';
import { ownRequestId } from '../../domain/own-request-id.ts';
import { version } from '../../domain/version.ts';
import { type Connection, type ServiceParts, whoAndWhen } from './connection.ts';

/** Where SMS is served unless the operator says otherwise. Source: the endpoint map of the official SDK. */
const defaultRegion = 'cn-hangzhou';

export function endpointIn(region: string = defaultRegion): string {
  return smsEndpoint(region);
}

export function connect(connection: Connection): ServiceParts {
  const { service, beginsAt, clock, credentials } = connection;
  const client = createSmsClient({ service, credentials, userAgent: `sendoff/${version}` });
  const lookUps = createSmsLookUps(client, clock);
  const lookUpOptions = { lookUps, credentials };
  const details = createSmsSendDetails(lookUpOptions);
  const account = whoAndWhen(connection);
  return {
    ...account,
    templates: () => createSmsTemplateSource(lookUpOptions),
    directory: noneHere('a directory of templates'),
    senders: noneHere('senders'),
    sms: {
      signs: createSmsSignSource(lookUpOptions),
      directory: createSmsDirectory(lookUpOptions),
      details,
      statistics: createSmsSendStatistics(lookUpOptions),
      qualifications: createSmsQualifications(lookUpOptions),
    },
    preflight: () => ({ clockSkewMs: account.clockSkewMs, senders: null, health: null }),
    provider: ({ runId, mode }) =>
      createSmsProvider({ client, batch: mode === 'batch', outId: ({ row }) => ownRequestId(runId, row) }),
    messageLog: () => createSmsMessageLog({ details, beginsAt }),
  };
}

/** Commands that ask for these are about the chat channels and never open this service. */
function noneHere(what: string): () => never {
  return () => {
    throw new Error(`text messages have no ${what}`);
  };
}
