/**
 * What came back from the service, or did not, in sendoff's own words: the one table of it. Whatever is not a definite
 * answer is `unknown`, since the message may be on its way.
 */
import { OperatorError } from '../../../domain/operator-error.ts';
import type { Outcome, Refusal, Scope } from '../../../domain/outcome.ts';
import { redact } from './redact.ts';

/** How one call ended, whatever it was for. */
export type Answer =
  | { readonly kind: 'ok'; readonly body: Readonly<Record<string, unknown>>; readonly requestId: string | null }
  | Exclude<Outcome, { readonly kind: 'accepted' }>;

/** What the catalogue knows of a code. */
export type LookUp = (code: string) => {
  readonly scope: Scope;
  readonly delivered: 'no' | 'yes' | 'unknown';
  readonly fix: string;
} | null;

/** Turns replies and errors of the SDK into answers. `hidden` are texts that no reason may repeat. */
export interface AnswerReader {
  ofReply(status: number, body: Readonly<Record<string, unknown>>, hidden: readonly string[]): Answer;
  ofError(error: unknown, hidden: readonly string[]): Answer;
}

export function createAnswerReader(lookUp: LookUp): AnswerReader {
  function ofReply(status: number, body: Readonly<Record<string, unknown>>, hidden: readonly string[]): Answer {
    const requestId = text(body['RequestId']);
    const code = text(body['Code']);
    const succeeded = status >= 200 && status < 300;
    if (succeeded && code === 'OK') return { kind: 'ok', body, requestId };

    const known = code === null ? null : lookUp(code);
    const refusal: Refusal = {
      code: code ?? (succeeded ? 'NO_CODE' : `HTTP_${status}`),
      reason: reasonOf(body, hidden),
      // A code that nobody listed is taken to concern its row, so that `stopAfter` bounds what it can cost.
      scope: known?.scope ?? 'row',
      requestId,
    };
    if (isThrottle(status, code)) return { kind: 'throttled', retryAfterMs: null, ...refusal, scope: 'transient' };
    const definite = (succeeded && code !== null) || (status >= 400 && status < 500 && status !== requestTimeout);
    if (!definite || (known !== null && known.delivered !== 'no'))
      return unknown(refusal.code, refusal.reason, requestId);
    return { kind: 'rejected', ...refusal };
  }

  function ofError(error: unknown, hidden: readonly string[]): Answer {
    const body = property(error, 'data');
    const status = property(error, 'statusCode');
    if (isRecord(body) && typeof status === 'number') return ofReply(status, body, hidden);

    const code = text(property(error, 'code')) ?? (error instanceof Error ? error.name : 'Error');
    if (error instanceof OperatorError || code === 'InvalidCredentials') {
      const reason = error instanceof OperatorError ? error.message : 'no credentials found';
      return { kind: 'rejected', code, reason, scope: 'account', requestId: null };
    }
    if (neverConnected(error, code)) {
      return { kind: 'unreachable', code, reason: connectReasons[code] ?? 'the connection could not be made' };
    }
    // The error's own message has the whole link in it, and with it what the message says.
    return unknown(code, silenceReasons[code] ?? 'no answer that could be read', null);
  }

  return { ofReply, ofError };
}

/** An accepted message has an id; an `OK` without one names nothing that could be asked about later. */
export function outcomeOfSend(answer: Answer): Outcome {
  if (answer.kind !== 'ok') return answer;
  const messageId = text(answer.body['MessageId']);
  if (messageId === null) return unknown('NO_MESSAGE_ID', 'accepted without a message id', answer.requestId);
  return { kind: 'accepted', messageId, requestId: answer.requestId };
}

const tooManyRequests = 429;
const requestTimeout = 408;

/**
 * Flow control: the request was turned away at the door, whatever the HTTP status says.
 * Source: SendChatappMessage API page (System.LimitControl), gateway error codes (Throttling and below), and WhatsApp's
 * code for a sender above its throughput.
 */
function isThrottle(status: number, code: string | null): boolean {
  return (
    status === tooManyRequests || (code !== null && /^(System\.LimitControl|Throttling(\..*)?|130429)$/.test(code))
  );
}

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
function reasonOf(body: Readonly<Record<string, unknown>>, hidden: readonly string[]): string {
  const words = text(body['Message']);
  const reason = words === null || words === 'null' ? 'the service gave no reason' : redact(words, hidden);
  const right = property(body['AccessDeniedDetail'], 'AuthAction');
  return typeof right === 'string' && /^[\w-]+:\w+$/.test(right) ? `${reason} (needs the right ${right})` : reason;
}

function unknown(code: string, reason: string, requestId: string | null) {
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
