import { describe, expect, it } from 'vitest';
import type { StopAfter } from '../../src/domain/campaign.ts';
import { tooManyFailures } from '../../src/run/stop-rules.ts';

const share = (of: number, atLeast: number): StopAfter => ({ failures: { kind: 'share', share: of }, atLeast });
const count = (of: number, atLeast: number): StopAfter => ({ failures: { kind: 'count', count: of }, atLeast });

describe('stopAfter', () => {
  it.each([
    ['the share is reached', share(0.05, 50), { answered: 100, failed: 5 }],
    ['the share is reached with the first answers that count', share(0.05, 50), { answered: 50, failed: 3 }],
    ['the number is reached', count(20, 1), { answered: 20, failed: 20 }],
    ['everything fails', share(1, 10), { answered: 10, failed: 10 }],
  ])('stops when %s', (_name, rule, tally) => {
    expect(tooManyFailures(rule, tally)).toEqual({ kind: 'failures', ...tally });
  });

  it.each([
    ['there is no rule', null, { answered: 100, failed: 100 }],
    ['too few have been answered', share(0.05, 50), { answered: 49, failed: 49 }],
    ['the share is not reached', share(0.05, 50), { answered: 101, failed: 5 }],
    ['the number is not reached', count(20, 1), { answered: 1_000, failed: 19 }],
    ['nothing has failed', share(0.05, 0), { answered: 0, failed: 0 }],
  ])('goes on when %s', (_name, rule, tally) => {
    expect(tooManyFailures(rule, tally)).toBeNull();
  });
});
