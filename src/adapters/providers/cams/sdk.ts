/**
 * Loads the official SDK: the only place that does, and only once somebody sends or looks up, since loading it costs
 * about 90 ms. The packages are CommonJS and named in `require` calls, so that Node and the test runner see the same
 * exports. The service's own client class adds 7 ms to the generic one, and with it the service's endpoint check.
 */
import { createRequire } from 'node:module';
import { loadCredentials } from '../alibaba-cloud/load-credentials.ts';

type Cams = typeof import('@alicloud/cams20200606');
type OpenApi = typeof import('@alicloud/openapi-client');
type TeaUtil = typeof import('@alicloud/tea-util');

const require = createRequire(import.meta.url);

export interface Sdk {
  readonly Client: Cams['default'];
  readonly Config: OpenApi['Config'];
  readonly Params: OpenApi['Params'];
  readonly OpenApiRequest: OpenApi['OpenApiRequest'];
  readonly RuntimeOptions: TeaUtil['RuntimeOptions'];
  readonly Credential: ReturnType<typeof loadCredentials>['default'];
}

export function loadSdk(): Sdk {
  const cams: Cams = require('@alicloud/cams20200606');
  const { Config, Params, OpenApiRequest }: OpenApi = require('@alicloud/openapi-client');
  const { RuntimeOptions }: TeaUtil = require('@alicloud/tea-util');
  return {
    Client: cams.default,
    Config,
    Params,
    OpenApiRequest,
    RuntimeOptions,
    Credential: loadCredentials().default,
  };
}
