/** Which rejected rows a retry takes: those whose cause may have passed, or those a person names although it has not. */
import { diagnosisClass, serviceOf } from '../domain/catalogue.ts';
import type { RefusedRow } from '../domain/checkpoint.ts';
import type { Scope } from '../domain/outcome.ts';
import { retryAtOf } from '../domain/report.ts';

export type RetryClass = Scope;

export interface RetryChoice {
  /** Null: every class. */
  readonly class: RetryClass | null;
  /** Null: every code. */
  readonly code: string | null;
  /** Only refusals at least this old, in milliseconds; null: as old as their cause needs. */
  readonly afterMs: number | null;
}

/**
 * Without a class or a code only rows whose code says that it passes by itself, once its time has come. A class or a
 * code names rows outright, say after a number was put on the allow list; their waiting time still holds.
 */
export function retryChooser(choice: RetryChoice, now: number): (refused: RefusedRow) => boolean {
  return ({ channel, code, reason, endedAt }) => {
    if (choice.code !== null && choice.code !== code) return false;
    if (choice.class !== null && choice.class !== diagnosisClass(code, serviceOf(channel))) return false;
    if (choice.afterMs !== null && now - endedAt < choice.afterMs) return false;
    const retryAt = retryAtOf({ status: 'rejected', code, detail: reason, endedAt, channel });
    if (retryAt !== null) return retryAt <= now;
    return choice.code !== null || choice.class !== null;
  };
}
