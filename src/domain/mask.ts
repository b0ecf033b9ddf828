/** Masking of addresses for screens and logs. */

/** `8613800001234` becomes `86138****1234`; anything shorter than nine characters keeps its last two only. */
export function maskAddress(address: string): string {
  if (address.length < 9) return `****${address.slice(-2)}`;
  return `${address.slice(0, 5)}****${address.slice(-4)}`;
}
