/** The operations the emulator speaks, by service. */
export const chatOperationNames = [
  'SendChatappMessage',
  'SendChatappMassMessage',
  'GetChatappTemplateDetail',
  'ListChatappTemplate',
  'CreateChatappTemplate',
  'ModifyChatappTemplate',
  'DeleteChatappTemplate',
  'ListChatappMessage',
  'QueryChatappPhoneNumbers',
  'GetWhatsappHealthStatus',
] as const;

export const smsOperationNames = [
  'SendSms',
  'SendBatchSms',
  'QuerySendDetails',
  'QuerySendStatistics',
  'QuerySmsSignList',
  'GetSmsSign',
  'QuerySmsTemplateList',
  'GetSmsTemplate',
  'QuerySmsQualificationRecord',
  'QuerySingleSmsQualification',
] as const;

/** No name is in both. */
export const operationNames = [...chatOperationNames, ...smsOperationNames] as const;

export type ChatOperationName = (typeof chatOperationNames)[number];
export type SmsOperationName = (typeof smsOperationNames)[number];
export type OperationName = ChatOperationName | SmsOperationName;

/** Those that send messages: what a fault for `send` strikes. */
export const sendOperationNames = ['SendChatappMessage', 'SendChatappMassMessage', 'SendSms', 'SendBatchSms'] as const;

export type SendOperationName = (typeof sendOperationNames)[number];

export function isOperationName(text: string): text is OperationName {
  return operationNames.some((name) => name === text);
}

export function isSmsOperationName(text: string): text is SmsOperationName {
  return smsOperationNames.some((name) => name === text);
}

export function isSendOperationName(text: string): text is SendOperationName {
  return sendOperationNames.some((name) => name === text);
}

/** A service as the gateway knows it. */
export interface ApiService {
  /** What stands before the colon of its RAM actions. */
  readonly name: string;
  /** As `x-acs-version` has it; each of the two has only this one. Sources: their API pages. */
  readonly version: string;
  readonly operations: readonly OperationName[];
}

export const apiServices: readonly ApiService[] = [
  { name: 'cams', version: '2020-06-06', operations: chatOperationNames },
  { name: 'dysms', version: '2017-05-25', operations: smsOperationNames },
];
