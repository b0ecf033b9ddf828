/** Counts a plan while it is made. Holds counts only, so it does not grow with the list. */
import type { LeftOut, PlannedRow } from '../domain/plan-store.ts';
import type { Count, PlanSummary } from '../domain/run-record.ts';

export type PlanTotals = Omit<PlanSummary, 'findings'>;

export interface PlanTally {
  add(rows: readonly PlannedRow[]): void;
  /** Rows counted as to send that are left out after all. */
  leaveOut(rows: readonly LeftOut[]): void;
  rows(): number;
  totals(): PlanTotals;
}

export function createPlanTally(): PlanTally {
  const languages = new Map<string, number>();
  const countries = new Map<string, number>();
  let rows = 0;
  let invalid = 0;
  let duplicates = 0;
  let suppressed = 0;

  return {
    add(planned) {
      rows += planned.length;
      for (const row of planned) {
        if (row.kind === 'invalid') {
          invalid += 1;
          continue;
        }
        increase(languages, row.message.content.language, 1);
        increase(countries, row.country, 1);
      }
    },
    leaveOut(leftOut) {
      for (const { kind, language, country } of leftOut) {
        increase(languages, language, -1);
        increase(countries, country, -1);
        if (kind === 'duplicate') duplicates += 1;
        else suppressed += 1;
      }
    },
    rows: () => rows,
    totals: () => ({
      rows,
      toSend: rows - invalid - duplicates - suppressed,
      duplicates,
      suppressed,
      invalid,
      languages: largestFirst(languages),
      countries: largestFirst(countries),
    }),
  };
}

function increase(counts: Map<string, number>, name: string, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

function largestFirst(counts: ReadonlyMap<string, number>): readonly Count[] {
  return [...counts]
    .filter(([, rows]) => rows > 0)
    .map(([name, rows]) => ({ name, rows }))
    .sort((one, other) => other.rows - one.rows);
}
