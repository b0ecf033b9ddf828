/** The codes of findings about text messages, as in `findingCodes`. */
import type { FindingExplanation } from './finding-explanation.ts';

export const smsFindingCodes = {
  SMS_DESTINATION: {
    cause: 'The template is of a kind that does not go to the country of the number.',
    fix: 'Use a template for mainland China with mainland numbers, and an international one with all others.',
  },
  SMS_NUMBER: {
    cause: 'The number is no mobile number of mainland China, such as a landline (isv.MOBILE_NUMBER_ILLEGAL).',
    fix: 'Write the 11 digits of a mobile number, or leave the row out.',
  },
  SMS_PARAM_LINK: {
    cause: 'A value of a text message has a link, which the service refuses (isv.PARAM_NOT_SUPPORT_URL).',
    fix: 'Put the link into the template itself, and have it approved.',
  },
  SMS_PARAM_EMOJI: {
    cause: 'A value of a text message has an emoji, which the service refuses (isv.UNSUPPORTED_CONTENT).',
    fix: 'Remove it.',
  },
  SMS_PARAM_SHAPE: {
    cause: 'A value is not of the form that the variable was declared with, such as a code of 4 to 6 digits.',
    fix: 'Write the value as the finding says (isv.TEMPLATE_PARAMS_ILLEGAL otherwise).',
  },
  SMS_PARAM_LENGTH: {
    cause: 'A value is longer than variables of text messages usually may be (isv.PARAM_LENGTH_LIMIT).',
    fix: 'Shorten the value, or split it over several variables.',
  },
  SMS_TOO_LONG: {
    cause: 'The text message with its sign has more than 500 characters.',
    fix: 'Shorten the values.',
  },
} as const satisfies Record<string, FindingExplanation>;
