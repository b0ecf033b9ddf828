/** The operations the emulator speaks. */
export const operationNames = [
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

export type OperationName = (typeof operationNames)[number];

export function isOperationName(text: string): text is OperationName {
  return operationNames.some((name) => name === text);
}
