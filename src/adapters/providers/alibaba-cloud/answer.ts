/**
 * What came back from a service of Alibaba Cloud, or did not, in sendoff's own words: the one table of it. Whatever is not a definite
 * answer is `unknown`, since the message may be on its way.
 */
import { lookUp } from '../../../domain/catalogue.ts';
import { OperatorError } from '../../../domain/operator-error.ts';
import type { Outcome, Refusal } from '../../../domain/outcome.ts';
import { ownValue } from '../../../domain/own-value.ts';
import { isMissingRight } from '../../../domain/ram-policy.ts';
import { redact } from './redact.ts';

/** The services that sendoff speaks to, by the names that the catalogue gives them. */
export type ServiceName = 'cams' | 'sms';

/** How one call ended, whatever it was for. */
export type Answer =
  | { readonly kind: 'ok'; readonly body: Readonly<Record<string, unknown>>; readonly requestId: string | null }
  | Exclude<Outcome, { readonly kind: 'accepted' }>;

export interface Reply {
  readonly service: ServiceName;
  /** Of HTTP. */
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  /** Texts that the reason may not repeat. */
  readonly hidden?: Iterable<string>;
  /** How long the service asks to be left alone, where it does. */
  readonly retryAfterMs?: number | null;
}

/**
 * The answer in a reply that was JSON, whatever its HTTP status. The gateway writes some of its names with a small
 * first letter, and the SDK reads both.
 */
export function answerOfReply({ service, status, body, hidden = [], retryAfterMs = null }: Reply): Answer {
  const requestId = text(body['RequestId'] ?? body['requestId']);
  const code = text(body['Code'] ?? body['code']);
  const succeeded = status >= 200 && status < 300;
  if (succeeded && code === 'OK') return { kind: 'ok', body, requestId };

  const known = code === null ? null : lookUp(code, service);
  const refusal: Refusal = {
    code: code !== null && code !== 'OK' ? code : succeeded ? 'NO_CODE' : `HTTP_${status}`,
    reason: reasonOf(body, hidden),
    // A code that nobody listed is taken to concern its row, so that `stopAfter` bounds what it can cost.
    scope: known?.scope ?? 'row',
    requestId,
    ...missingRight(code, body),
  };
  // Flow control turned the request away at the door, whatever the HTTP status says.
  if (known?.throttle === true || status === tooManyRequests) {
    const knownMs = known?.waitSeconds === undefined ? null : known.waitSeconds * 1000;
    return { kind: 'throttled', retryAfterMs: retryAfterMs ?? knownMs, ...refusal, scope: 'transient' };
  }
  const definite = (succeeded && code !== null) || (status >= 400 && status < 500 && status !== requestTimeout);
  if (!definite || (known !== null && known.delivered !== 'no')) {
    return unknownAnswer(refusal.code, refusal.reason, requestId);
  }
  return { kind: 'rejected', ...refusal };
}

/** The answer in whatever the SDK threw: a reply with a status of 400 or above, or no reply at all. */
export function answerOfError(service: ServiceName, error: unknown, hidden: Iterable<string> = []): Answer {
  const body = property(error, 'data');
  const status = property(error, 'statusCode');
  if (isRecord(body) && typeof status === 'number') {
    return answerOfReply({ service, status, body, hidden, retryAfterMs: retryAfterOf(error) });
  }

  if (error instanceof OperatorError) return noCredentials(error.code, error.message);
  const code = text(property(error, 'code')) ?? nameOf(error);
  if (code === 'InvalidCredentials') return noCredentials(code, 'no credentials found');
  if (neverConnected(error, code)) {
    return { kind: 'unreachable', code, reason: ownValue(connectReasons, code) ?? 'the connection could not be made' };
  }
  // The error's own message has the whole link in it, and with it what the message says.
  return unknownAnswer(code, ownValue(silenceReasons, code) ?? 'no answer that could be read', null);
}

/** An accepted message has an id; an `OK` without one names nothing that could be asked about later. */
export function outcomeOfSend(answer: Answer, idField: string): Outcome {
  if (answer.kind !== 'ok') return answer;
  const messageId = text(answer.body[idField]);
  if (messageId === null) return unknownAnswer('NO_MESSAGE_ID', 'accepted without a message id', answer.requestId);
  return { kind: 'accepted', messageId, requestId: answer.requestId };
}

/** The same of a call that carried several messages: the service names them only together. */
export function outcomeOfMassSend(answer: Answer): Outcome {
  if (answer.kind !== 'ok') return answer;
  const { requestId } = answer;
  const groupMessageId = text(answer.body['GroupMessageId']);
  if (groupMessageId === null) return unknownAnswer('NO_MESSAGE_ID', 'accepted without a group message id', requestId);
  return { kind: 'accepted', messageId: null, groupMessageId, requestId };
}

/** Milliseconds, from the header `x-acs-retry-after`, which the newer SDK reads. */
function retryAfterOf(error: unknown): number | null {
  const retryAfter = property(error, 'retryAfter');
  return typeof retryAfter === 'number' && Number.isFinite(retryAfter) && retryAfter >= 0 ? retryAfter : null;
}

const tooManyRequests = 429;
const requestTimeout = 408;

const connectReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the endpoint refused the connection',
  ENOTFOUND: 'the endpoint has no address',
  EAI_AGAIN: 'the name of the endpoint could not be looked up',
  EPROTO: 'the endpoint does not speak TLS',
};

const silenceReasons: Readonly<Record<string, string>> = {
  RequestTimeoutError: 'no answer in time',
  ECONNRESET: 'the connection broke before the whole answer came',
  SyntaxError: 'the answer was not JSON',
};

/**
 * Only what failed in looking up the name, in connecting, or in the TLS handshake: nothing was handed over then. The
 * SDK's `ConnectTimeout` is not among them, since it says the same when the service took the request and stayed silent.
 */
function neverConnected(error: unknown, code: string): boolean {
  if (error instanceof AggregateError) {
    return error.errors.length > 0 && error.errors.every((each) => property(each, 'syscall') === 'connect');
  }
  const syscall = property(error, 'syscall');
  return syscall === 'connect' || syscall === 'getaddrinfo' || code === 'EPROTO' || certificateRefused.has(code);
}

/** Source: Node.js documentation, TLS, "X509 certificate error codes", and the check of the host name. */
const certificateRefused: ReadonlySet<string> = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** The service's words, and for a missing right the right: the service tells it in a field of its own. */
function reasonOf(body: Readonly<Record<string, unknown>>, hidden: Iterable<string>): string {
  const words = text(body['Message'] ?? body['message']);
  const reason = words === null || words === 'null' ? 'the service gave no reason' : redact(words, hidden);
  const right = rightIn(body);
  return right === null ? reason : `${reason} (needs the right ${right})`;
}

function missingRight(code: string | null, body: Readonly<Record<string, unknown>>): Pick<Refusal, 'missingRight'> {
  const right = rightIn(body);
  return right !== null && code !== null && isMissingRight(code) ? { missingRight: right } : {};
}

/** The pages give the detail as a text, and the service sends it as an object. */
function rightIn(body: Readonly<Record<string, unknown>>): string | null {
  const detail = body['AccessDeniedDetail'];
  const right = property(typeof detail === 'string' ? parsedJson(detail) : detail, 'AuthAction');
  return typeof right === 'string' && /^[\w-]+:\w+$/.test(right) ? right : null;
}

function parsedJson(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return null;
  }
}

/** The SDK tells time-outs and answers that are not JSON by name alone; the rest of what it throws has only words. */
function nameOf(error: unknown): string {
  return error instanceof Error && error.name !== 'Error' ? error.name : 'UNREADABLE_ANSWER';
}

/** Nothing left, and nothing will until somebody mends the credentials. */
function noCredentials(code: string, reason: string): Answer {
  return { kind: 'rejected', code, reason, scope: 'account', requestId: null };
}

function unknownAnswer(code: string, reason: string, requestId: string | null) {
  return { kind: 'unknown', code, reason, requestId } as const;
}

function text(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

function property(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
