/** Which rejected rows a retry takes: those whose cause may have passed, or those a person names although it has not. */
import { diagnosisClass, serviceOf } from '../domain/catalogue.ts';
import type { RefusedRow } from '../domain/checkpoint.ts';
import type { Scope } from '../domain/outcome.ts';
import { retryAtOf } from '../domain/report.ts';

export type RetryClass = Scope;

export interface RetryChoice {
  /** None: every class. */
  readonly classes: readonly RetryClass[];
  /** None: every code. */
  readonly codes: readonly string[];
  /** Only refusals at least this old, in milliseconds; null: as old as their cause needs. */
  readonly afterMs: number | null;
}

/**
 * Without a class or a code only rows whose code says that it passes by itself, once its time has come. A class or a
 * code names rows outright, say after a number was put on the allow list; their waiting time still holds.
 */
export function retryChooser({ classes, codes, afterMs }: RetryChoice, now: number): (refused: RefusedRow) => boolean {
  const isNamed = classes.length > 0 || codes.length > 0;
  return ({ channel, code, reason, endedAt }) => {
    if (codes.length > 0 && !codes.includes(code)) return false;
    if (classes.length > 0 && !classes.includes(diagnosisClass(code, serviceOf(channel)))) return false;
    if (afterMs !== null && now - endedAt < afterMs) return false;
    const retryAt = retryAtOf({ status: 'rejected', code, detail: reason, endedAt, channel });
    if (retryAt !== null) return retryAt <= now;
    return isNamed;
  };
}
