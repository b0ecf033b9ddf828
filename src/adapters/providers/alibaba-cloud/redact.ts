/** Makes the service's words fit for screens and logs: no address, no link, no key, nothing of the message. */

const longest = 300;

/** `hidden` are texts that may not appear, such as the values of the message; those under three characters stay. */
export function redact(text: string, hidden: Iterable<string> = []): string {
  // A refused signature is answered with the whole text to sign, query and all.
  let safe = text.replace(/(?:server )?string to sign.*$/is, '…');
  for (const value of hidden) {
    if (value.length >= 3) safe = safe.replaceAll(value, '…');
  }
  safe = safe
    .replaceAll(/\bhttps?:\/\/\S+/gi, '…')
    .replaceAll(/\b(LTAI|STS\.)\w+/g, '$1****')
    .replaceAll(/\+?\d(?:[ -]?\d){6,}/g, '****')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return safe.length > longest ? `${safe.slice(0, longest)}…` : safe;
}
