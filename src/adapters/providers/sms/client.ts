/**
 * Calls operations of Short Message Service through the official SDK, one request a call. It goes through the SDK's generic
 * call, since the typed ones drop fields they do not know, of requests and of answers.
 */
import { answerOfError, answerOfReply } from '../alibaba-cloud/answer.ts';
import { addressOf, type ServiceClient, type ServiceClientOptions } from '../alibaba-cloud/service-client.ts';
import { loadSmsSdk } from './sdk.ts';

/** Regions with an endpoint of their own; every other is served by the central one. Source: the map in SDK 4.6.0. */
const ownEndpoints: ReadonlyMap<string, string> = new Map([
  ['ap-southeast-1', 'dysmsapi.ap-southeast-1.aliyuncs.com'],
  ['ap-southeast-5', 'dysmsapi.ap-southeast-5.aliyuncs.com'],
  ['cn-beijing', 'dysmsapi-proxy.cn-beijing.aliyuncs.com'],
  ['cn-hongkong', 'dysmsapi-xman.cn-hongkong.aliyuncs.com'],
  ['eu-central-1', 'dysmsapi.eu-central-1.aliyuncs.com'],
  ['us-east-1', 'dysmsapi.us-east-1.aliyuncs.com'],
]);

/** Where the service is for a region. */
export function smsEndpoint(region: string): string {
  return ownEndpoints.get(region) ?? 'dysmsapi.aliyuncs.com';
}

/**
 * Sockets are kept alive by one agent of the SDK for the whole process. `retryOptions` stays unset: with it the SDK sends
 * again after time-outs and 503, and every SMS operation is documented as not idempotent.
 */
export function createSmsClient(options: ServiceClientOptions): ServiceClient {
  const { service, credentials, timeoutMs = 10_000 } = options;
  const { Client, Config, Credential, OpenApiRequest, Params, RuntimeOptions } = loadSmsSdk();
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
          version: '2017-05-25',
          protocol: 'HTTPS',
          pathname: '/',
          method: 'POST',
          authType: 'AK',
          style: 'RPC',
          reqBodyType: 'formData',
          bodyType: 'json',
        });
        const reply: { readonly statusCode?: unknown; readonly body?: unknown } = await client.callApi(
          params,
          new OpenApiRequest(fields),
          runtime,
        );
        return answerOfReply({ service: 'sms', status: Number(reply.statusCode), body: recordOf(reply.body), hidden });
      } catch (error) {
        return answerOfError('sms', error, hidden);
      }
    },
  };
}

/** This SDK hands on whatever JSON the service wrote; anything but an object says nothing. */
function recordOf(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw new Error('the body of the answer is not an object');
}
