/**
 * Every way the service says no that the emulator knows by itself: the code, the HTTP status and the words.
 * Sources: the gateway's common error codes, the CAMS error code page, WhatsApp Cloud API error codes. Statuses that
 * those pages leave open are 400, as every error of the SendChatappMessage page is.
 */
import { smsRefusalWords } from './sms/sms-refusal-words.ts';

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Where a right is missing: which, and whose. */
  readonly accessDenied?: AccessDeniedDetail;
}

/** What RAM tells of a call that it denies. Source: "How to troubleshoot an access denied error". */
export interface AccessDeniedDetail {
  readonly AuthAction: string;
  readonly AuthPrincipalType: string;
  readonly AuthPrincipalOwnerId: string;
  readonly AuthPrincipalDisplayName: string;
  readonly PolicyType: string;
  readonly NoPermissionType: 'ImplicitDeny' | 'ExplicitDeny';
}

const known = {
  // the gateway: who calls, and is it a request at all
  MissingAccessKeyId: [400, 'The request carries no AccessKey ID.'],
  InvalidSignatureMethod: [400, 'Specified signature algorithm is not supported; use ACS3-HMAC-SHA256.'],
  IncompleteSignature: [400, 'The request signature does not conform to Aliyun standards.'],
  'InvalidAccessKeyId.NotFound': [404, 'Specified access key is not found.'],
  'InvalidSecurityToken.MismatchWithAccessKey': [400, 'Specified SecurityToken mismatch with the AccessKey.'],
  IllegalTimestamp: [400, 'The input parameter "Timestamp" that is mandatory for this request is not supplied.'],
  'InvalidTimeStamp.Format': [400, 'Specified time stamp or date value is not well formatted.'],
  'InvalidTimeStamp.Expired': [400, 'Specified time stamp or date value is expired.'],
  SignatureDoesNotMatch: [400, 'Specified signature is not matched with our calculation.'],
  SignatureNonceUsed: [400, 'Specified signature nonce was used already.'],
  MissingParameter: [400, 'A parameter that is mandatory for this request is not supplied.'],
  InvalidVersion: [400, 'Specified parameter Version is not valid.'],
  'InvalidAction.NotFound': [404, 'Specified api is not found, please check your url and method.'],
  'InvalidApi.NotFound': [404, 'Specified api is not found, please check your url and method.'],
  UnsupportedHTTPMethod: [400, 'This http method is not supported.'],
  InternalError: [500, 'The request processing has failed due to some unknown error.'],
  ServiceUnavailable: [503, 'The request has failed due to a temporary failure of the server.'],
  // the service: the account and the request as such
  // Short Message Service names the kind of flow control behind the dot.
  'Throttling.User': [400, 'Request was denied due to user flow control.'],
  'System.LimitControl': [400, 'The system is under flow control.'],
  MissingChannelType: [400, 'ChannelType is mandatory for this action.'],
  MissingType: [400, 'Type is mandatory for this action.'],
  MissingFrom: [400, 'From is mandatory for this action.'],
  MissingTo: [400, 'To is mandatory for this action.'],
  MissingSenderList: [400, 'SenderList is mandatory for this action.'],
  MissingBusinessNumber: [400, 'BusinessNumber is mandatory for this action.'],
  MissingCustSpaceId: [400, 'CustSpaceId is mandatory for this action.'],
  MissingPage: [400, 'Page is mandatory for this action.'],
  MissingNodeType: [400, 'NodeType is mandatory for this action.'],
  InvalidParameter: [400, 'The specified parameter is not valid.'],
  'InvalidParameter.ChannelTypeNotSupport': [400, 'The channel type is not supported.'],
  'InvalidParameter.FromOnlyNumeric': [400, 'From may only contain digits.'],
  // The page's list of codes breaks off within this name; it is taken to be the twin of FromOnlyNumeric.
  'InvalidParameter.ToOnlyNumeric': [400, 'To may only contain digits.'],
  'InvalidParameter.PhoneNumberError': [400, 'The phone number is not valid.'],
  'InvalidParameter.TemplateCodeNotEmpty': [400, 'The template code must not be empty.'],
  'InvalidParameter.LanguageNotEmpty': [400, 'The language must not be empty.'],
  'InvalidParameter.LanguageNotSupport': [400, 'The language is not supported.'],
  'InvalidParameter.MessageTypeNotEmpty': [400, 'The message type must not be empty.'],
  'InvalidParameter.MessageTypeNotSupport': [400, 'The message type is not supported.'],
  'InvalidParameter.ContentNotEmpty': [400, 'The content must not be empty.'],
  'InvalidParameter.ContentError': [400, 'The content is not valid.'],
  // From the send skill's guide; 131047 says the same in receipts.
  SessionWindowExpired: [400, 'More than 24 hours have passed since the recipient last wrote.'],
  'InvalidParameter.TextNotEmpty': [400, 'The text must not be empty.'],
  'InvalidParameter.LinkNotEmpty': [400, 'The link must not be empty.'],
  'InvalidParameter.FileUrlError': [400, 'The file of the header cannot be downloaded.'],
  'InvalidParameter.AuditStatusNotSupport': [400, 'The audit status is not supported.'],
  'InvalidParameter.TemplateTypeNotSupport': [400, 'The template type is not supported.'],
  'InvalidParameter.PageInvalid': [400, 'The page is not valid.'],
  // templates that are written
  MissingComponents: [400, 'Components is mandatory for this action.'],
  'InvalidParameter.CreateError': [400, 'The template cannot be created.'],
  'InvalidParameter.TemplateNameExist': [400, 'A template with this name exists already.'],
  'InvalidParameter.MessageInvalid': [400, 'The text of the template is not valid.'],
  'InvalidParameter.FooterHaveVariable': [400, 'The footer must not have a variable.'],
  'InvalidParameter.HeaderMoreVarable': [400, 'The header has more than one variable.'],
  'InvalidParameter.HeaderTypeNotSupport': [400, 'The type of the header is not supported.'],
  'InvalidParameter.ButtonTextHaveVariable': [400, 'The text of a button must not have a variable.'],
  'InvalidParameter.UrlMoreVarable': [400, 'The URL has more than one variable.'],
  'DelError.TemplateNotExist': [400, 'The template to be deleted does not exist.'],
  // the template and its values
  TemplateNotFound: [400, 'The template does not exist.'],
  TemplateParamInvalid: [400, 'The template parameters are not valid.'],
  'DetailError.TemplateNotExist': [400, 'The template does not exist.'],
  '132000': [400, 'Number of parameters does not match the expected number of params'],
  '132001': [400, 'Template name does not exist in the translation or is not approved'],
  '132005': [400, 'Translated text too long'],
  '132015': [400, 'Template is paused'],
  '132016': [400, 'Template is disabled'],
  '132018': [400, 'Param text cannot have new-line/tab characters or more than 4 consecutive spaces'],
  // refusals that only a fault gives
  '130429': [400, 'Rate limit hit'],
  '131026': [400, 'Message undeliverable'],
  '131049': [400, 'This message was not delivered to maintain healthy ecosystem engagement.'],
  'Product.Unsubscript': [400, 'The product has not been activated.'],
  'Ram.PermissionDeny': [403, 'The RAM user is not permitted to perform this operation.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type RefusalCode = keyof typeof known;

/** `detail` is put behind the service's words: what the emulator saw, for whoever reads its answer. */
export function refuse(code: RefusalCode, detail?: string): Refusal {
  const [status, words] = known[code];
  return { status, code, message: detail === undefined ? words : `${words} ${detail}` };
}

/** The service's words for any code, also for one that only a fault file names. */
export function messageFor(code: string): string {
  if (isKnown(code)) return known[code][1];
  return isSmsCode(code) ? smsRefusalWords[code] : 'Refused by a fault of the emulator.';
}

/** The HTTP status that a code comes with, also one that only a fault names: Short Message Service refuses with HTTP 200. */
export function statusFor(code: string): number {
  if (isKnown(code)) return known[code][0];
  return /^is[pv]\./.test(code) ? 200 : 400;
}

function isKnown(code: string): code is RefusalCode {
  return Object.hasOwn(known, code);
}

function isSmsCode(code: string): code is keyof typeof smsRefusalWords {
  return Object.hasOwn(smsRefusalWords, code);
}

/** Whether the code tells the caller to come back later and not that the request is wrong. */
export function isThrottling(code: string): boolean {
  return code === 'System.LimitControl' || code === '130429' || code.split('.')[0] === 'Throttling';
}
