/** What sendoff's own errors mean, for `explain`. A test holds it complete. */
export const operatorErrorCodes = {
  ACCESS_REFUSED: {
    cause: 'The service refuses the credentials or a right is missing.',
    fix: 'Check the access key, and grant the action that the message names.',
  },
  ACCOUNT_IS_ANOTHER: {
    cause: 'The run was planned or begun with the credentials of another account.',
    fix: 'Name the --profile, or set the environment, that the run was made with; another account needs a plan of its own.',
  },
  CAMPAIGN_FILE: {
    cause: 'The campaign file or a flag has a mistake.',
    fix: 'Mend the line and column that the message names.',
  },
  CAMPAIGN_UNREADABLE: {
    cause: 'The campaign file cannot be read, or it cannot be told what the file is.',
    fix: 'Check the path and the ending of the name.',
  },
  CREDENTIALS_INVALID: {
    cause: 'Credentials were found and cannot be used.',
    fix: 'Set both halves of the access key, or mend the profile.',
  },
  CREDENTIALS_MISSING: {
    cause: 'No source of the default chain gave credentials.',
    fix: 'Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or write ~/.alibabacloud/credentials.',
  },
  EMULATOR_OPTION: {
    cause: 'An option or a faults file of the emulator cannot be read.',
    fix: 'Mend what the message names.',
  },
  INIT_FAILED: { cause: 'The first files could not be written.', fix: 'Name an empty, writable folder.' },
  LIST_DELIMITER_INVALID: {
    cause: 'The delimiter is not a single character.',
    fix: 'Name one of: comma, semicolon, tab, pipe.',
  },
  LIST_ENCODING_UNKNOWN: {
    cause: 'The encoding has a name that is not known.',
    fix: 'Name one of: utf-8, utf-16le, utf-16be, gb18030, windows-1252.',
  },
  LIST_FORMAT_UNKNOWN: {
    cause: 'The name of the list does not tell its format.',
    fix: 'Name it with --format: csv, tsv, json or jsonl.',
  },
  LIST_IS_FOLDER: { cause: 'The list is a folder.', fix: 'Name the file in it.' },
  LIST_NOT_FOUND: { cause: 'There is no such list.', fix: 'Check the path.' },
  LIST_NOT_READABLE: { cause: 'The list cannot be opened.', fix: 'Check its permissions.' },
  LIST_WORKBOOK: {
    cause: 'The list is an Excel workbook, which this version does not read.',
    fix: 'Save it as "CSV UTF-8".',
  },
  NOT_A_RUN_FILE: {
    cause: 'The file was not made by sendoff, or it is cut off.',
    fix: 'Name a run file made by sendoff plan or sendoff send.',
  },
  NOT_CONFIRMED: {
    cause: 'Nobody confirmed the plan, so nothing was handed over.',
    fix: 'Type the number of messages, or confirm with --yes.',
  },
  NO_RUN_FILES: { cause: 'The folder has no run file.', fix: 'Name the run file.' },
  NO_SUCH_MESSAGE: {
    cause: 'The row has no message: it is invalid, left out, or not in the list.',
    fix: 'Ask sendoff check what is wrong with it.',
  },
  OUT_OF_HOURS: {
    cause: 'A promotion may go to mainland China from 8:00 to 20:00 China time alone, and it is another hour now.',
    fix: 'Go on at the hour that the message names, or hand it over now with --ignore-hours.',
  },
  PLAN_EXPIRED: { cause: 'The plan is older than it was said to be good for.', fix: 'Make a new plan.' },
  PLAN_REFUSED: {
    cause: 'The plan has findings that forbid sending, or is larger than allowed.',
    fix: 'Mend what is listed, or allow it with --skip-invalid, --max-invalid, --max-messages or --max-spend.',
  },
  PLAN_STALE: {
    cause: 'The template or the list has changed since the plan was made.',
    fix: 'Check the change and make a new plan.',
  },
  REPORT_UNWRITABLE: {
    cause: 'The file could not be written.',
    fix: 'Check that the folder exists, is writable, and has room.',
  },
  RIGHT_MISSING: {
    cause: 'The RAM user or role may not make a call that the command needs.',
    fix: 'Grant the action that the message names; sendoff doctor --policy prints a policy with all of them.',
  },
  RATES: {
    cause: 'The list of prices has a line that cannot be read, so no cost could be told from it.',
    fix: 'Mend the line that the message names: it needs the columns prefix and price.',
  },
  RUN_FILE_EXISTS: {
    cause: 'The run file exists already, and a plan never overwrites one.',
    fix: 'Choose another --run, or go on with sendoff resume.',
  },
  RUN_FILE_MISSING: { cause: 'There is no such run file.', fix: 'List them with sendoff runs.' },
  RUN_FILE_TOO_NEW: { cause: 'A newer sendoff made the run file.', fix: 'Use that version, or a newer one.' },
  RUN_FILE_UNREADABLE: {
    cause: 'The run file cannot be opened.',
    fix: 'Check that it is a file and that you may read it.',
  },
  RUN_FILE_UNWRITABLE: {
    cause: 'The run file could not be written.',
    fix: 'Check that the folder exists, is writable, and has room.',
  },
  RUN_IS_ANOTHER: {
    cause: 'The run file that --run names holds another campaign or list.',
    fix: 'Choose another --run, or go on with what it holds.',
  },
  RUN_LOCKED: {
    cause: 'Another process is sending from this run file.',
    fix: 'Wait for it, or watch it with sendoff status.',
  },
  SERVICE_IS_ANOTHER: {
    cause: 'The run was planned for another service or endpoint.',
    fix: 'Name the same one, or make a new plan.',
  },
  SERVICE_REFUSED: {
    cause: 'The service refuses the account or the product.',
    fix: 'Do what the message says, then try again.',
  },
  SERVICE_UNREACHABLE: {
    cause: 'The service did not answer.',
    fix: 'Check the network and the endpoint, then try again.',
  },
  SIGN_MISSING: {
    cause: 'The account has no sign of this name.',
    fix: 'Write it without brackets, as sendoff sms signs list shows it.',
  },
  SUPPRESSION_LIST: {
    cause: 'The do-not-contact list has a row that cannot be read, so somebody on it might be written to.',
    fix: 'Mend the row that the message names.',
  },
  TEMPLATE_DRAFT: {
    cause: 'The template file has a mistake, or breaks a rule of the service.',
    fix: 'Mend the line and column that the message names.',
  },
  TEMPLATE_DRAFT_UNREADABLE: { cause: 'The template file cannot be read.', fix: 'Check the path.' },
  TEMPLATE_FILE_INVALID: {
    cause: 'The saved template cannot be read.',
    fix: 'Save the answer of GetChatappTemplateDetail again.',
  },
  TEMPLATE_MISSING: {
    cause: 'The account has no such template, or not in this language.',
    fix: 'List what there is with sendoff templates list.',
  },
  TEMPLATE_NOT_MODIFIABLE: {
    cause: 'Only a template that is not reviewed yet, or was refused, can be modified.',
    fix: 'Create it under another name.',
  },
  TEMPLATE_REFUSED: {
    cause: 'The review did not approve the template.',
    fix: 'Read the reason, mend the file, and use sendoff templates modify.',
  },
  USAGE: { cause: 'The command line cannot be understood.', fix: 'See sendoff --help, and --help of the command.' },
} as const;
