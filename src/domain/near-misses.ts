/** The known codes nearest to a mistyped one, of the services and of findings. */
import { distance } from 'fastest-levenshtein';
import { listedCodes } from './catalogue.ts';
import { findingCodes } from './finding-codes.ts';

const mostSuggestions = 3;

/**
 * At most three codes that `code` may have been meant to be, nearest first, case aside; codes in `others` count as well.
 * A third of the letters may be wrong. The last part of a dotted code may stand for the whole (`LimitControl`).
 */
export function nearMisses(code: string, others: readonly string[] = []): readonly string[] {
  const typed = code.trim().toLowerCase();
  if (typed === '') return [];
  const candidates = new Set([...listedCodes(), ...Object.keys(findingCodes), ...others]);
  const tolerance = Math.max(1, Math.floor(typed.length / 3));
  const near: { candidate: string; misses: number }[] = [];
  for (const candidate of candidates) {
    const misses = missesBetween(typed, candidate.toLowerCase());
    if (misses <= tolerance) near.push({ candidate, misses });
  }
  near.sort((a, b) => a.misses - b.misses || (a.candidate < b.candidate ? -1 : 1));
  return near.slice(0, mostSuggestions).map(({ candidate }) => candidate);
}

function missesBetween(typed: string, candidate: string): number {
  const whole = distance(typed, candidate);
  const lastPart = candidate.slice(candidate.lastIndexOf('.') + 1);
  // One more than the same slip in the whole code, so that an equally near whole code comes first.
  return lastPart === candidate || lastPart.length < 4 ? whole : Math.min(whole, distance(typed, lastPart) + 1);
}
