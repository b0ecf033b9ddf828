/**
 * Loads the official credentials package, only once somebody asks for a key. It is CommonJS and named in a `require` call, so
 * that Node and the test runner see the same exports.
 */
import { createRequire } from 'node:module';

type Credentials = typeof import('@alicloud/credentials');

const require = createRequire(import.meta.url);

export function loadCredentials(): Credentials {
  return require('@alicloud/credentials');
}
