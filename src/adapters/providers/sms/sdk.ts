/**
 * Loads the official SDK of Short Message Service: the only place that does, and only once somebody sends or looks up. The
 * packages are CommonJS and named in `require` calls, so that Node and the test runner see the same exports. Config and its
 * kin come from the package that the client itself has, so that they are the classes it takes: CAMS has others.
 */
import { createRequire } from 'node:module';
import { loadCredentials } from '../alibaba-cloud/load-credentials.ts';

type Dysms = typeof import('@alicloud/dysmsapi20170525');
type OpenApi = typeof import('@alicloud/openapi-core');
type Dara = typeof import('@darabonba/typescript');

const require = createRequire(import.meta.url);

export interface SmsSdk {
  readonly Client: Dysms['default'];
  readonly Config: OpenApi['$OpenApiUtil']['Config'];
  readonly Params: OpenApi['$OpenApiUtil']['Params'];
  readonly OpenApiRequest: OpenApi['$OpenApiUtil']['OpenApiRequest'];
  readonly RuntimeOptions: Dara['RuntimeOptions'];
  readonly Credential: ReturnType<typeof loadCredentials>['default'];
}

export function loadSmsSdk(): SmsSdk {
  const dysms: Dysms = require('@alicloud/dysmsapi20170525');
  const requireAsClient = createRequire(require.resolve('@alicloud/dysmsapi20170525'));
  const openApi: OpenApi = requireAsClient('@alicloud/openapi-core');
  const dara: Dara = requireAsClient('@darabonba/typescript');
  return {
    Client: dysms.default,
    ...openApi.$OpenApiUtil,
    RuntimeOptions: dara.RuntimeOptions,
    Credential: loadCredentials().default,
  };
}
