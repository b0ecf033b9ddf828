/**
 * The gateway in front of the services: who calls, is the request whole, fresh and asked before, is there such an
 * operation, and may the caller use it. It reads headers only, so that a request is judged in the order of arrival; the body is proved later.
 */
import { hash } from 'node:crypto';
import type { EmulatorClock } from './emulator-clock.ts';
import { apiServices } from './operation-name.ts';
import { type Refusal, refuse } from './refusals.ts';
import { judgeRight } from './rights.ts';
import { headerText, isSignedBy, parseAuthorization, type SignedRequest, signatureAlgorithm } from './signature.ts';

export interface EmulatorCredentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/** A request may be this much older or newer than the server's clock. Source: common error codes. */
const freshnessMs = 15 * 60_000;

/** What a signature must cover. Source: the V3 signature page (host and every `x-acs-` header). */
const headersToSign = [
  'host',
  'x-acs-action',
  'x-acs-content-sha256',
  'x-acs-date',
  'x-acs-signature-nonce',
  'x-acs-version',
];

export class Gateway {
  readonly #credentials: EmulatorCredentials;
  readonly #denied: ReadonlySet<string>;
  readonly #clock: EmulatorClock;
  readonly #nonces: NonceMemory;

  /** `denied` are actions that the caller has no right to. */
  constructor(credentials: EmulatorCredentials, denied: ReadonlySet<string>, clock: EmulatorClock) {
    this.#credentials = credentials;
    this.#denied = denied;
    this.#clock = clock;
    this.#nonces = new NonceMemory(2 * freshnessMs, clock);
  }

  /** Null when the request may go on to the service. */
  judge(request: SignedRequest): Refusal | null {
    return this.#judgeForm(request) ?? this.#judgeCaller(request) ?? this.#judgeOperation(request);
  }

  #judgeForm({ method, url }: SignedRequest): Refusal | null {
    if (method !== 'POST' && method !== 'GET') return refuse('UnsupportedHTTPMethod');
    if (url !== '/' && !url.startsWith('/?')) return refuse('InvalidApi.NotFound');
    return null;
  }

  #judgeCaller(request: SignedRequest): Refusal | null {
    const { headers } = request;
    const authorizationText = headerText(headers, 'authorization');
    if (authorizationText === '') return refuse('MissingAccessKeyId');
    const authorization = parseAuthorization(authorizationText);
    if (authorization === null) return refuse('IncompleteSignature');
    if (authorization.algorithm !== signatureAlgorithm) return refuse('InvalidSignatureMethod');
    if (authorization.keyId !== this.#credentials.accessKeyId) return refuse('InvalidAccessKeyId.NotFound');
    if (headerText(headers, 'x-acs-security-token') !== '') {
      return refuse('InvalidSecurityToken.MismatchWithAccessKey');
    }
    return (
      this.#judgeDate(headerText(headers, 'x-acs-date')) ??
      judgeSignedHeaders(request, authorization.signedHeaders) ??
      (isSignedBy(this.#credentials.accessKeySecret, request, authorization)
        ? null
        : refuse('SignatureDoesNotMatch')) ??
      this.#judgeNonce(headerText(headers, 'x-acs-signature-nonce'))
    );
  }

  #judgeDate(date: string): Refusal | null {
    if (date === '') return refuse('IllegalTimestamp');
    const signedAt = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date) ? Date.parse(date) : Number.NaN;
    if (Number.isNaN(signedAt)) return refuse('InvalidTimeStamp.Format');
    return Math.abs(this.#clock.now() - signedAt) > freshnessMs ? refuse('InvalidTimeStamp.Expired') : null;
  }

  #judgeNonce(nonce: string): Refusal | null {
    if (nonce === '') return refuse('MissingParameter', 'x-acs-signature-nonce');
    return this.#nonces.isFirst(nonce) ? null : refuse('SignatureNonceUsed');
  }

  #judgeOperation({ headers }: SignedRequest): Refusal | null {
    const action = headerText(headers, 'x-acs-action');
    const version = headerText(headers, 'x-acs-version');
    if (action === '') return refuse('MissingParameter', 'x-acs-action');
    if (version === '') return refuse('MissingParameter', 'x-acs-version');
    const service = apiServices.find((each) => each.version === version);
    if (service === undefined) return refuse('InvalidVersion');
    const operation = service.operations.find((name) => name === action);
    return operation === undefined ? refuse('InvalidAction.NotFound') : judgeRight(operation, this.#denied);
  }
}

/** A header that is absent has nothing to sign: its own check names it. */
function judgeSignedHeaders({ headers }: SignedRequest, signedHeaders: readonly string[]): Refusal | null {
  const unsigned = headersToSign.find((name) => headers[name] !== undefined && !signedHeaders.includes(name));
  return unsigned === undefined ? null : refuse('IncompleteSignature', `${unsigned} is not signed.`);
}

/** The signature covers the digest the caller claims; this proves that the body is the one that was signed. */
export function judgeBody(headers: SignedRequest['headers'], body: Buffer): Refusal | null {
  return headerText(headers, 'x-acs-content-sha256') === hash('sha256', body, 'hex')
    ? null
    : refuse('SignatureDoesNotMatch', 'x-acs-content-sha256 is not the SHA-256 of the body.');
}

/** Remembers every nonce for at least `keepMs`, in two halves of which the older is dropped as a whole. */
class NonceMemory {
  readonly #keepMs: number;
  readonly #clock: EmulatorClock;
  #recent = new Set<string>();
  #older = new Set<string>();
  #turnedAtMs: number;

  constructor(keepMs: number, clock: EmulatorClock) {
    this.#keepMs = keepMs;
    this.#clock = clock;
    this.#turnedAtMs = clock.monotonic();
  }

  isFirst(nonce: string): boolean {
    const nowMs = this.#clock.monotonic();
    if (nowMs - this.#turnedAtMs >= this.#keepMs) {
      this.#older = this.#recent;
      this.#recent = new Set();
      this.#turnedAtMs = nowMs;
    }
    if (this.#recent.has(nonce) || this.#older.has(nonce)) return false;
    this.#recent.add(nonce);
    return true;
  }
}
