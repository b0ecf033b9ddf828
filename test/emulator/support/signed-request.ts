/** A request signed by the page's recipe and sent by plain http, so that a test can spoil any part of it. */
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';

export interface RequestParts {
  readonly action?: string;
  /** Of Chat App Message Service where it is left out. */
  readonly version?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly path?: string;
  readonly keyId?: string;
  readonly secret?: string;
  /** Put over what the recipe says before it is signed; undefined leaves the header out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Put over the signed request; undefined leaves the header out. */
  readonly spoiled?: Readonly<Record<string, string | undefined>>;
  /** The body that travels, where it is not the one that was signed. */
  readonly travellingBody?: string;
  /** Headers that travel but are left out of the signature. */
  readonly unsigned?: readonly string[];
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** What an answer says beside its request id. */
export interface ServiceAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export const orderShipped = {
  ChannelType: 'whatsapp',
  Type: 'template',
  From: '8613867404376',
  To: '8613800000001',
  TemplateCode: 'order_shipped',
  Language: 'en',
  TemplateParams: JSON.stringify({ name: 'Ann', code: 'A-1', date: '21 Nov' }),
} as const;

export async function callService(url: string, parts: RequestParts): Promise<ServiceAnswer> {
  const { status, text } = await sendSigned(url, parts);
  const body: Record<string, unknown> = JSON.parse(text);
  return { status, body };
}

/** Sends `order_shipped`; `fields` are put over its parameters, and empty ones left out. */
export function sendMessage(url: string, fields: Readonly<Record<string, string>> = {}): Promise<ServiceAnswer> {
  const form = Object.fromEntries(Object.entries({ ...orderShipped, ...fields }).filter(([, value]) => value !== ''));
  return callService(url, { form });
}

export function sendSigned(url: string, parts: RequestParts): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(url);
  const method = parts.method ?? 'POST';
  const body = parts.form === undefined ? '' : new URLSearchParams(parts.form).toString();
  const query = encodedQuery(parts.query ?? {});
  const headers = signedHeaders(host, method, query, body, parts);
  return new Promise((resolve, reject) => {
    const path = `${parts.path ?? '/'}${query === '' ? '' : `?${query}`}`;
    const request = httpRequest({ hostname, port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        });
      });
    });
    request.on('error', reject);
    request.end(parts.travellingBody ?? body);
  });
}

function signedHeaders(host: string, method: string, query: string, body: string, parts: RequestParts) {
  const headers = defined({
    host,
    'x-acs-action': parts.action ?? 'SendChatappMessage',
    'x-acs-version': parts.version ?? '2020-06-06',
    'x-acs-date': `${new Date().toISOString().slice(0, 19)}Z`,
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-content-sha256': sha256(body),
    ...(body === '' ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    ...parts.headers,
  });
  const names = Object.keys(headers)
    .filter((name) => parts.unsigned?.includes(name) !== true)
    .sort();
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const canonical = [method, '/', query, lines, names.join(';'), headers['x-acs-content-sha256'] ?? ''].join('\n');
  const signature = createHmac('sha256', parts.secret ?? 'emulator-secret')
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
  const authorization = `ACS3-HMAC-SHA256 Credential=${parts.keyId ?? 'emulator'},SignedHeaders=${names.join(';')},Signature=${signature}`;
  return defined({ ...headers, authorization, ...parts.spoiled });
}

function encodedQuery(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(
      ([name, value]) =>
        `${name}=${encodeURIComponent(value).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`,
    )
    .join('&');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function defined(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}
