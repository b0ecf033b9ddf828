/** How many messages a text is billed as. Source: the billing rules of the domestic and the international service. */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

/** What a character of GSM 7-bit takes; those of the extension table take two. Source: 3GPP TS 23.038. */
const widths: ReadonlyMap<string, number> = new Map([
  ...[...basic].map((character) => [character, 1] as const),
  ...[...'\f|^€{}[]~\\'].map((character) => [character, 2] as const),
]);

/** `text` with its signature. On the mainland every character counts the same. */
export function countSegments(text: string, isMainland: boolean): number {
  // In either alphabet: this is most of them.
  if (text.length <= 70) return 1;
  const septets = [...text].map((character) => widths.get(character));
  if (!isMainland && !septets.includes(undefined)) {
    return parts(
      septets.map((width) => width ?? 0),
      160,
      153,
    );
  }
  return parts(
    [...text].map(({ length }) => length),
    70,
    67,
  );
}

/** A character of two units is never cut in half. */
function parts(units: readonly number[], alone: number, joined: number): number {
  if (units.reduce((sum, width) => sum + width, 0) <= alone) return 1;
  let count = 1;
  let used = 0;
  for (const width of units) {
    if (used + width > joined) {
      count += 1;
      used = 0;
    }
    used += width;
  }
  return count;
}
