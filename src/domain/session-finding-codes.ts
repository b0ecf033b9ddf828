/** The codes of findings about words of one's own and the fields of a request beside them, as in `findingCodes`. */
import type { FindingExplanation } from './finding-explanation.ts';

export const sessionFindingCodes = {
  // per row: session messages and the fields beside them
  CONTENT_NOT_JSON: {
    cause: 'The column that message.content names does not hold a JSON object in this row.',
    fix: 'Write it as JSON, such as {"text": "…"}.',
  },
  REQUEST_FIELD_INVALID: {
    cause: 'A field under request has a value that the service does not take.',
    fix: 'Write it as the finding says, or leave the field out.',
  },
  SESSION_WINDOW: {
    cause: 'A message in words of your own reaches only people who wrote to the sender within the last 24 hours.',
    fix: 'Keep the list to those people, or, on WhatsApp, name a template or a text message under fallback for the others.',
  },
  DIRECT_CATEGORY: {
    cause: 'request.category sends without a template of your own, which Meta allows to invited accounts alone.',
    fix: 'Leave it out unless Meta invited the account: delivery fails otherwise.',
  },
  URL_INVALID: {
    cause: 'A link is not a valid http or https address once its variable is filled.',
    fix: 'Correct the value; a button link takes only the part that follows its fixed beginning.',
  },
  MEDIA_URL_INVALID: {
    cause: 'A media link is not a public https address.',
    fix: 'Give an https address that opens without a login.',
  },
  COUPON_INVALID: { cause: 'A coupon code may only have letters and digits.', fix: 'Remove other characters.' },
  EXPIRY_INVALID: {
    cause: 'The offer expiry is not a time in milliseconds since 1970, or is in the past.',
    fix: 'Give a future time, such as 1796083200000.',
  },
  // messages of the session window
  CONTENT_TYPE_UNKNOWN: {
    cause: 'The channel has no such type of message.',
    fix: 'Use one of the types that the README lists for the channel.',
  },
  CONTENT_KEY_MISSING: {
    cause: 'The content of the message lacks a key that the service asks for, or has it empty.',
    fix: 'Add the key to message.content, or fill the cell that its text comes from.',
  },
  CONTENT_KEY_REFUSED: {
    cause: 'The content has a key that the service refuses with this type of message.',
    fix: 'Remove the key, or use a type of message that takes it.',
  },
  CONTENT_KEY_UNKNOWN: {
    cause: 'The content has a key that no page of the service or of Meta names, or that begins with a capital letter.',
    fix: 'Write the key as the hint says; remove it where it means nothing.',
  },
  CONTENT_VALUE_INVALID: {
    cause: 'A value of the content is not of the kind or within the bounds that the key asks for.',
    fix: 'Correct the value as the hint says.',
  },
  CONTENT_FILE_TYPE: {
    cause: 'The ending of a media link is not one of a kind of file that the channel takes.',
    fix: 'Link to a file of a kind that the hint names.',
  },
  CONTENT_TOO_LONG: {
    cause: 'A text of the content is longer than the channel allows once its columns are filled.',
    fix: 'Shorten the text, or the cell that fills it.',
  },
  CONTENT_TOO_MANY: {
    cause: 'A list of the content, such as buttons or rows, has more items than the channel allows.',
    fix: 'Remove items, or spread them over several messages.',
  },
} as const satisfies Record<string, FindingExplanation>;
