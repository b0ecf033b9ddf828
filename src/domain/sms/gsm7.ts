/** The alphabet of GSM 7-bit: how much room a character takes in it. Source: 3GPP TS 23.038, clauses 6.2.1 and 6.2.1.1. */

const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

/** Written as two: an escape and a character. */
const extended = '\f^{}\\[~]|€';

const septets: ReadonlyMap<string, 1 | 2> = new Map([
  ...[...basic].map((character) => [character, 1] as const),
  ...[...extended].map((character) => [character, 2] as const),
]);

/** One or two; null for a character that the alphabet does not have. */
export function septetsOf(character: string): 1 | 2 | null {
  return septets.get(character) ?? null;
}

export function isGsm7(text: string): boolean {
  for (const character of text) if (!septets.has(character)) return false;
  return true;
}
