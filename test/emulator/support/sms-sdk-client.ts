/** The official SDK of Short Message Service pointed at an emulator. */
import { createRequire } from 'node:module';
import { emulatorAccessKeyId, emulatorAccessKeySecret } from '../../../src/emulator/emulator-options.ts';

const require = createRequire(import.meta.url);
// `require` gives any; these are the types the packages declare for themselves.
const Dysms: typeof import('@alicloud/dysmsapi20170525') = require('@alicloud/dysmsapi20170525');
const OpenApiCore: typeof import('@alicloud/openapi-core') = require('@alicloud/openapi-core');
const Dara: typeof import('@darabonba/typescript') = require('@darabonba/typescript');

export { Dysms };

export function smsSdkClient(url: string) {
  return new Dysms.default(
    new OpenApiCore.$OpenApiUtil.Config({
      accessKeyId: emulatorAccessKeyId,
      accessKeySecret: emulatorAccessKeySecret,
      endpoint: new URL(url).host,
      protocol: 'http',
    }),
  );
}

export const smsPatience = new Dara.RuntimeOptions({ connectTimeout: 10_000, readTimeout: 10_000 });
