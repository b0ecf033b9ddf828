/**
 * The one file that knows concrete adapters: puts the parts together for a command. Adapters with an SDK behind them are
 * loaded when a command first needs them.
 */
import { type OpenedCheckpoint, openCheckpoint } from '../adapters/checkpoints/sqlite/checkpoint.ts';
import { openPlanWriter } from '../adapters/checkpoints/sqlite/plan-writer.ts';
import { isRunHeld } from '../adapters/checkpoints/sqlite/run-lock.ts';
import { openRunReader } from '../adapters/checkpoints/sqlite/run-reader.ts';
import { camsEndpoint } from '../adapters/providers/cams/client.ts';
import { createPacer } from '../adapters/quotas/local-pacer.ts';
import { openRecipients } from '../adapters/recipients/open-recipients.ts';
import { rejectedCsv } from '../adapters/reports/rejected-csv.ts';
import { sampleCsv } from '../adapters/reports/sample-csv.ts';
import type { PreflightSources } from '../campaign/preflight.ts';
import type { Account } from '../domain/account.ts';
import type { Campaign, RecipientList, SendMode } from '../domain/campaign.ts';
import type { Clock } from '../domain/clock.ts';
import type { MessageLog } from '../domain/message-log.ts';
import type { InvalidRow, PlanWriter } from '../domain/plan-store.ts';
import type { Provider } from '../domain/provider.ts';
import type { Quota, Rate } from '../domain/quota.ts';
import type { CampaignCalls } from '../domain/ram-policy.ts';
import type { RecipientSource } from '../domain/recipient-source.ts';
import type { ReportWriter } from '../domain/report.ts';
import type { RunReader } from '../domain/run-reader.ts';
import type { FrozenTemplate, Service } from '../domain/run-record.ts';
import type { SampleList } from '../domain/sample-list.ts';
import type { SenderSource } from '../domain/sender.ts';
import type { Template } from '../domain/template.ts';
import type { TemplateDirectory } from '../domain/template-directory.ts';
import type { TemplateSource } from '../domain/template-source.ts';
import { version } from '../domain/version.ts';
import { emulatorAccessKeyId, emulatorAccessKeySecret } from '../emulator/emulator-options.ts';
import type { EmulatorChoice, RunningEmulator } from './compose/open-emulator.ts';
import type { Io } from './io.ts';
import { createLogger, type Logger, withLog } from './logger.ts';
import type { ServiceOptions, TemplateFileOptions } from './shared-options.ts';

/** The service a command talks to, opened. */
export interface OpenedService {
  readonly service: Service;
  /** Those of a space, or with null of the account itself; so everything here. */
  templates(calls: CampaignCalls): TemplateSource;
  directory(custSpaceId: string | null): TemplateDirectory;
  senders(custSpaceId: string | null): SenderSource;
  preflight(campaign: Pick<Campaign, 'channel' | 'custSpaceId'>): PreflightSources;
  /** Which access key is used, fit for a screen. Throws where there is none. */
  describeCredentials(): Promise<{ readonly source: string; readonly keyId: string }>;
  /** Whose that key is, as far as it tells. Throws where there is none. */
  account(): Promise<Account>;
  /** Milliseconds that this machine is ahead of the service; null where the service does not tell. */
  clockSkewMs(): Promise<number | null>;
  provider(choice: ProviderChoice): Provider;
  messageLog(calls: CampaignCalls): MessageLog;
  close(): Promise<void>;
}

export interface ProviderChoice {
  /** Begins the id that comes back in the receipts of each message. */
  readonly runId: string;
  readonly custSpaceId: string | null;
  readonly mode: SendMode;
}

export type ReportFormat = 'csv' | 'jsonl' | 'json' | 'md';

export interface Composition {
  readonly log: Logger;
  openService(options: ServiceOptions & TemplateFileOptions): Promise<OpenedService>;
  /** The list of a campaign; `-` is standard input. */
  recipients(list: RecipientList): RecipientSource;
  /** The do-not-contact list of a campaign, or null where it has none. */
  suppressed(list: RecipientList): RecipientSource | null;
  /** With null a scratch plan, for looking only. */
  planWriter(path: string | null, campaign: Campaign): PlanWriter;
  checkpoint(path: string): OpenedCheckpoint;
  runReader(path: string): RunReader;
  /** The template that a plan froze, as it was read then. */
  frozenTemplate(frozen: FrozenTemplate): Promise<Template>;
  /** Whether another process is sending from the run file right now. */
  isHeld(path: string): boolean;
  openEmulator(choice: EmulatorChoice): Promise<RunningEmulator>;
  quota(limit: Rate): Quota;
  reportWriter(format: ReportFormat): Promise<ReportWriter>;
  /** A list to be filled in, as CSV. */
  sampleCsv(list: SampleList): string;
  /** Rows that failed their check, as a list to mend. */
  rejectedList(columns: readonly string[], rows: AsyncIterable<readonly InvalidRow[]>): AsyncIterable<string>;
}

/** Where CAMS is served unless the operator says otherwise. Source: the endpoint map of the official SDK. */
const defaultRegion = 'ap-southeast-1';

export function createComposition(io: Io, clock: Clock, options: { readonly logLevel: string }): Composition {
  const log = createLogger(io.stderr, options.logLevel);
  const list = ({ file, format, delimiter, encoding }: RecipientList) =>
    openRecipients({ file, format, delimiter, encoding }, { stdin: io.stdin });
  return {
    log,
    openService: (serviceOptions) => openService(serviceOptions, io, clock, log),
    recipients: list,
    suppressed: (recipients) =>
      recipients.suppress === null
        ? null
        : list({ ...recipients, file: recipients.suppress, format: null, delimiter: null, encoding: null }),
    planWriter: openPlanWriter,
    checkpoint: (path) => openCheckpoint(path, clock),
    runReader: openRunReader,
    frozenTemplate,
    isHeld: isRunHeld,
    openEmulator: async (choice) => (await import('./compose/open-emulator.ts')).openEmulator(choice),
    quota: (limit) => createPacer({ limit, clock }),
    reportWriter,
    sampleCsv,
    rejectedList: rejectedCsv,
  };
}

async function openService(
  options: ServiceOptions & TemplateFileOptions,
  io: Io,
  clock: Clock,
  log: Logger,
): Promise<OpenedService> {
  const openedAt = clock.now();
  const emulator = options.emulator ? await startEmulator(options) : null;
  const service = serviceOf(options, emulator?.url ?? null);
  const cams = await connect(service, options, io, clock);
  const saved = options.templateFile === undefined ? null : await savedTemplates(options.templateFile);
  return {
    service,
    templates: (calls) => saved ?? cams.templates(calls),
    directory: cams.directory,
    senders: cams.senders,
    preflight: cams.preflight,
    describeCredentials: cams.describeCredentials,
    account: cams.account,
    clockSkewMs: cams.clockSkewMs,
    provider: (choice) => withLog(cams.provider(choice), log),
    // An emulator of this command knows nothing of what others did.
    messageLog: (calls) => cams.messageLog(calls, emulator === null ? null : openedAt),
    close: async () => emulator?.close(),
  };
}

async function savedTemplates(file: string): Promise<TemplateSource> {
  const { openSavedTemplateSource } = await import('../adapters/providers/cams/saved-template-source.ts');
  return openSavedTemplateSource(file);
}

async function startEmulator({ faults }: ServiceOptions): Promise<{ readonly url: string; close(): Promise<void> }> {
  const { openEmulator } = await import('./compose/open-emulator.ts');
  return openEmulator({ faultsFile: faults });
}

/** Every local http endpoint counts as an emulator: what goes there goes nowhere else. */
function serviceOf(options: ServiceOptions, emulatorUrl: string | null): Service {
  const endpoint = emulatorUrl ?? options.endpoint;
  if (endpoint?.startsWith('http:')) return { kind: 'emulator', endpoint };
  return { kind: 'alibaba-cloud', endpoint: endpoint ?? `https://${camsEndpoint(options.region ?? defaultRegion)}` };
}

type Connected =
  | 'templates'
  | 'directory'
  | 'senders'
  | 'preflight'
  | 'describeCredentials'
  | 'account'
  | 'clockSkewMs'
  | 'provider';

interface ConnectedService extends Pick<OpenedService, Connected> {
  messageLog(calls: CampaignCalls, beginsAt: number | null): MessageLog;
}

/** The message log is asked for a space, which the emulator has no more than one of. */
const emulatedSpace = 'emulated';

async function connect(
  service: Service,
  { emulator, profile }: ServiceOptions,
  io: Io,
  clock: Clock,
): Promise<ConnectedService> {
  const [
    { createCamsClient },
    { defaultCredentials, staticCredentials },
    { createCamsTemplateSource },
    { createCamsTemplateDirectory },
    { createCamsProvider },
    { createCamsMassProvider },
    { createLookUps },
    { createCamsSenders },
    { createCamsHealth },
    { createCamsMessageLog },
  ] = await Promise.all([
    import('../adapters/providers/cams/client.ts'),
    import('../adapters/providers/cams/credentials.ts'),
    import('../adapters/providers/cams/template-source.ts'),
    import('../adapters/providers/cams/template-directory.ts'),
    import('../adapters/providers/cams/provider.ts'),
    import('../adapters/providers/cams/mass-provider.ts'),
    import('../adapters/providers/cams/look-ups.ts'),
    import('../adapters/providers/cams/senders.ts'),
    import('../adapters/providers/cams/health.ts'),
    import('../adapters/providers/cams/message-log.ts'),
  ]);
  const credentials = emulator
    ? staticCredentials(emulatorAccessKeyId, emulatorAccessKeySecret)
    : defaultCredentials({ env: io.env, profile, now: clock.now });
  const client = createCamsClient({ service, credentials, userAgent: `sendoff/${version}` });
  const lookUps = createLookUps(client, clock);
  const senders = (custSpaceId: string | null) => createCamsSenders({ lookUps, credentials, custSpaceId });
  const clockSkewMs = async () => {
    const { readClockSkew } = await import('../adapters/providers/cams/service-clock.ts');
    return readClockSkew({ service, clock });
  };
  return {
    templates: (calls) => createCamsTemplateSource({ lookUps, credentials, ...calls }),
    directory: (custSpaceId) => createCamsTemplateDirectory({ lookUps, credentials, custSpaceId }),
    senders,
    preflight: ({ channel, custSpaceId }) => ({
      clockSkewMs,
      // The service tells of WhatsApp's senders alone.
      senders: channel === 'whatsapp' ? senders(custSpaceId) : null,
      health:
        channel === 'whatsapp' && custSpaceId !== null ? createCamsHealth({ lookUps, credentials, custSpaceId }) : null,
    }),
    describeCredentials: () => credentials.describe(),
    account: () => credentials.account(),
    clockSkewMs,
    provider: ({ runId, custSpaceId, mode }) =>
      mode === 'mass'
        ? createCamsMassProvider({ client, custSpaceId, taskId: ({ row }) => `${runId}-from-${row}` })
        : createCamsProvider({ client, custSpaceId, taskId: ({ row }) => `${runId}-${row}` }),
    messageLog(calls, beginsAt) {
      const custSpaceId = calls.custSpaceId ?? (service.kind === 'emulator' ? emulatedSpace : null);
      return createCamsMessageLog({ lookUps, credentials, ...calls, custSpaceId, beginsAt });
    },
  };
}

async function frozenTemplate({ detail }: FrozenTemplate): Promise<Template> {
  const { parseTemplateDetail, templateDetailSchema } = await import(
    '../adapters/providers/cams/parse-template-detail.ts'
  );
  return parseTemplateDetail(templateDetailSchema.parse(JSON.parse(detail)));
}

async function reportWriter(format: ReportFormat): Promise<ReportWriter> {
  switch (format) {
    case 'csv':
      return (await import('../adapters/reports/csv.ts')).csvReport;
    case 'jsonl':
      return (await import('../adapters/reports/jsonl.ts')).jsonlReport;
    case 'json':
      return (await import('../adapters/reports/json.ts')).jsonReport;
    case 'md':
      return (await import('../adapters/reports/md.ts')).mdReport;
  }
}
