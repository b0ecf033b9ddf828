/** How many calls a second the services allow of each operation. Source: their API pages, where nothing else is said. */
import type { OperationName } from './operation-name.ts';

/** Those that the emulator can be told. */
export interface SendQuotas {
  readonly ratePerSecond: number;
  readonly massPerSecond: number;
  /** Of SendSms, and again of SendBatchSms. */
  readonly smsPerSecond: number;
}

const fixed: Readonly<Record<Exclude<OperationName, keyof typeof quotas>, number>> = {
  GetChatappTemplateDetail: 5,
  ListChatappTemplate: 5,
  CreateChatappTemplate: 50,
  ModifyChatappTemplate: 50,
  DeleteChatappTemplate: 5,
  // Its page names none: as the service's metrics and template changes have.
  ListChatappMessage: 50,
  QueryChatappPhoneNumbers: 10,
  GetWhatsappHealthStatus: 5,
  QuerySendDetails: 5000,
  QuerySendStatistics: 20,
  QuerySmsSignList: 10,
  GetSmsSign: 150,
  QuerySmsTemplateList: 10,
  // Its page names none: as that of signatures.
  GetSmsTemplate: 150,
  // Their pages name none: as the lists have.
  QuerySmsQualificationRecord: 10,
  QuerySingleSmsQualification: 10,
};

const quotas = {
  SendChatappMessage: 'ratePerSecond',
  SendChatappMassMessage: 'massPerSecond',
  SendSms: 'smsPerSecond',
  SendBatchSms: 'smsPerSecond',
} as const satisfies Partial<Record<OperationName, keyof SendQuotas>>;

export function callsPerSecond(operation: OperationName, settings: SendQuotas): number {
  return isTold(operation) ? settings[quotas[operation]] : fixed[operation];
}

function isTold(operation: OperationName): operation is keyof typeof quotas {
  return Object.hasOwn(quotas, operation);
}
