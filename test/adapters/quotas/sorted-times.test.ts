import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SortedTimes } from '../../../src/adapters/quotas/sorted-times.ts';

/** Adds and replaces in step with a plain sorted list, and answers with what both say after every step. */
function compare(size: number, steps: readonly { readonly time: number; readonly by: number | null }[]) {
  const times = new SortedTimes(size);
  let plain: number[] = Array.from({ length: size }, () => Number.NEGATIVE_INFINITY);
  return steps.map(({ time, by }) => {
    if (by === null) {
      times.add(time);
      plain = [...plain.slice(1), time].toSorted((one, other) => one - other);
      return { ours: [times.oldest, true], plain: [plain[0], true] };
    }
    const place = plain.lastIndexOf(time);
    if (place >= 0) plain = plain.toSpliced(place, 1, by).toSorted((one, other) => one - other);
    return { ours: [times.replace(time, by), times.oldest], plain: [place >= 0, plain[0]] };
  });
}

describe('SortedTimes', () => {
  it('has the oldest of as many as it keeps', () => {
    const times = new SortedTimes(3);
    const oldest = [5, 9, 7, 8, 6].map((time) => {
      times.add(time);
      return times.oldest;
    });
    // 5 gives way to 8, and 6 takes the place of 7.
    expect(oldest).toEqual([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, 5, 7, 6]);
  });

  it('does not replace what has given way', () => {
    const times = new SortedTimes(1);
    times.add(5);
    times.add(8);
    expect([times.replace(5, 6), times.oldest]).toEqual([false, 8]);
  });

  it('agrees with a plain list, whatever is added and replaced', () => {
    const time = fc.integer({ min: 0, max: 20 });
    const step = fc.record({ time, by: fc.option(time) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.array(step, { maxLength: 60 }), (size, steps) => {
        for (const { ours, plain } of compare(size, steps)) expect(ours).toEqual(plain);
      }),
      { numRuns: 500 },
    );
  });
});
