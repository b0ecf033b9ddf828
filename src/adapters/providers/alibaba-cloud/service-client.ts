/** What the clients of all services have in common: one generic call, and how an endpoint is written for the SDKs. */
import type { Service } from '../../../domain/run-record.ts';
import type { Answer } from './answer.ts';
import type { CredentialSource } from './credentials.ts';

/**
 * Wire names and texts. Texts only: the SDK flattens an object in `body` into fields nobody knows, and sends one in
 * `query` as an empty text.
 */
export interface CallFields {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, string>>;
}

export interface ServiceClient {
  /**
   * One request; tries nothing again, and never throws for what the service or the network does. `hidden` are texts
   * that no reason in the answer may repeat. Without a renewal of credentials the request leaves in this turn of the
   * event loop.
   */
  call(action: string, fields: CallFields, hidden?: Iterable<string>): Promise<Answer>;
}

export interface ServiceClientOptions {
  readonly service: Service;
  readonly credentials: CredentialSource;
  /** Such as `sendoff/0.1.0`. */
  readonly userAgent: string;
  /** For the whole answer, from the connection on. */
  readonly timeoutMs?: number;
}

/** The endpoint as a link or as a bare host; the real service is never spoken to without TLS. */
export function addressOf(service: Service): { endpoint: string; protocol: 'HTTP' | 'HTTPS' } {
  const { endpoint, kind } = service;
  const host = endpoint.includes('://') ? new URL(endpoint).host : endpoint;
  const plain = kind === 'emulator' && !endpoint.startsWith('https:');
  return { endpoint: host, protocol: plain ? 'HTTP' : 'HTTPS' };
}
