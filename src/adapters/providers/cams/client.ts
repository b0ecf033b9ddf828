/** The client of Chat App Message Service, and where the service is. */
import { createClient } from '../alibaba-cloud/create-client.ts';
import type { ServiceClient, ServiceClientOptions } from '../alibaba-cloud/service-client.ts';
import { loadSdk } from './sdk.ts';

/** Where the service is in a region. Source: the "regional" endpoint rule of the official SDK. */
export function camsEndpoint(region: string): string {
  return `cams.${region}.aliyuncs.com`;
}

export function createCamsClient(options: ServiceClientOptions): ServiceClient {
  return createClient(loadSdk(), { name: 'cams', version: '2020-06-06' }, options);
}
