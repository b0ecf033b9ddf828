import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArrivalMeter } from '../../src/emulator/arrival-meter.ts';
import type { EmulatorClock } from '../../src/emulator/emulator-clock.ts';
import { HoldUps } from '../../src/emulator/hold-ups.ts';
import { RateLimit } from '../../src/emulator/rate-limit.ts';
import { startEmulator } from '../../src/emulator/server.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { callService, sendMessage } from './support/signed-request.ts';

/** Arrival times in milliseconds, in order, as gaps between them. */
const arrivals = fc
  .array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 700 }), fc.double({ min: 0, max: 30, noNaN: true })), {
    maxLength: 200,
  })
  .map((gaps) => gaps.map((_, index) => gaps.slice(0, index + 1).reduce((sum, gap) => sum + gap, 0)));

const inSecondFrom = (times: readonly number[], start: number) =>
  times.filter((time) => time >= start && time - start < 1000).length;

describe('the rate limit', () => {
  it('lets no more through than allowed in any sliding second, and turns nothing away that would have fitted', () => {
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 1, max: 12 }), (times, count) => {
        const limit = new RateLimit(count, 1000);
        const admitted: number[] = [];
        for (const time of times) {
          const last = admitted.filter((earlier) => time - earlier < 1000).length;
          expect(limit.take(time)).toBe(last < count);
          if (last < count) admitted.push(time);
        }
        for (const start of admitted) expect(inSecondFrom(admitted, start)).toBeLessThanOrEqual(count);
      }),
    );
  });
});

describe('the arrival meter', () => {
  it('finds the fullest sliding second, the first and the last arrival', () => {
    fc.assert(
      fc.property(arrivals, (times) => {
        const meter = new ArrivalMeter();
        for (const time of times) meter.add(time);
        expect([meter.count, meter.worstSecond, meter.firstMs, meter.lastMs]).toEqual([
          times.length,
          Math.max(0, ...times.map((start) => inSecondFrom(times, start))),
          times[0] ?? null,
          times.at(-1) ?? null,
        ]);
      }),
    );
  });

  it('does not take what it saw at once for what came at once', () => {
    const meter = new ArrivalMeter();
    for (let at = 0; at < 900; at += 100) meter.add(at);
    // Ten a second, of which two are seen together by a thread that was held up from 850 to 1005.
    meter.add(1005, 850);
    meter.add(1005, 850);
    for (let at = 1100; at <= 2000; at += 100) meter.add(at);
    expect([meter.worstSecond, meter.worstSecondAtLeast]).toEqual([12, 10]);
  });

  it('stays exact when a second holds more than its ring had room for', () => {
    const meter = new ArrivalMeter();
    for (let index = 0; index < 500; index++) meter.add(index);
    for (let index = 0; index < 5000; index++) meter.add(1000 + index / 10);
    expect(meter.worstSecond).toBe(5000);
    meter.add(3000);
    expect(meter.worstSecond).toBe(5000);
  });
});

describe('a hold-up of the emulator', () => {
  it('is seen by the beats that did not come', async () => {
    const { clock, advance } = standingClock();
    let heldUpMs = 0;
    const holdUps = new HoldUps({ ...clock, monotonic: () => clock.monotonic() + heldUpMs });
    expect(holdUps.mostMs()).toBe(0);
    await advance(5);
    expect(holdUps.mostMs()).toBe(1);
    heldUpMs = 30;
    expect(holdUps.mostMs()).toBe(31);
    await advance(1);
    expect(holdUps.mostMs()).toBe(31);
    await advance(1);
    expect(holdUps.mostMs()).toBe(1);
  });

  it('is not watched for where nothing arrives', async () => {
    let timers = 0;
    const { clock, advance } = standingClock();
    const schedule: EmulatorClock['schedule'] = (ms, callback) => {
      timers += 1;
      return clock.schedule(ms, callback);
    };
    const holdUps = new HoldUps({ ...clock, schedule });
    await advance(10);
    expect(timers).toBe(0);
    holdUps.mostMs();
    await advance(1_000);
    const before = timers;
    await advance(5_000);
    expect([before, timers]).toEqual([1_000, 1_000]);
    expect(holdUps.mostMs()).toBe(0);
  });
});

/** Requests are signed at the real time; only the quota's time stands still. */
function standingClock() {
  const moved = fakeClock();
  const clock: EmulatorClock = { ...moved, now: () => Date.now() };
  return { clock, advance: moved.advance };
}

describe('flow control', () => {
  it('answers System.LimitControl to what exceeds the rate in a sliding second, and counts it', async () => {
    const { clock, advance } = standingClock();
    const emulator = await startEmulator({ ratePerSecond: 3, clock });
    try {
      const codes: unknown[] = [];
      const send = async () => codes.push((await sendMessage(emulator.url)).body['Code']);
      await send();
      await advance(600);
      await send();
      await send();
      await send();
      await advance(399.9);
      await send();
      await advance(0.1);
      await send();
      await send();
      await advance(600);
      await send();
      expect(codes).toEqual([
        'OK',
        'OK',
        'OK',
        'System.LimitControl',
        'System.LimitControl',
        'OK',
        'System.LimitControl',
        'OK',
      ]);
      expect(emulator.stats()).toMatchObject({ sends: 8, accepted: 5, throttled: 3, refused: {}, worstSecond: 6 });
    } finally {
      await emulator.close();
    }
  });

  it('answers it with HTTP 400 and a body like every refusal', async () => {
    const { clock } = standingClock();
    const emulator = await startEmulator({ ratePerSecond: 1, clock });
    try {
      await sendMessage(emulator.url);
      expect(await sendMessage(emulator.url)).toEqual({
        status: 400,
        body: { Code: 'System.LimitControl', Message: expect.any(String), RequestId: expect.any(String) },
      });
    } finally {
      await emulator.close();
    }
  });

  it('gives a request that nobody signed no place in the quota', async () => {
    const { clock } = standingClock();
    const emulator = await startEmulator({ ratePerSecond: 1, clock });
    try {
      await callService(emulator.url, { secret: 'wrong' });
      expect((await sendMessage(emulator.url)).body['Code']).toBe('OK');
      expect(emulator.stats()).toMatchObject({ sends: 2, worstSecond: 2, throttled: 0 });
    } finally {
      await emulator.close();
    }
  });

  it('gives each look-up five calls a second of its own', async () => {
    const { clock, advance } = standingClock();
    const emulator = await startEmulator({ clock });
    const lookUp = (action: string) =>
      callService(emulator.url, { action, query: { TemplateCode: 'invoice', Language: 'en' } });
    try {
      const codes: unknown[] = [];
      for (let call = 0; call < 6; call++) codes.push((await lookUp('GetChatappTemplateDetail')).body['Code']);
      codes.push((await lookUp('ListChatappTemplate')).body['Code']);
      await advance(1000);
      codes.push((await lookUp('GetChatappTemplateDetail')).body['Code']);
      expect(codes).toEqual(['OK', 'OK', 'OK', 'OK', 'OK', 'System.LimitControl', 'OK', 'OK']);
    } finally {
      await emulator.close();
    }
  });
});
