/** What `sendoff init` writes: a campaign and a list that run as they are on the emulator. */

export interface InitFile {
  /** Relative to the folder that is set up. */
  readonly path: string;
  readonly text: string;
}

const campaign = `# A sendoff campaign: what to send to whom. Try it without an account:
#   sendoff preview campaign.yaml --emulator
#   sendoff send campaign.yaml --emulator
name: order-shipped

# The channel of the message. This version sends whatsapp.
channel: whatsapp

# Your sender's number with its country code.
from: "8613867404376"

recipients:
  # A .csv, .tsv, .json or .jsonl file beside this one, or - for standard input.
  file: recipients.csv
  # The column with the address.
  to: phone
  # Reads numbers without a country code as Chinese; remove the line where every number has its own.
  country: CN

template:
  # The template's code, as the console shows it, and the language of the variant.
  code: order_shipped
  language: en
  # Where it differs by row: language: { column: lang, default: en }

  # Where each variable gets its value: a column, or a text with {{ column }} in it (Liquid).
  # A column named like its variable, such as code, needs no line.
  params:
    name: first_name
    date: "{{ ship_date | date: '%d %b' }}"

send:
  # Your account's quota. Also 60/m or 1000/h.
  rate: 250/s
  # mode: mass hands up to 1,000 recipients over in a request; ids of messages then come later, by sendoff reconcile.
  # What the sender itself may emit: WhatsApp begins with 80 a second.
  senderRate: 80/s
  # Requests under way at once; 1 is strictly one after the other.
  concurrency: 64
  # Stop, to be resumed later, when a share or a number of the messages has failed. Or: never
  stopAfter: { failures: 5%, atLeast: 50 }
  # maxDuration: 2h
`;

const recipients = `phone,first_name,code,ship_date
8613800000101,Ann,A-1001,2026-03-02
8613800000102,Bo,A-1002,2026-03-02
8613800000103,Chen,A-1003,2026-03-02
8613800000104,Dana,A-1004,2026-03-03
8613800000105,Emeka,A-1005,2026-03-03
8613800000106,Fang,A-1006,2026-03-03
8613800000107,Grace,A-1007,2026-03-04
8613800000108,Hugo,A-1008,2026-03-04
8613800000109,Ines,A-1009,2026-03-05
8613800000110,Jun,A-1010,2026-03-05
`;

export function initFiles(): readonly InitFile[] {
  return [
    { path: 'campaign.yaml', text: campaign },
    { path: 'recipients.csv', text: recipients },
  ];
}
