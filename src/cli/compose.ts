/**
 * The one file that knows concrete adapters: puts the parts together for a command. Adapters with an SDK behind them are
 * loaded when a command first needs them.
 */
import { type OpenedCheckpoint, openCheckpoint } from '../adapters/checkpoints/sqlite/checkpoint.ts';
import { openPlanWriter } from '../adapters/checkpoints/sqlite/plan-writer.ts';
import { isRunHeld } from '../adapters/checkpoints/sqlite/run-lock.ts';
import { openRunReader } from '../adapters/checkpoints/sqlite/run-reader.ts';
import type { CredentialSource } from '../adapters/providers/alibaba-cloud/credentials.ts';
import type { TemplateFileChoice } from '../adapters/providers/alibaba-cloud/template-file.ts';
import { createPacer } from '../adapters/quotas/local-pacer.ts';
import { openRecipients } from '../adapters/recipients/open-recipients.ts';
import { rejectedCsv } from '../adapters/reports/rejected-csv.ts';
import { sampleCsv } from '../adapters/reports/sample-csv.ts';
import type { PreflightSources } from '../campaign/preflight.ts';
import type { Account } from '../domain/account.ts';
import type { Campaign, RecipientList, SendMode } from '../domain/campaign.ts';
import type { Clock } from '../domain/clock.ts';
import type { Channel } from '../domain/message.ts';
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
import type { Qualifications } from '../domain/sms/qualification.ts';
import type { SendDetails } from '../domain/sms/send-details.ts';
import type { SendStatistics } from '../domain/sms/send-statistics.ts';
import type { SmsDirectory } from '../domain/sms/sms-directory.ts';
import type { SignSource } from '../domain/sms/sms-sign.ts';
import type { Template } from '../domain/template.ts';
import type { TemplateDirectory } from '../domain/template-directory.ts';
import type { TemplateSource } from '../domain/template-source.ts';
import { emulatorAccessKeyId, emulatorAccessKeySecret } from '../emulator/emulator-options.ts';
import type { EmulatorChoice, RunningEmulator } from './compose/open-emulator.ts';
import type { Io } from './io.ts';
import { createLogger, type Logger, withLog } from './logger.ts';
import type { ServiceOptions, TemplateFileOptions } from './shared-options.ts';
import { UsageError } from './usage-error.ts';

/** A service, connected. */
export interface ConnectedService {
  readonly service: Service;
  /** Those of a space, or with null of the account itself; so everything here. */
  templates(calls: CampaignCalls): TemplateSource;
  directory(custSpaceId: string | null): TemplateDirectory;
  senders(custSpaceId: string | null): SenderSource;
  /** Null for the chat channels, which have none of it. */
  readonly sms: OpenedSms | null;
  preflight(campaign: Pick<Campaign, 'channel' | 'custSpaceId'>): PreflightSources;
  /** Which access key is used, fit for a screen. Throws where there is none. */
  describeCredentials(): Promise<{ readonly source: string; readonly keyId: string }>;
  /** Whose that key is, as far as it tells. Throws where there is none. */
  account(): Promise<Account>;
  /** Milliseconds that this machine is ahead of the service; null where the service does not tell. */
  clockSkewMs(): Promise<number | null>;
  provider(choice: ProviderChoice): Provider;
  messageLog(calls: CampaignCalls): MessageLog;
}

/** The service a command talks to, opened. */
export interface OpenedService extends ConnectedService {
  /** The service of the messages that stand in for refused ones; null where those go by the same service, or there are none. */
  readonly fallback: ConnectedService | null;
  close(): Promise<void>;
}

/** Which services a command needs. */
export interface ServiceNeeds {
  /** What its messages go by. */
  readonly channel: Channel;
  /** What goes out instead where it is by another service; null: nothing does. */
  readonly fallback: Channel | null;
}

/** What the service tells of text messages alone. */
export interface OpenedSms {
  readonly signs: SignSource;
  readonly directory: SmsDirectory;
  readonly details: SendDetails;
  readonly statistics: SendStatistics;
  readonly qualifications: Qualifications;
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
  /** With `--emulator` all of it is one emulator. */
  openService(options: ServiceOptions & TemplateFileOptions, needs: ServiceNeeds): Promise<OpenedService>;
  /** The list of a campaign; `-` is standard input. */
  recipients(list: RecipientList): RecipientSource;
  /** The do-not-contact list of a campaign, or null where it has none. */
  suppressed(list: RecipientList): RecipientSource | null;
  /** The list of prices of a campaign, or null where it has none. */
  rates(campaign: Campaign): RecipientSource | null;
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

export function createComposition(io: Io, clock: Clock, options: { readonly logLevel: string }): Composition {
  const log = createLogger(io.stderr, options.logLevel);
  const besideList = (file: string | null) =>
    file === null ? null : openRecipients({ file, format: null, delimiter: null, encoding: null }, { stdin: io.stdin });
  const list = ({ file, format, delimiter, encoding }: RecipientList) =>
    openRecipients({ file, format, delimiter, encoding }, { stdin: io.stdin });
  return {
    log,
    openService: (serviceOptions, needs) => openService(serviceOptions, needs, { io, clock, log }),
    recipients: list,
    suppressed: ({ suppress }) => besideList(suppress),
    rates: ({ rates }) => besideList(rates),
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

interface Surroundings {
  readonly io: Io;
  readonly clock: Clock;
  readonly log: Logger;
}

async function openService(
  options: ServiceOptions & TemplateFileOptions,
  { channel, fallback }: ServiceNeeds,
  surroundings: Surroundings,
): Promise<OpenedService> {
  if (fallback !== null) refuseOneEndpoint(options);
  const openedAt = surroundings.clock.now();
  const emulator = options.emulator ? await startEmulator(options) : null;
  const { io, clock } = surroundings;
  const entrance: Entrance = {
    options,
    mixed: fallback !== null,
    emulatorUrl: emulator?.url ?? null,
    // An emulator of this command knows nothing of what others did.
    beginsAt: emulator === null ? null : openedAt,
    credentials: await credentialsOf(options, io, clock),
  };
  return {
    ...(await connectTo(channel, entrance, surroundings)),
    fallback: fallback === null ? null : await connectTo(fallback, entrance, surroundings),
    close: async () => emulator?.close(),
  };
}

/** An address of the real services is that of one of them. */
function refuseOneEndpoint({ endpoint }: ServiceOptions): void {
  if (endpoint === undefined || endpoint.startsWith('http:')) return;
  throw new UsageError(`--endpoint: "${endpoint}" is one service, and this campaign goes by two`, {
    hint: 'name the --region instead, which each of them is looked up in',
  });
}

/** What the services of one command have in common. */
interface Entrance {
  readonly options: ServiceOptions & TemplateFileOptions;
  /** Whether there are several. */
  readonly mixed: boolean;
  readonly emulatorUrl: string | null;
  readonly beginsAt: number | null;
  readonly credentials: CredentialSource;
}

async function connectTo(
  channel: Channel,
  { options, mixed, emulatorUrl, beginsAt, credentials }: Entrance,
  { clock, log }: Surroundings,
): Promise<ConnectedService> {
  const { connect, endpointIn } =
    channel === 'sms' ? await import('./compose/connect-sms.ts') : await import('./compose/connect-cams.ts');
  const service = serviceOf(options, emulatorUrl, endpointIn);
  const connected = connect({ service, beginsAt, clock, credentials });
  const { templateFile: path } = options;
  const saved = path === undefined ? null : await savedTemplates({ path, mixed }, channel);
  return {
    ...connected,
    service,
    ...(saved !== null && { templates: () => saved.templates }),
    ...(saved?.signs != null && connected.sms !== null && { sms: { ...connected.sms, signs: saved.signs } }),
    provider: (choice) => withLog(connected.provider(choice), log),
  };
}

async function credentialsOf({ emulator, profile }: ServiceOptions, io: Io, clock: Clock): Promise<CredentialSource> {
  const { defaultCredentials, staticCredentials } = await import('../adapters/providers/alibaba-cloud/credentials.ts');
  return emulator
    ? staticCredentials(emulatorAccessKeyId, emulatorAccessKeySecret)
    : defaultCredentials({ env: io.env, profile, now: clock.now });
}

/** In the place of what the service tells; signs are null for the chat channels. */
async function savedTemplates(
  file: TemplateFileChoice,
  channel: Channel,
): Promise<{ readonly templates: TemplateSource; readonly signs: SignSource | null }> {
  if (channel === 'sms') {
    const saved = await import('../adapters/providers/sms/saved-template-source.ts');
    return { templates: await saved.openSavedSmsTemplateSource(file), signs: saved.unaskedSigns };
  }
  const { openSavedTemplateSource } = await import('../adapters/providers/cams/saved-template-source.ts');
  return { templates: await openSavedTemplateSource(file), signs: null };
}

async function startEmulator({ faults }: ServiceOptions): Promise<{ readonly url: string; close(): Promise<void> }> {
  const { openEmulator } = await import('./compose/open-emulator.ts');
  return openEmulator({ faultsFile: faults });
}

/** Every local http endpoint counts as an emulator: what goes there goes nowhere else. */
function serviceOf(
  { endpoint: named, region }: ServiceOptions,
  emulatorUrl: string | null,
  endpointIn: (region: string | undefined) => string,
): Service {
  const endpoint = emulatorUrl ?? named;
  if (endpoint?.startsWith('http:')) return { kind: 'emulator', endpoint };
  return { kind: 'alibaba-cloud', endpoint: endpoint ?? `https://${endpointIn(region)}` };
}

async function frozenTemplate({ channel, detail }: FrozenTemplate): Promise<Template> {
  const found: unknown = JSON.parse(detail);
  if (channel === 'sms') {
    const { parseSmsTemplate, smsTemplateSchema } = await import('../adapters/providers/sms/parse-sms-template.ts');
    return parseSmsTemplate(smsTemplateSchema.parse(found));
  }
  const { parseTemplateDetail, templateDetailSchema } = await import(
    '../adapters/providers/cams/parse-template-detail.ts'
  );
  return parseTemplateDetail(templateDetailSchema.parse(found));
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
