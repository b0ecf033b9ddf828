/** Every code a finding can have, with what `sendoff explain` says of it. The keys are stable: scripts match on them. */
import type { FindingExplanation } from './finding-explanation.ts';
import { sessionFindingCodes } from './session-finding-codes.ts';
import { smsFindingCodes } from './sms-finding-codes.ts';

export const findingCodes = {
  // the list
  LIST_EMPTY: {
    cause: 'The list has a header and no rows, or nothing at all.',
    fix: 'Export the list again and check that it has rows.',
  },
  LIST_UNREADABLE: {
    cause: 'The list cannot be read any further from the place named.',
    fix: 'Mend that place, or export the list again.',
  },
  LIST_ENCODING: {
    cause: 'The bytes of the list are not text in the encoding it is read in.',
    fix: 'Save the list as UTF-8 ("CSV UTF-8" in Excel), or name its encoding with --encoding.',
  },
  LIST_ENCODING_GUESSED: {
    cause: 'The list does not say its encoding; it was told from its bytes.',
    fix: 'Look at names in the preview; where they are wrong, name the encoding with --encoding.',
  },
  LIST_QUOTE: {
    cause: 'A quoted cell does not end, or has a quote inside it that is not doubled.',
    fix: 'Double the quote inside the cell ("") or close the cell.',
  },
  LIST_RAGGED_ROW: {
    cause: 'The row has more or fewer cells than the header.',
    fix: 'Quote cells that contain the delimiter, or add the missing cells.',
  },
  LIST_HEADER_DUPLICATE: { cause: 'Two columns have the same name.', fix: 'Rename one of them.' },
  LIST_HEADER_EMPTY: { cause: 'A column has no name.', fix: 'Name the column, or delete it.' },
  LIST_HEADER_FORBIDDEN: {
    cause: 'A column has a name that cannot be used safely (__proto__, constructor, prototype).',
    fix: 'Rename the column.',
  },
  LIST_ROW_NOT_OBJECT: {
    cause: 'An item of the JSON list is not an object.',
    fix: 'Write every item as {"column": "value", …}.',
  },
  // columns and the campaign
  COLUMN_UNKNOWN: {
    cause: 'The campaign names a column that the list does not have.',
    fix: 'Use the name as the header row writes it.',
  },
  COLUMN_AMBIGUOUS: {
    cause: 'Several columns match the name once case and blanks are ignored.',
    fix: 'Write the column name exactly as in the header row.',
  },
  COLUMN_UNUSED: {
    cause: 'Nothing in the campaign uses this column.',
    fix: 'Nothing to do, unless a variable was meant to come from it.',
  },
  PARAM_UNKNOWN: {
    cause: 'The campaign fills a variable that the template does not have.',
    fix: 'Use a variable of the template, or remove the line.',
  },
  PARAM_TEXT_INVALID: {
    cause: 'A Liquid text of the campaign cannot be parsed, or names a column that the list does not have.',
    fix: 'Mend the text; columns are written {{ column }}.',
  },
  VARIABLE_UNFILLED: {
    cause: 'The template has a variable that no column and no parameter fills.',
    fix: 'Add a column with that name, or a line under template.params.',
  },
  // the template
  TEMPLATE_NOT_FOUND: {
    cause: 'The service has no such template in that language.',
    fix: 'Check code and language; both are case-sensitive.',
  },
  TEMPLATE_NOT_APPROVED: {
    cause: 'The template is not approved, so every send would be refused.',
    fix: 'Wait for the review, or use an approved template.',
  },
  TEMPLATE_PAUSED: {
    cause: 'WhatsApp has paused or disabled the template.',
    fix: 'Wait for the pause to end, edit the template, or use another.',
  },
  TEMPLATE_UNSUPPORTED: {
    cause: 'The template has a part that sendoff cannot send yet.',
    fix: 'Use a template without that part.',
  },
  TEMPLATE_QUALITY_LOW: {
    cause: 'WhatsApp rates the template YELLOW or RED; it may be paused.',
    fix: 'Send to a smaller, better chosen list, or improve the text.',
  },
  // per row: language and address
  LANGUAGE_MISSING: {
    cause: 'The language cell is empty and the campaign names no default.',
    fix: 'Fill the cell, or set template.language.default.',
  },
  LANGUAGE_UNKNOWN: {
    cause: 'The language code is not one that the service knows; codes are case-sensitive.',
    fix: 'Use a code such as en, en_US, pt_BR or zh_CN.',
  },
  LANGUAGE_NOT_AVAILABLE: {
    cause: 'The template has no approved variant in this language.',
    fix: 'Use a language the template has, or have the variant approved.',
  },
  ADDRESS_MISSING: { cause: 'The address cell is empty.', fix: 'Fill it, or remove the row.' },
  ADDRESS_INVALID: {
    cause:
      'The cell is not a telephone number that can exist; on Messenger and Instagram, or for a group, it is not an id.',
    fix: 'Write a number with its country code, such as 8613800000000 or +86 138 0000 0000, and an id as the channel tells it.',
  },
  ADDRESS_NO_COUNTRY: {
    cause: 'The number has no country code and the campaign names no country.',
    fix: 'Add the country code, or set recipients.country.',
  },
  ADDRESS_SCIENTIFIC: {
    cause: 'Excel turned the number into 8.6E+12 and its last digits are lost.',
    fix: 'Format the column as text, enter the numbers again, and save.',
  },
  ADDRESS_LOST_ZERO: {
    cause: 'The number is valid only with the leading zero that a spreadsheet removed.',
    fix: 'Format the column as text and restore the zero.',
  },
  ADDRESS_NORMALISED: {
    cause: 'The number was rewritten as the service wants it: digits only, with the country code.',
    fix: 'Nothing to do.',
  },
  ADDRESS_MAYBE_NUMBER: {
    cause: 'The cell reads as a telephone number, and the channel knows people by ids of 15 digits and more.',
    fix: 'Name the column with the ids that the channel tells, such as PSIDs for Messenger.',
  },
  ADDRESS_IS_SENDER: { cause: 'The recipient is the sender itself.', fix: 'Remove the row.' },
  // per row: values
  PARAM_MISSING: {
    cause: 'A variable of the template has no value in this row.',
    fix: 'Fill the cell, or give a default: {{ column | default: "…" }}.',
  },
  PARAM_LINE_BREAK: {
    cause: 'The value has a line break, which WhatsApp refuses in a variable.',
    fix: 'Put the text on one line.',
  },
  PARAM_TAB: {
    cause: 'The value has a tab, which WhatsApp refuses in a variable.',
    fix: 'Replace the tab by a blank.',
  },
  PARAM_BLANKS: {
    cause: 'The value has more than four blanks in a row, which WhatsApp refuses in a variable.',
    fix: 'Collapse the blanks.',
  },
  PARAM_RENDER_FAILED: {
    cause: 'A Liquid text of the campaign could not be rendered for this row.',
    fix: 'Check the cell against what the filters expect.',
  },
  PARAM_CONTROL_CHARACTER: {
    cause: 'The value has a control character that no telephone can show.',
    fix: 'Remove it.',
  },
  PART_TOO_LONG: {
    cause: 'A part of the message is longer than WhatsApp allows once its variables are filled.',
    fix: 'Shorten the value.',
  },
  ...sessionFindingCodes,
  ...smsFindingCodes,
  // the list as a whole
  DUPLICATE: {
    cause: 'The same address with the same message stands earlier in the list; it is sent once.',
    fix: 'Nothing to do: the first of them goes.',
  },
  SAME_ADDRESS: {
    cause: 'The same address stands earlier in the list with a different message; both go.',
    fix: 'Check that this person should get both. WhatsApp allows about one message in 6 seconds to a number, so the later one waits while all others go on.',
  },
  FALLBACK_REPEATED: {
    cause: 'Two rows have different messages for the same address and the same message to fall back to.',
    fix: 'Nothing to do: the first of them falls back. The other stays refused where its own message is.',
  },
  FALLBACK_ADDRESS: {
    cause:
      'The row goes to a WhatsApp group, and its fallback is a text message, which goes to telephone numbers alone.',
    fix: 'Leave the row out, or send to groups with a campaign of their own that has no such fallback.',
  },
  SUPPRESSED: { cause: 'The address is on the do-not-contact list.', fix: 'Nothing to do: it is left out.' },
  CATEGORY_UNEXPECTED: {
    cause: 'The template is filed under another category than expect.category names.',
    fix: 'Check its price and its rules, then change expect.category or use another template.',
  },
  MARKETING_TO_US: {
    cause: 'WhatsApp delivers no marketing template to numbers of the United States.',
    fix: 'Leave those rows out, or reach them by another channel.',
  },
  MARKETING_CAP: {
    cause:
      'WhatsApp limits how many marketing messages a person gets from all businesses; the number is not published.',
    fix: 'Do not send again what failed with 131049 within a day: sendoff retry waits for it.',
  },
  CLOCK_SKEW: {
    cause: 'The clock of this machine and that of the service are a minute or more apart.',
    fix: 'Set the clock right: 15 minutes apart, the service refuses every request.',
  },
  SMS_SIGN: {
    cause: 'The sign is missing, or the account has none of that name that is approved.',
    fix: 'Write an approved sign exactly as the console shows it, without brackets.',
  },
  SMS_SIGN_FILING: {
    cause:
      "A carrier of mainland China has not filed the sign under its owner's real name, and fails messages with it.",
    fix: 'File it in the console; that takes five to ten working days.',
  },
  SMS_SIGN_TEMPLATE: {
    cause: 'The service relates other signs to the template: a sign for verification codes, say, goes with no notice.',
    fix: 'Use a sign that the service relates to the template, or send a single row first.',
  },
  SMS_SIGN_UNCHECKED: {
    cause: 'The service did not tell the state of the sign.',
    fix: 'Grant dysms:GetSmsSign to have it checked; messages can go without.',
  },
  SMS_HOURS: {
    cause: 'Promotions may go to mainland China from 8:00 to 20:00 China time alone.',
    fix: 'Hand them over within those hours; a plan keeps.',
  },
  SMS_NUMBER_LIMIT: {
    cause: 'A number stands in the list more often than the service lets it get messages.',
    fix: 'Keep one row for each number, or hand the refused ones over with sendoff retry once the limit lets it.',
  },
  SMS_OUT_ID: {
    cause: 'The service takes an outId of fewer than 256 characters.',
    fix: 'Shorten it, or leave it out.',
  },
  SMS_EXTEND_CODE: {
    cause: "The extension behind the sender's number is made of digits.",
    fix: 'Write digits alone, or leave it out.',
  },
  // the sender
  SENDER_NOT_FOUND: {
    cause: 'The account, or the space that the campaign names, has no such sender.',
    fix: 'Use a number of the account, or name its space with custSpaceId.',
  },
  SENDER_NOT_CONNECTED: {
    cause: 'The sender is not connected to WhatsApp.',
    fix: 'Connect it in the console, or use another sender.',
  },
  SENDER_LIMITED: {
    cause: 'The sender has reached the number of people it may write to for now.',
    fix: 'Wait until a day after its last messages, or use another sender.',
  },
  SENDER_QUALITY_LOW: {
    cause: 'WhatsApp rates the sender YELLOW, RED or FLAGGED, since people block or report it.',
    fix: 'Send to a smaller, better chosen list.',
  },
  SENDER_UNCHECKED: {
    cause: 'The service did not tell the state of the sender.',
    fix: 'Grant cams:QueryChatappPhoneNumbers to have it checked; messages can go without.',
  },
  TIER_EXCEEDED: {
    cause: 'The list has more people than the messaging tier of the sender allows in 24 hours.',
    fix: 'Let the run stop at the cap and go on with sendoff resume, or set send.dailyCap where the business may reach more.',
  },
  HEALTH_BLOCKED: {
    cause: 'WhatsApp lets no message of this sender pass: the number, its account or its business is blocked.',
    fix: 'Do what the finding says, then check again.',
  },
  HEALTH_LIMITED: {
    cause: 'WhatsApp lets messages of this sender pass with limits.',
    fix: 'Do what the finding says, or send to a smaller list.',
  },
  HEALTH_UNCHECKED: {
    cause: 'The service did not tell the health of the sender.',
    fix: 'Grant cams:GetWhatsappHealthStatus to have it checked; messages can go without.',
  },
  MASS_RATE: {
    cause: 'The rate is above the 10 requests a second that the service gives an account for mass sending.',
    fix: 'Leave send.rate out in mode mass, or set it to 10/s, unless your account has more.',
  },
  SENDER_RATE: {
    cause: 'The rate is above the 80 messages a second that WhatsApp gives a sender unless it was raised.',
    fix: 'Set send.senderRate to what the sender may emit.',
  },
} as const satisfies Record<string, FindingExplanation>;

export type FindingCode = keyof typeof findingCodes;
