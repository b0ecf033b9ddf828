/** Counts a plan while it is made. Holds counts only, so it does not grow with the list. */
import { languageOf } from '../domain/message.ts';
import type { LeftOut, PlannedRow } from '../domain/plan-store.ts';
import type { Rates } from '../domain/rates.ts';
import type { Count, PlanSummary } from '../domain/run-record.ts';

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

export interface Pricing {
  /** Null where nothing is known of prices. */
  readonly rates: Rates | null;
  /** What the template of WhatsApp is filed under in a language that a row asked for; null: templates are not counted. */
  readonly categoryIn: ((language: string) => string | null) | null;
}

/** What may be charged of a row. */
interface Charged {
  readonly to: string;
  readonly language: string;
  readonly segments: number | null;
}

export function createPlanTally({ rates, categoryIn }: Pricing): PlanTally {
  /** Messages by language, and in each by country. */
  const languages = new Map<string, Map<string, number>>();
  let rows = 0;
  let invalid = 0;
  let duplicates = 0;
  let suppressed = 0;
  let segments: number | null = null;
  let micros = 0;
  let unpriced = 0;

  /** Adds what one row costs, or with -1 takes it off again. */
  function charge(row: Charged, times: 1 | -1): void {
    if (row.segments !== null) segments = (segments ?? 0) + times * row.segments;
    if (rates === null) return;
    const costs = costsOf(row, rates);
    if (costs.length === 0) return;
    const priced = costs.filter((cost) => cost !== null);
    if (priced.length < costs.length) unpriced += times;
    else micros += times * Math.max(...priced);
  }

  /** Of each message that may be the one that is charged: what falls back was refused, and only what goes out instead counts. */
  function costsOf({ to, language, segments: billed }: Charged, known: Rates): readonly (number | null)[] {
    return [
      ...(categoryIn === null ? [] : [known.templateMicros(to, categoryIn(language))]),
      ...(billed === null ? [] : [known.textMicros(to, billed)]),
    ];
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
          const { message, country, segments: billed } = row;
          const language = languageOf(message.content);
          increase(language, country, 1);
          if (rates !== null || billed !== null) charge({ to: message.to, language, segments: billed }, 1);
        }
      }
    },
    leaveOut(leftOut) {
      for (const { kind, to, language, country, segments: saved } of leftOut) {
        charge({ to, language, segments: saved }, -1);
        if (kind === 'fallback') {
          charge({ to, language, segments: null }, 1);
          continue;
        }
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
      cost: rates === null ? null : { micros, unpriced, templates: categoryIn !== null },
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
