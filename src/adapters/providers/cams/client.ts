/**
 * Calls operations of the service through the official SDK, one request a call. It goes through the SDK's generic call,
 * since the typed ones drop fields they do not know, of requests and of answers.
 */
import type { Service } from '../../../domain/run-record.ts';
import type { CredentialSource } from './credentials.ts';
import { type Answer, answerOfError, answerOfReply } from './outcome.ts';
import { loadSdk } from './sdk.ts';

/**
 * Wire names and texts. Texts only: the SDK flattens an object in `body` into fields nobody knows, and sends one in
 * `query` as an empty text.
 */
export interface CallFields {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, string>>;
}

export interface CamsClient {
  /**
   * One request; tries nothing again, and never throws for what the service or the network does. `hidden` are texts
   * that no reason in the answer may repeat. Without a renewal of credentials the request leaves in this turn of the
   * event loop.
   */
  call(action: string, fields: CallFields, hidden?: readonly string[]): Promise<Answer>;
}

export interface CamsClientOptions {
  readonly service: Service;
  readonly credentials: CredentialSource;
  /** Such as `sendoff/0.1.0`. */
  readonly userAgent: string;
  /** For the whole answer, from the connection on. */
  readonly timeoutMs?: number;
}

/** Where the service is in a region. Source: the "regional" endpoint rule of the official SDK. */
export function camsEndpoint(region: string): string {
  return `cams.${region}.aliyuncs.com`;
}

/**
 * Sockets are kept alive by one agent of the SDK for the whole process. It has no limit of its own, so there are as
 * many as requests in flight; one that the service has closed leaves the pool by itself.
 */
export function createCamsClient(options: CamsClientOptions): CamsClient {
  const { service, credentials, timeoutMs = 10_000 } = options;
  const { Client, Config, Credential, OpenApiRequest, Params, RuntimeOptions } = loadSdk();
  const client = new Client(
    new Config({
      ...addressOf(service),
      credential: new Credential(null, credentials),
      userAgent: options.userAgent,
    }),
  );
  // The SDK's connect timer also runs while the answer is awaited, so the shorter of the two would win.
  const runtime = new RuntimeOptions({ connectTimeout: timeoutMs, readTimeout: timeoutMs });

  return {
    async call(action, fields, hidden = []) {
      try {
        const params = new Params({
          action,
          version: '2020-06-06',
          protocol: 'HTTPS',
          pathname: '/',
          method: 'POST',
          authType: 'AK',
          style: 'RPC',
          reqBodyType: 'formData',
          bodyType: 'json',
        });
        const reply = await client.callApi(params, new OpenApiRequest(fields), runtime);
        return answerOfReply(Number(reply['statusCode']), reply['body'], hidden);
      } catch (error) {
        return answerOfError(error, hidden);
      }
    },
  };
}

/** The endpoint as a link or as a bare host; the real service is never spoken to without TLS. */
function addressOf(service: Service): { endpoint: string; protocol: 'HTTP' | 'HTTPS' } {
  const { endpoint, kind } = service;
  const host = endpoint.includes('://') ? new URL(endpoint).host : endpoint;
  const plain = kind === 'emulator' && !endpoint.startsWith('https:');
  return { endpoint: host, protocol: plain ? 'HTTP' : 'HTTPS' };
}
