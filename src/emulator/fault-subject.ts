/** What the fault rules know a request by. */
import { massRecipients } from './check-mass-message.ts';
import type { FaultSubject } from './fault-plan.ts';
import type { Parameters } from './parameters.ts';
import { smsNumbers } from './sms/check-sms.ts';
import { readSmsNumber } from './sms/sms-number.ts';

/** A call for several is known by its first recipient, and struck where any of them is named. */
export function faultSubject(action: string, parameters: Parameters): FaultSubject {
  const addresses = addressesOf(parameters);
  return { action, key: addresses[0] ?? lookedUp(parameters), addresses };
}

/** Digits with the country code, as fault rules name them. */
function addressesOf(parameters: Parameters): readonly string[] {
  const to = parameters.text('To') || parameters.text('UserNumber');
  if (to !== '') return [to];
  const looked = parameters.text('PhoneNumber');
  const numbers = looked === '' ? smsNumbers(parameters) : [looked];
  return numbers.length === 0 ? massRecipients(parameters) : numbers.map(withCountryCode);
}

function withCountryCode(number: string): string {
  const read = readSmsNumber(number, false);
  return read.kind === 'illegal' ? number : read.to;
}

function lookedUp(parameters: Parameters): string {
  return `${parameters.text('TemplateCode')} ${parameters.text('Language') || parameters.text('SignName')}`;
}
