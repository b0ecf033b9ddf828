/**
 * The words with which Short Message Service says no, by code. Source: its error code pages; those of a number and of a code's
 * characters as callers have seen them. Flow control is worded where it is checked.
 */
export const smsRefusalWords = {
  'isp.RAM_PERMISSION_DENY': 'The RAM identity is not permitted to perform this operation.',
  'isv.BUSINESS_LIMIT_CONTROL': 'The flow control of the business was triggered.',
  'isv.CODE_ERROR': 'The extension code cannot be used.',
  'isv.DOMESTIC_NUMBER_NOT_SUPPORTED': 'An international template cannot be sent to a number of the Chinese mainland.',
  'isv.EXTEND_CODE_ERROR': 'The same extension code must not be used for several signatures.',
  'isv.INVALID_JSON_PARAM': 'The JSON parameter is not valid; its values must be strings.',
  'isv.INVALID_PARAMETERS': 'A parameter is not valid.',
  'isv.MOBILE_COUNT_OVER_LIMIT': 'There are too many phone numbers.',
  'isv.MOBILE_NUMBER_ILLEGAL': 'invalid mobile number',
  'isv.PARAM_LENGTH_LIMIT': 'A variable is too long.',
  'isv.PARAM_NOT_SUPPORT_URL': 'A variable must not contain a URL.',
  'isv.SIGN_STATE_ILLEGAL': 'The signature is in a state in which it cannot be used.',
  'isv.SMS_SIGNATURE_ILLEGAL': 'The signature does not exist.',
  'isv.SMS_SIGNATURE_SCENE_ILLEGAL': 'The scenario of the signature does not fit the type of the template.',
  'isv.SMS_SIGN_NAME_ILLEGAL': 'The signature is not approved.',
  'isv.SMS_TEMPLATE_ILLEGAL': 'The template does not exist or is not approved.',
  'isv.TEMPLATE_MISSING_PARAMETERS': 'A variable of the template has no value.',
  'isv.TEMPLATE_PARAMS_ILLEGAL': 'A variable does not fit its attribute.',
  'isv.UNSUPPORTED_CONTENT': 'The content has characters that are not supported.',
} as const;
