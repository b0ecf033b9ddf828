import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findingCodes } from '../../src/domain/finding-codes.ts';
import { eventOf, eventsOf, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(() => bench[Symbol.asyncDispose]());

const notReady = `not ready: 14 of 20 rows are invalid
hint: mend them (sendoff check --rejected bad.csv writes them out), or leave them out with --skip-invalid
`;

it('has little to say of a clean list, and leaves nothing behind', async () => {
  const check = await bench.run(['check', 'order-shipped.yaml', '--emulator']);
  expect(check).toMatchObject({ code: 0, stdout: '400 rows read, 400 messages to send\n', stderr: '' });
  expect(await bench.newFiles()).toEqual([]);
});

it('tells every kind of mistake by row, column and value', async () => {
  const check = await bench.run(['check', 'mistakes.yaml', '--emulator']);
  expect(check.stdout).toBe(`error  ADDRESS_INVALID  2
  row 4  phone  "86138****9291"  this is no number of CN, and none with a
                                 country code
  row 6  phone  "66988****5555"  this is no number of CN, and none with a
                                 country code
  fix: write it with its country code, such as 8613800000000

error  LIST_RAGGED_ROW  2
  row 16                        the row has 3 cells, the header has 5
  row 17  "by courier, Friday"  the row has 7 cells, the header has 5
  fix: Quote cells that contain the delimiter, or add the missing cells.

error  ADDRESS_IS_SENDER  1
  row 20  phone  "86138****4376"  the recipient is the sender itself
  fix: remove the row

error  ADDRESS_MISSING  1
  row 7  phone  ""  the address is empty
  fix: fill the cell, or remove the row

error  ADDRESS_SCIENTIFIC  1
  row 5  phone  "8.6138E+12"  a spreadsheet has turned the number into powers of
                              ten
  fix: format the column as text, enter the numbers again, and save

error  LANGUAGE_NOT_AVAILABLE  1
  row 19  lang  "de"  the template "order_shipped" in de is not approved, its
                      state is "fail": INVALID_FORMAT
  fix: use an approved template

error  LANGUAGE_UNKNOWN  1
  row 18  lang  "english"  there is no language code "english"
  fix: use a code such as en, en_US or zh_CN, case and all

error  PARAM_BLANKS  1
  row 14  first_name  "Irina      Petrova"  the variable "name" has more than
                                            four blanks in a row
  fix: collapse the blanks

error  PARAM_LINE_BREAK  1
  row 12  first_name  "Grace⏎Hopper"  the variable "name" has a line break
  fix: put the text on one line

error  PARAM_MISSING  1
  row 3  first_name  ""  the variable "name" is empty, and the body needs it
  fix: fill the cell, or give a default: {{ column | default: "…" }}

error  PARAM_TAB  1
  row 13  first_name  "Hugo    Boss"  the variable "name" has a tab
  fix: replace the tab by a blank

error  PART_TOO_LONG  1
  row 15  code  "A-1813 and also A-1813 …"  the body has 1330 characters, and
                                            1024 are allowed
  fix: shorten "code" by 306

warning  SAME_ADDRESS  1
  row 11  "86138****5362"  the same address stands in row 9 with a different
                           message; both go
  fix: check that this person should get both; they leave at least 6 s apart

info  ADDRESS_NORMALISED  1
  row 8  phone  "+86138****7443"  normalised: separators removed, plus sign
                                  removed
  fix: Nothing to do.

info  DUPLICATE  1
  row 10  "86138****5362"  the same message to the same address stands in row 9;
                           it goes once
  fix: Nothing to do: the first of them goes.

20 rows read, 5 messages to send, 14 rows invalid, 1 duplicate left out
`);
  expect(check).toMatchObject({ code: 3, stderr: notReady });
  expect(await bench.newFiles()).toEqual([]);
});

it('finds nothing to object to where invalid rows may be left out', async () => {
  const few = await bench.run(['check', 'mistakes.yaml', '--emulator', '--max-invalid', '14']);
  expect(few).toMatchObject({ code: 0, stderr: '' });
  const many = await bench.run(['check', 'mistakes.yaml', '--emulator', '--skip-invalid', '--max-invalid', '5%']);
  expect(many).toMatchObject({
    code: 3,
    stderr:
      'not ready: 14 of 20 rows are invalid, more than --max-invalid 5% allows\nhint: mend the list, or raise --max-invalid\n',
  });
});

it('writes the invalid rows as a list that can go once it is mended', async () => {
  const first = await bench.run(['check', 'mistakes.yaml', '--emulator', '--rejected', 'bad.csv']);
  expect(first).toMatchObject({ code: 3, stderr: `14 invalid rows written to bad.csv\n${notReady}` });
  expect(await bench.newFiles()).toEqual(['bad.csv']);
  expect((await stat(join(bench.path, 'bad.csv'))).mode & 0o777).toBe(0o600);
  const written = await bench.read('bad.csv');
  expect(written).toContain(
    '8613800542876,Luca,A-1815,2026-11-23,en,"the row has 7 cells, the header has 5, left over: ""by courier, Friday""',
  );

  const again = await bench.run(['check', 'bad.csv', '--emulator', ...flags]);
  expect(again.code).toBe(3);

  // What a person does in a spreadsheet, with as few strokes.
  const mended = written
    .replace('8613800447848,,', '8613800447848,Bo,')
    .replace('86138004399291,', '8613800439929,')
    .replace('8.6138E+12,', '8613800455767,')
    .replace('669885555,', '8613800463686,')
    .replace('\r\n,Elena', '\r\n8613800471605,Elena')
    .replace('Grace\nHopper', 'Grace Hopper')
    .replace('Hugo\tBoss', 'Hugo Boss')
    .replace('Irina      Petrova', 'Irina Petrova')
    .replace(/A-1813(?: and also A-1813)* and also,/, 'A-1813,')
    .replace('A-1814,,', 'A-1814,2026-11-23,en')
    .replace(',english,', ',en,')
    .replace(',de,', ',en,')
    .replace('8613867404376,Olga', '8613800574552,Olga');
  await bench.write('bad.csv', mended);
  const last = await bench.run(['check', 'bad.csv', '--emulator', ...flags]);
  expect(last).toMatchObject({ code: 0, stderr: '' });
  expect(last.stdout.split('\n').at(-2)).toBe('14 rows read, 14 messages to send');
});

/** What `mistakes.yaml` says. */
const flags = [
  ...['--from', '8613867404376', '--to', 'phone', '--country', 'CN', '--sender-rate', '80/s'],
  ...['--template', 'order_shipped', '--language-column', 'lang', '--language', 'en'],
  ...['--param', 'name=first_name', '--param', "date={{ ship_date | date: '%d %b' }}"],
];

it('writes no list of invalid rows where the folder is missing', async () => {
  const check = await bench.run(['check', 'mistakes.yaml', '--emulator', '--rejected', 'nowhere/bad.csv']);
  expect(check).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'error: cannot write "nowhere/bad.csv"\nhint: check that the folder exists, is writable, and has room\n',
  });
  expect(await bench.newFiles()).toEqual([]);
});

it('gives the findings as one event, with addresses masked', async () => {
  const check = await bench.run(['check', 'mistakes.yaml', '--emulator', '--json']);
  expect(check).toMatchObject({ code: 3, stderr: notReady });
  const { findings, refused, plan } = eventOf(check, 'check');
  expect(refused).toBe('14 of 20 rows are invalid');
  expect(plan).toMatchObject({ summary: { rows: 20, toSend: 5, duplicates: 1, suppressed: 0, invalid: 14 } });
  expect(findings).toContainEqual({
    code: 'ADDRESS_SCIENTIFIC',
    severity: 'error',
    count: 1,
    first: [
      {
        row: 5,
        column: 'phone',
        code: 'ADDRESS_SCIENTIFIC',
        severity: 'error',
        value: '8.6138E+12',
        message: 'a spreadsheet has turned the number into powers of ten',
        hint: 'format the column as text, enter the numbers again, and save',
      },
    ],
  });
  expect(eventsOf(check).at(-1)).toEqual({ event: 'exit', code: 3, balance: null, run: null });
});

it('gives every finding as a line of JSON', async () => {
  const check = await bench.run(['check', 'mistakes.yaml', '--emulator', '--jsonl']);
  expect(check).toMatchObject({ code: 3, stderr: '' });
  const findings = eventsOf(check);
  const rows = findings.filter(({ severity }) => severity === 'error').map(({ row }) => row);
  expect(rows).toEqual([3, 4, 5, 6, 7, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
  expect(findings.find(({ row }) => row === 4)).toMatchObject({ column: 'phone', value: '86138****9291' });
  expect(findings.filter(({ code }) => !Object.hasOwn(findingCodes, String(code)))).toEqual([]);
});

it('reads a list with flags, from a file and from standard input', async () => {
  const fromFile = await bench.run(['check', 'mistakes.csv', '--emulator', ...flags]);
  const fromInput = await bench.run(['check', '-', '--format', 'csv', '--emulator', ...flags], {
    stdin: await bench.read('mistakes.csv'),
  });
  const fromCampaign = await bench.run(['check', 'mistakes.yaml', '--emulator']);
  expect([fromFile.stdout, fromInput.stdout]).toEqual([fromCampaign.stdout, fromCampaign.stdout]);
  expect([fromFile.code, fromInput.code]).toEqual([3, 3]);
});

it('says at once what a list on the command line lacks', async () => {
  const check = await bench.run(['check', 'mistakes.csv', '--emulator']);
  expect(check).toMatchObject({
    code: 2,
    stdout: '',
    stderr: `error: 4 mistakes in the campaign
  --from: the sender is missing
    add --from 8613800000000
  --to: the column with the address is missing
    add --to phone
  --template: the template is missing
    add --template order_shipped
  --language: the language is missing
    add --language en
`,
  });
});

it('leaves out who is on the do-not-contact list', async () => {
  await bench.write('never.csv', 'number\n8613800104729\n+86 138 0011 2648\n');
  const check = await bench.run(['check', 'order-shipped.yaml', '--emulator', '--suppress', 'never.csv']);
  expect(check).toMatchObject({ code: 0, stderr: '' });
  expect(check.stdout.split('\n').at(-2)).toBe('400 rows read, 398 messages to send, 2 rows suppressed');
});

it('needs no credentials with a saved template, and nothing but the list', async () => {
  await bench.write(
    'detail.json',
    JSON.stringify({
      TemplateCode: 'order_shipped',
      Language: 'en',
      AuditStatus: 'pass',
      Components: [{ Type: 'BODY', Text: 'Hi $(name), order $(code) left on $(date).' }],
    }),
  );
  const check = await bench.run(['check', 'order-shipped.yaml', '--template-file', 'detail.json']);
  expect(check).toMatchObject({ code: 0, stdout: '400 rows read, 400 messages to send\n', stderr: '' });
});
