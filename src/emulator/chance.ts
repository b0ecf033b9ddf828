/**
 * Chance that can be repeated: the same seed and key always give the same number. Drawing by key and not in turn keeps
 * a run repeatable however its concurrent requests happen to interleave.
 */

/** A number from 0 up to but not including 1, evenly spread over keys. A 53-bit mix of two multiplicative hashes. */
export function chance(seed: number, key: string): number {
  let low = 0xdeadbeef ^ seed;
  let high = 0x41c6ce57 ^ seed;
  for (let index = 0; index < key.length; index++) {
    const unit = key.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x9e3779b1);
    high = Math.imul(high ^ unit, 0x5f356495);
  }
  const mixedLow = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  const mixedHigh = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  return ((mixedHigh >>> 11) * 2 ** 32 + (mixedLow >>> 0)) / 2 ** 53;
}
