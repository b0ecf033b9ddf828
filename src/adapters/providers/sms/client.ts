/** The client of Short Message Service, and where the service is. */
import { createClient } from '../alibaba-cloud/create-client.ts';
import type { ServiceClient, ServiceClientOptions } from '../alibaba-cloud/service-client.ts';
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

export function createSmsClient(options: ServiceClientOptions): ServiceClient {
  return createClient(loadSmsSdk(), { name: 'sms', version: '2017-05-25' }, options);
}
