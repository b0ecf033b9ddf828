/** The official SDK pointed at an emulator: the proof that both speak the same protocol. */
import { createRequire } from 'node:module';
import { emulatorAccessKeyId, emulatorAccessKeySecret } from '../../../src/emulator/emulator-options.ts';

const require = createRequire(import.meta.url);
// `require` gives any; these are the types the packages declare for themselves.
const Cams: typeof import('@alicloud/cams20200606') = require('@alicloud/cams20200606');
const OpenApi: typeof import('@alicloud/openapi-client') = require('@alicloud/openapi-client');
const TeaUtil: typeof import('@alicloud/tea-util') = require('@alicloud/tea-util');

export { Cams, OpenApi };

export interface SdkKey {
  readonly id?: string;
  readonly secret?: string;
  readonly securityToken?: string;
}

export function sdkClient(url: string, { id, secret, securityToken }: SdkKey = {}) {
  return new Cams.default(
    new OpenApi.Config({
      accessKeyId: id ?? emulatorAccessKeyId,
      accessKeySecret: secret ?? emulatorAccessKeySecret,
      ...(securityToken === undefined ? {} : { securityToken }),
      endpoint: new URL(url).host,
      protocol: 'http',
    }),
  );
}

export const patience = new TeaUtil.RuntimeOptions({ connectTimeout: 10_000, readTimeout: 10_000 });
