/**
 * Calls operations of the service through the official SDK, one request a call. It goes through the SDK's generic call,
 * since the typed ones drop fields they do not know, of requests and of answers.
 */
import { answerOfError, answerOfReply } from '../alibaba-cloud/answer.ts';
import { addressOf, type ServiceClient, type ServiceClientOptions } from '../alibaba-cloud/service-client.ts';
import { loadSdk } from './sdk.ts';

/** Where the service is in a region. Source: the "regional" endpoint rule of the official SDK. */
export function camsEndpoint(region: string): string {
  return `cams.${region}.aliyuncs.com`;
}

/**
 * Sockets are kept alive by one agent of the SDK for the whole process. It has no limit of its own, so there are as
 * many as requests in flight; one that the service has closed leaves the pool by itself.
 */
export function createCamsClient(options: ServiceClientOptions): ServiceClient {
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
        return answerOfReply({ service: 'cams', status: Number(reply['statusCode']), body: reply['body'], hidden });
      } catch (error) {
        return answerOfError('cams', error, hidden);
      }
    },
  };
}
