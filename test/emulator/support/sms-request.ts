/** Calls of Short Message Service by plain http. */
import { callService, type RequestParts, type ServiceAnswer } from './signed-request.ts';

export const notice = {
  SignName: '示例商城',
  TemplateCode: 'SMS_100000001',
  TemplateParam: JSON.stringify({ name: '王芳', code: 'A1001', date: '3月2日' }),
} as const;

export const verification = {
  SignName: '示例验证',
  TemplateCode: 'SMS_100000003',
  TemplateParam: JSON.stringify({ code: '123456' }),
} as const;

export const international = {
  SignName: 'Sample Shop',
  TemplateCode: 'SMS_100000005',
  TemplateParam: JSON.stringify({ name: 'Ann', code: 'A-1' }),
} as const;

type Fields = Readonly<Record<string, string>>;

/** Empty fields are left out. */
export function callSms(url: string, action: string, fields: Fields, parts: RequestParts = {}): Promise<ServiceAnswer> {
  const query = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
  return callService(url, { action, version: '2017-05-25', query, ...parts });
}

/** Sends the notice to one number; `fields` are put over its parameters. */
export function sendSms(url: string, fields: Fields = {}, parts: RequestParts = {}): Promise<ServiceAnswer> {
  return callSms(url, 'SendSms', { PhoneNumbers: '13800000001', ...notice, ...fields }, parts);
}

/** One message to each of the numbers; `fields` are put over its parameters. */
export function sendBatch(
  url: string,
  numbers: readonly string[],
  fields: Fields = {},
  parts: RequestParts = {},
): Promise<ServiceAnswer> {
  const usual = {
    PhoneNumberJson: JSON.stringify(numbers),
    SignNameJson: JSON.stringify(numbers.map(() => notice.SignName)),
    TemplateCode: notice.TemplateCode,
    TemplateParamJson: JSON.stringify(numbers.map(() => JSON.parse(notice.TemplateParam))),
  };
  return callSms(url, 'SendBatchSms', { ...usual, ...fields }, parts);
}

/** Whoever signs at this time, in milliseconds since 1970, is on time for a service whose clock says so. */
export function signedAt(ms: number): RequestParts {
  return { headers: { 'x-acs-date': `${new Date(ms).toISOString().slice(0, 19)}Z` } };
}
