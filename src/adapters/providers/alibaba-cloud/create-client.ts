/**
 * Calls operations of a service through its official SDK, one request a call. It goes through the SDK's generic call, since the
 * typed ones drop fields they do not know, of requests and of answers. The SDKs are of two generations with classes of the same
 * shapes. Their `retryOptions` stay unset: with them they send again after time-outs and 503.
 *
 * Sockets are kept alive by one agent of the SDK for the whole process. It has no limit of its own, so there are as many as
 * requests in flight; one that the service has closed leaves the pool by itself. The SDK leaves the read timer of an answered
 * request running, which holds the request with its body for the rest of `timeoutMs`: 700 batches of text messages a second
 * keep some 300 MB alive, and 250 single messages a second next to nothing.
 */
import { answerOfError, answerOfReply, type ServiceName } from './answer.ts';
import { addressOf, type CallFields, type ServiceClient, type ServiceClientOptions } from './service-client.ts';

/** The classes of an SDK, by what its own classes take of each other. */
export interface SdkClasses<Config, Credential, Params, Request, Runtime> {
  readonly Client: new (
    config: Config,
  ) => { callApi(params: Params, request: Request, runtime: Runtime): Promise<SdkReply> };
  readonly Config: new (fields: SdkConfig & { readonly credential: Credential }) => Config;
  readonly Credential: new (config: null, provider: ServiceClientOptions['credentials']) => Credential;
  readonly Params: new (fields: Readonly<Record<string, string>>) => Params;
  readonly OpenApiRequest: new (fields: CallFields) => Request;
  readonly RuntimeOptions: new (fields: { readonly connectTimeout: number; readonly readTimeout: number }) => Runtime;
}

interface SdkConfig {
  readonly endpoint: string;
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly userAgent: string;
}

interface SdkReply {
  readonly [field: string]: unknown;
}

/** Which service the client speaks to, as the SDK and the catalogue name it. */
export interface SpokenService {
  readonly name: ServiceName;
  /** Of its API, such as `2020-06-06`. */
  readonly version: string;
}

export function createClient<Config, Credential, Params, Request, Runtime>(
  sdk: SdkClasses<Config, Credential, Params, Request, Runtime>,
  { name, version }: SpokenService,
  { service, credentials, userAgent, timeoutMs = 10_000 }: ServiceClientOptions,
): ServiceClient {
  const credential = new sdk.Credential(null, credentials);
  const client = new sdk.Client(new sdk.Config({ ...addressOf(service), credential, userAgent }));
  // The SDK's connect timer also runs while the answer is awaited, so the shorter of the two would win.
  const runtime = new sdk.RuntimeOptions({ connectTimeout: timeoutMs, readTimeout: timeoutMs });

  return {
    async call(action, fields, hidden = []) {
      try {
        const params = new sdk.Params({
          action,
          version,
          protocol: 'HTTPS',
          pathname: '/',
          method: 'POST',
          authType: 'AK',
          style: 'RPC',
          reqBodyType: 'formData',
          bodyType: 'json',
        });
        const reply = await client.callApi(params, new sdk.OpenApiRequest(fields), runtime);
        return answerOfReply({
          service: name,
          status: Number(reply['statusCode']),
          body: recordOf(reply['body']),
          hidden,
        });
      } catch (error) {
        return answerOfError(name, error, hidden);
      }
    },
  };
}

/** An SDK may hand on whatever JSON the service wrote; anything but an object says nothing. */
function recordOf(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw new Error('the body of the answer is not an object');
}
