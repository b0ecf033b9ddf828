/** An address in a flag, where no campaign says yet what kind it is: a telephone number, or the id of a person or a group. */
import { normaliseGroupId } from './group-id.ts';
import { parsePhoneDigits } from './parse-phone-digits.ts';
import { type Parsed, parsedValue } from './parsed.ts';
import { normaliseUserId } from './user-id.ts';

/** Ids of Messenger and Instagram that were seen have 15 digits and more; what is shorter is a mistyped number. */
const shortestId = 15;

export function parseAddress(text: string): Parsed<string> {
  const phone = parsePhoneDigits(text);
  if (phone.kind === 'value') return phone;
  const id = [normaliseUserId(text), normaliseGroupId(text)].find(({ kind }) => kind === 'ok');
  return id?.kind === 'ok' && id.to.length >= shortestId ? parsedValue(id.to) : phone;
}
