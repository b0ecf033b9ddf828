/** Masking of addresses, key ids, roles and people, for screens, logs and what is kept. */

/** `8613800001234` becomes `86138****1234`; anything shorter than nine characters keeps its last two only. */
export function maskAddress(address: string): string {
  if (address.length < 9) return `****${address.slice(-2)}`;
  return `${address.slice(0, 5)}****${address.slice(-4)}`;
}

/** `LTAI5tQwertyuiopabcd` becomes `LTAI****abcd`; nothing is shown of a short one. */
export function maskKeyId(keyId: string): string {
  return keyId.length < 12 ? '****' : `${keyId.slice(0, 4)}****${keyId.slice(-4)}`;
}

/** Of `acs:ram::1234567890123456:role/sender` the id of the account: `acs:ram::1234****3456:role/sender`. */
export function maskRole(arn: string): string {
  return arn.replace(/\d{9,}/g, (id) => `${id.slice(0, 4)}****${id.slice(-4)}`);
}

/** Of a person's name its first character: `李示例` becomes `李**`, whatever its length. */
export function maskName(name: string): string {
  const [first = ''] = name;
  return `${first}**`;
}

/** Of the number of a card or a person's telephone the last two characters: they tell nobody whose it is. */
export function maskPersonal(number: string): string {
  return `****${number.slice(-2)}`;
}
