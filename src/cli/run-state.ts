/** In a word, how a run stands. */
import type { Balance } from '../domain/balance.ts';
import type { Activity } from '../domain/run-reader.ts';

export type RunState = 'planned' | 'sending' | 'stopped' | 'finished';

export function runState({ unsent }: Balance, { firstAttemptAt }: Activity, isHeld: boolean): RunState {
  if (isHeld) return 'sending';
  if (firstAttemptAt === null) return 'planned';
  return unsent > 0 ? 'stopped' : 'finished';
}
