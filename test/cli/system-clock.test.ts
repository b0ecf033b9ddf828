import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../src/cli/system-clock.ts';
import { clockContract } from '../contracts/clock-contract.ts';
import { fakeClock } from '../support/fake-clock.ts';

clockContract('the system clock', () => ({ clock: systemClock, pass: async (ms) => sleep(ms) }));

clockContract('the fake clock', () => {
  const clock = fakeClock();
  return { clock, pass: (ms) => clock.advance(ms) };
});
