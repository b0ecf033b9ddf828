import { expect, it } from 'vitest';
import { judgeOutcome } from '../../src/run/judge-outcome.ts';
import { accepted, rejected, throttled, unknown, unreachable } from '../support/outcomes.ts';

it.each([
  ['an accepted row is done', accepted, 'accepted'],
  ['an unknown row is set aside', unknown, 'unknown'],
  ['a throttled row goes back in line', throttled(), 'pending'],
  ['a row without a connection goes back in line', unreachable, 'pending'],
  ['a refused row is done', rejected('row'), 'rejected'],
  ['a row refused for a passing reason is done until a retry', rejected('transient'), 'rejected'],
] as const)('%s, and the run goes on', (_name, outcome, next) => {
  expect(judgeOutcome(outcome)).toEqual({ next, stop: null });
});

it.each(['campaign', 'account'] as const)(
  'a refusal of the %s puts the row back in line and stops the run',
  (scope) => {
    const refusal = rejected(scope);
    expect(judgeOutcome(refusal)).toEqual({ next: 'pending', stop: refusal });
  },
);
