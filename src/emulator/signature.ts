/**
 * ACS3-HMAC-SHA256, read from the service's "V3 request structure and signature" page and written a second time here,
 * so that a mistake in the client's SDK and one in the emulator cannot cancel out.
 */
import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { parse } from 'node:querystring';

export const signatureAlgorithm = 'ACS3-HMAC-SHA256';

export interface Authorization {
  readonly algorithm: string;
  readonly keyId: string;
  /** Lower case, as the header lists them. */
  readonly signedHeaders: readonly string[];
  /** Hex. */
  readonly signature: string;
}

/** Null when the header is not of the form `<algorithm> Credential=…,SignedHeaders=…,Signature=…`. */
export function parseAuthorization(header: string): Authorization | null {
  const match = /^(\S+) +Credential=([^,]+), *SignedHeaders=([^,]+), *Signature=([0-9a-f]+)$/.exec(header);
  if (match === null) return null;
  const [, algorithm = '', keyId = '', signedHeaders = '', signature = ''] = match;
  return { algorithm, keyId, signedHeaders: signedHeaders.split(';'), signature };
}

export interface SignedRequest {
  readonly method: string;
  /** Path and query as they arrived. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** Whether `authorization` is what the holder of `secret` would have computed for this request. */
export function isSignedBy(secret: string, request: SignedRequest, authorization: Authorization): boolean {
  const canonical = canonicalRequest(request, authorization.signedHeaders);
  const toSign = `${signatureAlgorithm}\n${hash('sha256', canonical, 'hex')}`;
  const expected = createHmac('sha256', secret).update(toSign).digest();
  const given = Buffer.from(authorization.signature, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function canonicalRequest({ method, url, headers }: SignedRequest, signedHeaders: readonly string[]): string {
  const [path = '/', query = ''] = splitOnce(url, '?');
  const headerLines = signedHeaders.map((name) => `${name}:${headerText(headers, name).trim()}\n`).join('');
  const bodyHash = headerText(headers, 'x-acs-content-sha256');
  return [method, path, canonicalQuery(query), headerLines, signedHeaders.join(';'), bodyHash].join('\n');
}

function canonicalQuery(query: string): string {
  const parameters = Object.entries(parse(query)).flatMap(([name, value]) =>
    [value ?? ''].flat().map((text): [string, string] => [name, text]),
  );
  return parameters
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([name, text]) => `${percentEncode(name)}=${percentEncode(text)}`)
    .join('&');
}

/** RFC 3986: everything but letters, digits and `-_.~` is encoded. */
function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The header as one text; empty when it is absent. `name` is in lower case. */
export function headerText(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
