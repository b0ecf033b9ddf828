/** What is known of a code, offline: of the services', of findings, and of sendoff's own errors. */
import { type CatalogueEntry, listedCodes, meaningsOf } from '../domain/catalogue.ts';
import { findingCodes } from '../domain/finding-codes.ts';
import { nearMisses } from '../domain/near-misses.ts';
import { isFindingCode } from '../domain/report.ts';

/** What sendoff's own errors mean, by their stable code. */
export type OperatorErrorCodes = Readonly<Record<string, { readonly cause: string; readonly fix: string }>>;

export type Meaning =
  | { readonly kind: 'service'; readonly entry: CatalogueEntry }
  | { readonly kind: 'finding'; readonly cause: string; readonly fix: string }
  | { readonly kind: 'operator'; readonly cause: string; readonly fix: string };

export type Explanation =
  /** A code may mean one thing to each service, so there may be several meanings. `code` is written as it is known. */
  | { readonly kind: 'known'; readonly code: string; readonly meanings: readonly Meaning[] }
  /** `nearest` is what it may have been meant to be. */
  | { readonly kind: 'unknown'; readonly code: string; readonly nearest: readonly string[] };

/** Case counts only where a code is known in several. */
export function explain(code: string, operatorErrors: OperatorErrorCodes = {}): Explanation {
  const asked = asWritten(code.trim(), operatorErrors);
  const meanings = allMeanings(asked, operatorErrors);
  if (meanings.length > 0) return { kind: 'known', code: asked, meanings };
  return { kind: 'unknown', code: asked, nearest: nearMisses(asked, Object.keys(operatorErrors)) };
}

function allMeanings(code: string, operatorErrors: OperatorErrorCodes): readonly Meaning[] {
  const operator = Object.hasOwn(operatorErrors, code) ? operatorErrors[code] : undefined;
  return [
    ...(operator === undefined ? [] : [{ kind: 'operator' as const, ...operator }]),
    ...(isFindingCode(code) ? [{ kind: 'finding' as const, ...findingCodes[code] }] : []),
    ...meaningsOf(code).map((entry) => ({ kind: 'service' as const, entry })),
  ];
}

/** The code as it is known, case aside; one that nobody lists stays as it is, since its family may be known. */
function asWritten(code: string, operatorErrors: OperatorErrorCodes): string {
  const known = [...listedCodes(), ...Object.keys(findingCodes), ...Object.keys(operatorErrors)];
  if (known.includes(code)) return code;
  return known.find((each) => each.toLowerCase() === code.toLowerCase()) ?? code;
}
