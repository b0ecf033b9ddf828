import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { staticCredentials } from '../../../../src/adapters/providers/alibaba-cloud/credentials.ts';
import { createCamsClient } from '../../../../src/adapters/providers/cams/client.ts';
import { createCamsProvider } from '../../../../src/adapters/providers/cams/provider.ts';
import type { Provider } from '../../../../src/domain/provider.ts';
import { checkContent } from '../../../../src/domain/session/check-content.ts';
import { emulatorAccessKeyId, emulatorAccessKeySecret } from '../../../../src/emulator/emulator-options.ts';
import { type Emulator, startEmulator } from '../../../../src/emulator/server.ts';
import { aMessage } from '../../../support/a-message.ts';
import { withAt } from '../../../support/edit-json.ts';
import { type SessionExample, sessionExamples } from '../../../support/session-examples.ts';

let emulator: Emulator;
let provider: Provider;
beforeAll(async () => {
  emulator = await startEmulator({ ratePerSecond: 100_000 });
  const client = createCamsClient({
    service: { kind: 'emulator', endpoint: emulator.url },
    credentials: staticCredentials(emulatorAccessKeyId, emulatorAccessKeySecret),
    userAgent: 'sendoff/test',
    timeoutMs: 10_000,
  });
  provider = createCamsProvider({ client, taskId: ({ row }) => `run-1.${row}`, custSpaceId: null });
});
afterAll(() => emulator.close());

async function send({ channel, type, content }: SessionExample) {
  const request = type === 'pin' ? ({ recipientType: 'group' } as const) : {};
  const message = aMessage(2, { channel, content: { kind: 'session', type, content }, request });
  const [outcome] = await provider.send([message]);
  return outcome;
}

describe('a session message', () => {
  it.each(sessionExamples)('of $channel $type is taken as it is', async (example) => {
    expect(await send(example)).toMatchObject({ kind: 'accepted' });
    const { channel, messageType, content } = emulator.accepted().at(-1) ?? {};
    expect({ channel, messageType }).toEqual({ channel: example.channel, messageType: example.type });
    expect(JSON.parse(content ?? '')).toEqual(example.type === 'contacts' ? [example.content] : example.content);
  });

  it('is refused by the check wherever the service refuses it for a key that is missing', async () => {
    let refused = 0;
    for (const example of sessionExamples) {
      for (const key of Object.keys(example.content)) {
        const content = withAt(example.content, key, undefined);
        const outcome = await send({ ...example, content });
        if (outcome?.kind !== 'rejected') continue;
        refused += 1;
        const told = checkContent(example.channel, example.type, content).filter(
          ({ severity }) => severity === 'error',
        );
        expect(told, `${example.channel} ${example.type} without ${key}`).not.toEqual([]);
      }
    }
    expect(refused).toBeGreaterThan(30);
  });
});
