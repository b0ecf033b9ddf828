import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ProgressSnapshot, renderProgress, renderProgressLine } from '../../../src/cli/render/progress.ts';
import { widthOf } from '../../../src/cli/render/wide-text.ts';

const snapshot: ProgressSnapshot = {
  done: 4120,
  total: 10_000,
  accepted: 4100,
  rejected: 15,
  unknown: 5,
  throttled: 3,
  perSecond: 247.6,
  etaMs: 24_000,
};

describe('renderProgress', () => {
  it('is one line where everything fits', () => {
    expect(renderProgress(snapshot, { width: 110, emulated: false })).toEqual([
      '████████░░░░░░░░░░░░░ 4,120/10,000  41%  248/s  24 s left  accepted 4,100  rejected 15  unknown 5  throttled 3',
    ]);
  });

  it('is two lines on a narrower terminal', () => {
    expect(renderProgress(snapshot, { width: 79, emulated: true })).toEqual([
      'EMULATOR ██████████████░░░░░░░░░░░░░░░░░░░░ 4,120/10,000  41%  248/s  24 s left',
      'accepted 4,100  rejected 15  unknown 5  throttled 3',
    ]);
  });

  it('does without a bar where there is no room for one', () => {
    expect(renderProgress(snapshot, { width: 40, emulated: true })).toEqual([
      'EMULATOR 4,120/10,000  41%  248/s  24 s…',
      'accepted 4,100  rejected 15  unknown 5 …',
    ]);
  });

  it('says that it is stopping instead of when it will be done', () => {
    expect(renderProgress({ ...snapshot, stopping: true }, { width: 60, emulated: false })[0]).toBe(
      '█████████████░░░░░░░░░░░░░░░░░░░ 4,120/10,000  41%  stopping',
    );
  });

  it('says by what messages leave where they stand in for others', () => {
    const line = renderProgressLine({ ...snapshot, fellBack: 1_200, standInBy: 'sms' }, false);
    expect(line).toContain('(41%), 248/s by sms, 24 s left: accepted 4,100');
    expect(line.endsWith(', fallback 1,200')).toBe(true);
  });

  it('shows 100% only when every row is done', () => {
    const almost = { ...snapshot, done: 9999 };
    const lines = [almost, { ...snapshot, done: 10_000 }].map((each) => renderProgressLine(each, false));
    expect(lines.map((line) => line.slice(0, 25))).toEqual(['9,999 of 10,000 (99%), 24', '10,000 of 10,000 (100%), ']);
  });

  it('never exceeds the width nor two lines', () => {
    const count = fc.nat(10_000_000);
    fc.assert(
      fc.property(
        fc.record({ done: count, accepted: count, rejected: count, unknown: count, throttled: count }),
        fc.integer({ min: 5, max: 200 }),
        fc.boolean(),
        fc.boolean(),
        (counts, width, emulated, colour) => {
          const lines = renderProgress(
            { ...counts, total: Math.max(1, counts.done), perSecond: 249.9, etaMs: null },
            { width, emulated, colour },
          );
          expect(lines.length).toBeLessThanOrEqual(2);
          expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});

describe('renderProgressLine', () => {
  it('says everything in one line, the emulator first', () => {
    expect(renderProgressLine(snapshot, true)).toBe(
      'EMULATOR: 4,120 of 10,000 (41%), 248/s, 24 s left: accepted 4,100, rejected 15, unknown 5, throttled 3',
    );
  });

  it('shows a slow rate with its tenths and no time left before it is known', () => {
    expect(renderProgressLine({ ...snapshot, perSecond: 0.54, etaMs: null }, false)).toBe(
      '4,120 of 10,000 (41%), 0.5/s: accepted 4,100, rejected 15, unknown 5, throttled 3',
    );
  });

  it('is whole for a run with nothing to do', () => {
    const nothing = {
      done: 0,
      total: 0,
      accepted: 0,
      rejected: 0,
      unknown: 0,
      throttled: 0,
      perSecond: 0,
      etaMs: null,
    };
    expect(renderProgressLine(nothing, false)).toBe(
      '0 of 0 (100%), 0/s: accepted 0, rejected 0, unknown 0, throttled 0',
    );
  });
});
