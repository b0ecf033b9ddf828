/** What the tests of this adapter share: a client with short patience, a clock in a hurry, and a message. */

import {
  type CredentialSource,
  staticCredentials,
} from '../../../../src/adapters/providers/alibaba-cloud/credentials.ts';
import type { ServiceClient } from '../../../../src/adapters/providers/alibaba-cloud/service-client.ts';
import { createCamsClient } from '../../../../src/adapters/providers/cams/client.ts';
import type { Clock } from '../../../../src/domain/clock.ts';
import type { Message } from '../../../../src/domain/message.ts';
import { aMessage } from '../../../support/a-message.ts';

/** Long enough for a busy machine to answer, short enough for the tests in which nobody does. */
export const timeoutMs = 1_000;

export function clientFor(endpoint: string, credentials?: CredentialSource): ServiceClient {
  return createCamsClient({
    service: { kind: 'emulator', endpoint },
    credentials: credentials ?? staticCredentials('LTAItestkeyid', 'test-secret'),
    userAgent: 'sendoff/0.1.0',
    timeoutMs,
  });
}

export function messageTo(to: string, row = 2): Message {
  const params = { name: 'José "x" & y', code: '4+2' };
  return aMessage(row, { to, content: { kind: 'template', code: 'order_shipped', language: 'en', params } });
}

/** Every wait is over in the next turn, and noted. */
export function hastyClock(waits: number[] = []): Clock {
  return {
    now: () => 0,
    monotonic: () => 0,
    schedule(ms, callback) {
      waits.push(ms);
      const timer = setImmediate(callback);
      return () => clearImmediate(timer);
    },
  };
}
