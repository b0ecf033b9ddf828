import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chance } from '../../src/emulator/chance.ts';
import { FaultPlan } from '../../src/emulator/fault-plan.ts';
import { type FaultRule, faultRuleSchema } from '../../src/emulator/fault-rule.ts';

const plan = (rules: readonly FaultRule[], seed = 1) =>
  new FaultPlan(
    rules.map((rule) => faultRuleSchema.parse(rule)),
    seed,
  );
const sendTo = (key: string) => ({ action: 'SendChatappMessage', key, addresses: [key] });
const addresses = Array.from({ length: 20_000 }, (_, index) => String(8613800000000 + index));

describe('chance', () => {
  it('is a number from 0 up to 1, the same for the same seed and key', () => {
    fc.assert(
      fc.property(fc.integer(), fc.string(), (seed, key) => {
        const drawn = chance(seed, key);
        expect(drawn >= 0 && drawn < 1).toBe(true);
        expect(chance(seed, key)).toBe(drawn);
      }),
    );
  });

  it('spreads neighbouring keys evenly', () => {
    const tenths = new Array<number>(10).fill(0);
    for (const address of addresses) {
      const tenth = Math.floor(chance(1, address) * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    for (const held of tenths) expect(Math.abs(held - 2000)).toBeLessThan(200);
  });
});

describe('a fault plan', () => {
  it('strikes about the share of requests it is given', () => {
    const faults = plan([{ fault: 'cut-after', share: '5%' }]);
    const struck = addresses.filter((address) => faults.strike(sendTo(address)) !== null).length;
    expect(struck).toBeGreaterThan(850);
    expect(struck).toBeLessThan(1150);
  });

  it('draws anew when the same number is written to again', () => {
    const faults = plan([{ fault: 'cut-before', share: 0.5 }]);
    const draws = Array.from({ length: 200 }, () => faults.strike(sendTo('8613800000001')) !== null);
    expect(new Set(draws)).toEqual(new Set([true, false]));
  });

  it('takes the first rule that fits', () => {
    const faults = plan([
      { fault: 'hang-after', numbers: ['8613800000001'] },
      { fault: 'latency', minMs: 5, maxMs: 5 },
      { fault: 'truncated' },
    ]);
    expect(faults.strike(sendTo('8613800000001'))?.fault).toBe('hang-after');
    expect(faults.strike(sendTo('8613800000002'))?.fault).toBe('truncated');
    expect(faults.latencyMs(sendTo('8613800000001'))).toBe(5);
  });

  it('strikes nobody without a rule that fits', () => {
    const faults = plan([{ fault: 'truncated', action: 'ListChatappTemplate' }]);
    expect([faults.strike(sendTo('1')), faults.latencyMs(sendTo('1'))]).toEqual([null, 0]);
  });

  it('strikes each number as often as the rule says, one number beside the other', () => {
    const faults = plan([{ fault: 'error-500', times: 2 }]);
    const struck = ['1', '2', '1', '1', '2', '2'].map((key) => faults.strike(sendTo(key)) !== null);
    expect(struck).toEqual([true, true, true, false, true, false]);
  });
});
