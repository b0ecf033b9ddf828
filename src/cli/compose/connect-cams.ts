/** Connects Chat App Message Service: its channels, templates, senders and log. */
import { camsEndpoint, createCamsClient } from '../../adapters/providers/cams/client.ts';
import { createCamsHealth } from '../../adapters/providers/cams/health.ts';
import { createLookUps } from '../../adapters/providers/cams/look-ups.ts';
import { createCamsMassProvider } from '../../adapters/providers/cams/mass-provider.ts';
import { createCamsMessageLog } from '../../adapters/providers/cams/message-log.ts';
import { createCamsProvider } from '../../adapters/providers/cams/provider.ts';
import { createCamsSenders } from '../../adapters/providers/cams/senders.ts';
import { createCamsTemplateDirectory } from '../../adapters/providers/cams/template-directory.ts';
import { createCamsTemplateSource } from '../../adapters/providers/cams/template-source.ts';
import { version } from '../../domain/version.ts';
import { type Connection, type ServiceParts, whoAndWhen } from './connection.ts';

/** Where CAMS is served unless the operator says otherwise. Source: the endpoint map of the official SDK. */
const defaultRegion = 'ap-southeast-1';

export function endpointIn(region: string = defaultRegion): string {
  return camsEndpoint(region);
}

/** The message log is asked for a space, which the emulator has no more than one of. */
const emulatedSpace = 'emulated';

export function connect(connection: Connection): ServiceParts {
  const { service, beginsAt, clock, credentials } = connection;
  const client = createCamsClient({ service, credentials, userAgent: `sendoff/${version}` });
  const lookUps = createLookUps(client, clock);
  const senders = (custSpaceId: string | null) => createCamsSenders({ lookUps, credentials, custSpaceId });
  const account = whoAndWhen(connection);
  return {
    ...account,
    templates: (calls) => createCamsTemplateSource({ lookUps, credentials, ...calls }),
    directory: (custSpaceId) => createCamsTemplateDirectory({ lookUps, credentials, custSpaceId }),
    senders,
    sms: null,
    preflight: ({ channel, custSpaceId }) => ({
      clockSkewMs: account.clockSkewMs,
      // The service tells of WhatsApp's senders alone.
      senders: channel === 'whatsapp' ? senders(custSpaceId) : null,
      health:
        channel === 'whatsapp' && custSpaceId !== null ? createCamsHealth({ lookUps, credentials, custSpaceId }) : null,
    }),
    provider: ({ runId, custSpaceId, mode }) =>
      mode === 'mass'
        ? createCamsMassProvider({ client, custSpaceId, taskId: ({ row }) => `${runId}-from-${row}` })
        : createCamsProvider({ client, custSpaceId, taskId: ({ row }) => `${runId}-${row}` }),
    messageLog(calls) {
      const custSpaceId = calls.custSpaceId ?? (service.kind === 'emulator' ? emulatedSpace : null);
      return createCamsMessageLog({ lookUps, credentials, ...calls, custSpaceId, beginsAt });
    },
  };
}
