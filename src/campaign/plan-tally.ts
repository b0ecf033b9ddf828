/** Counts a plan while it is made. Holds counts only, so it does not grow with the list. */
import { languageOf } from '../domain/message.ts';
import type { LeftOut, PlannedRow } from '../domain/plan-store.ts';
import type { Count, PlanSummary } from '../domain/run-record.ts';
import { costMicros, type Rates } from '../domain/sms/rates.ts';

export type PlanTotals = Omit<PlanSummary, 'findings' | 'mostToOne' | 'requests'>;

export interface PlanTally {
  add(rows: readonly PlannedRow[]): void;
  /** Rows counted as to send that are left out after all. */
  leaveOut(rows: readonly LeftOut[]): void;
  rows(): number;
  /** Messages to send in a language, with null in any, and with a country those to its numbers alone. */
  messages(language: string | null, country?: string): number;
  totals(): PlanTotals;
}

/** `rates` is null where nothing is known of prices. */
export function createPlanTally(rates: Rates | null): PlanTally {
  /** Messages by language, and in each by country. */
  const languages = new Map<string, Map<string, number>>();
  let rows = 0;
  let invalid = 0;
  let duplicates = 0;
  let suppressed = 0;
  let segments: number | null = null;
  let micros = 0;
  let unpriced = 0;

  /** Adds what one message costs, or with -1 takes it off again. */
  function charge(to: string, billed: number, times: 1 | -1): void {
    segments = (segments ?? 0) + times * billed;
    if (rates === null) return;
    const cost = costMicros(rates, to, billed);
    if (cost === null) unpriced += times;
    else micros += times * cost;
  }

  function increase(language: string, country: string, by: number): void {
    let countries = languages.get(language);
    if (countries === undefined) {
      countries = new Map();
      languages.set(language, countries);
    }
    countries.set(country, (countries.get(country) ?? 0) + by);
  }

  return {
    add(planned) {
      rows += planned.length;
      for (const row of planned) {
        if (row.kind === 'invalid') invalid += 1;
        else {
          increase(languageOf(row.message.content), row.country, 1);
          if (row.segments !== null) charge(row.message.to, row.segments, 1);
        }
      }
    },
    leaveOut(leftOut) {
      for (const { kind, to, language, country, segments: saved } of leftOut) {
        if (saved !== null) charge(to, saved, -1);
        if (kind === 'fallback') continue;
        increase(language, country, -1);
        if (kind === 'duplicate') duplicates += 1;
        else suppressed += 1;
      }
    },
    rows: () => rows,
    messages(language, country) {
      const countries =
        language === null ? byCountry([...languages.values()]) : (languages.get(language) ?? new Map<string, number>());
      return country === undefined ? total(countries) : (countries.get(country) ?? 0);
    },
    totals: () => ({
      rows,
      toSend: rows - invalid - duplicates - suppressed,
      duplicates,
      suppressed,
      invalid,
      segments,
      cost: rates === null ? null : { micros, unpriced },
      languages: largestFirst(new Map([...languages].map(([language, countries]) => [language, total(countries)]))),
      countries: largestFirst(byCountry([...languages.values()])),
    }),
  };
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, messages) => sum + messages, 0);
}

function byCountry(languages: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const countries = new Map<string, number>();
  for (const counts of languages) {
    for (const [country, messages] of counts) countries.set(country, (countries.get(country) ?? 0) + messages);
  }
  return countries;
}

/** Session messages have no language, and ids no country. */
function largestFirst(counts: ReadonlyMap<string, number>): readonly Count[] {
  return [...counts]
    .filter(([name, rows]) => name !== '' && rows > 0)
    .map(([name, rows]) => ({ name, rows }))
    .sort((one, other) => other.rows - one.rows);
}
