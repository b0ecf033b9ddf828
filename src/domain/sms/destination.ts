/** Where a text message goes: mainland China has other templates, limits, lengths and prices than all other places. */
import type { SmsProblem } from './sms-problem.ts';
import type { SmsTemplateKind } from './sms-template.ts';

/** Hong Kong, Macao and Taiwan count as elsewhere. Source: the sending rules of Short Message Service. */
export type Destination = 'mainland' | 'elsewhere';

/** The calling code of mainland China; those of Hong Kong (852), Macao (853) and Taiwan (886) do not begin like it. */
const mainlandCode = '86';

/** `number` is digits only, with its country code. */
export function destinationOf(number: string): Destination {
  return number.startsWith(mainlandCode) ? 'mainland' : 'elsewhere';
}

/**
 * Why the service refuses a template of this kind at a destination, or null. Source: isv.DOMESTIC_NUMBER_NOT_SUPPORTED,
 * and for the other direction the CreateSmsTemplate page: templates for the mainland and for elsewhere are not
 * interchangeable.
 */
export function destinationProblem(kind: SmsTemplateKind, destination: Destination): SmsProblem | null {
  if (destination === 'mainland' && kind === 'international') {
    return {
      code: 'SMS_DESTINATION',
      severity: 'error',
      message: 'an international template cannot go to a number of mainland China (isv.DOMESTIC_NUMBER_NOT_SUPPORTED)',
      hint: 'use a template for the mainland, or leave the row out',
    };
  }
  if (destination === 'elsewhere' && kind !== 'international') {
    return {
      code: 'SMS_DESTINATION',
      severity: 'error',
      message: `a ${kind} template for mainland China cannot go to a number elsewhere`,
      hint: 'use an international template, or leave the row out',
    };
  }
  return null;
}

/** Source: the PhoneNumbers field of the SendSms page, 11 digits behind 86; mobile numbers there begin with 13 to 19. */
const mainlandMobile = /^861[3-9]\d{9}$/;

/** Why a text message cannot reach a number of mainland China, such as a landline, or null. Elsewhere that shows nowhere. */
export function numberProblem(number: string, destination: Destination): SmsProblem | null {
  if (destination === 'elsewhere' || mainlandMobile.test(number)) return null;
  return {
    code: 'SMS_NUMBER',
    severity: 'error',
    message: 'this is no mobile number of mainland China, and no other gets text messages (isv.MOBILE_NUMBER_ILLEGAL)',
    hint: 'write the 11 digits of a mobile number, or leave the row out',
  };
}
