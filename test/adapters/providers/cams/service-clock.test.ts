import { describe, expect, it } from 'vitest';
import { readClockSkew } from '../../../../src/adapters/providers/cams/service-clock.ts';
import { fakeClock } from '../../../support/fake-clock.ts';
import { type Behaviour, bytes, closedEndpoint, hang, openRawService } from '../../../support/raw-service.ts';

const now = Date.UTC(2026, 10, 21, 12, 0, 0);

const at =
  (date: string): Behaviour =>
  (response) => {
    response.writeHead(400, { date }).end();
  };

async function skewBy(behaviour: Behaviour): Promise<number | null> {
  await using service = await openRawService(behaviour);
  return await readClockSkew({
    service: { kind: 'emulator', endpoint: service.endpoint },
    clock: fakeClock(now),
    // A busy machine may answer late; only where nobody does is there an end to be waited for.
    timeoutMs: behaviour === hang ? 200 : 10_000,
  });
}

describe('readClockSkew', () => {
  // the header has whole seconds, taken to be half over
  it.each([
    ['Sat, 21 Nov 2026 12:00:00 GMT', -500],
    ['Sat, 21 Nov 2026 11:40:00 GMT', 20 * 60_000 - 500],
    ['Sat, 21 Nov 2026 12:20:00 GMT', -20 * 60_000 - 500],
  ])('compares this machine with %s, on a refusal as well', async (date, skew) => {
    expect(await skewBy(at(date))).toBe(skew);
  });

  it.each<[string, Behaviour]>([
    ['says something else for a date', at('yesterday')],
    ['stays silent', hang],
    [
      'answers without a date',
      (response, call) => {
        response.sendDate = false;
        bytes('{}')(response, call);
      },
    ],
  ])('is told nothing where the service %s', async (_what, behaviour) => {
    expect(await skewBy(behaviour)).toBeNull();
  });

  it('is told nothing where there is no connection', async () => {
    const service = { kind: 'emulator', endpoint: await closedEndpoint() } as const;
    expect(await readClockSkew({ service, clock: fakeClock(now) })).toBeNull();
  });

  it('asks without a signature and without a word of its own', async () => {
    await using service = await openRawService(at('Sat, 21 Nov 2026 12:00:00 GMT'));
    await readClockSkew({ service: { kind: 'emulator', endpoint: service.endpoint }, clock: fakeClock(now) });
    const [call] = service.received;
    expect(call?.headers).not.toHaveProperty('authorization');
    expect(call).toMatchObject({ action: 'undefined', query: {}, form: {} });
  });
});
