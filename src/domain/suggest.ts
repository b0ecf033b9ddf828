/** "Did you mean": the one candidate that a mistyped word most plausibly stood for. */
import { distance } from 'fastest-levenshtein';

/**
 * The candidate nearest to `word`, ignoring case, or null when none is close: at most one slip for every three
 * characters of the longer of the two, and swapped letters are one slip. Of equally near ones the first wins.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const wanted = word.trim().toLowerCase();
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const offered = candidate.trim().toLowerCase();
    const slips = slipsBetween(wanted, offered);
    if (slips < bestDistance && slips <= Math.max(wanted.length, offered.length) / 3) {
      best = candidate;
      bestDistance = slips;
    }
  }
  return best;
}

/** `did you mean "…"?`, or null where nothing is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string | null {
  const candidate = nearest(word, candidates);
  return candidate === null ? null : `did you mean "${candidate}"?`;
}

/** All candidates, the one nearest to `word` by any of its names first, case aside; of equally near ones the first stays first. */
export function byNearness<T>(
  word: string,
  candidates: readonly T[],
  namesOf: (candidate: T) => readonly string[],
): readonly T[] {
  const wanted = word.trim().toLowerCase();
  const slips = (candidate: T) =>
    Math.min(...namesOf(candidate).map((name) => slipsBetween(wanted, name.trim().toLowerCase())));
  return candidates
    .map((candidate) => ({ candidate, slips: slips(candidate) }))
    .sort((one, other) => one.slips - other.slips)
    .map(({ candidate }) => candidate);
}

function slipsBetween(one: string, other: string): number {
  const edits = distance(one, other);
  // Two neighbours that changed places are two edits.
  return edits === 2 && sortedLetters(one) === sortedLetters(other) ? 1 : edits;
}

function sortedLetters(word: string): string {
  return [...word].sort().join('');
}
